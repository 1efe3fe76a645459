"""All that a panel, a notice or the side bar can ask for.

Every folder speaks in these; this file imports nothing of ours but for its types.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gui.values import TokenState


class Command(StrEnum):
    """What can be asked for.

    A value is the word by which `resources/errors.toml` names the command of a notice's button.
    """

    # The view that shows the notice does these itself.
    RETRY = "retry"
    ADD_PAGE = "add_page"
    LOG_IN_WITHOUT = "without"
    REMIND_LATER = "later"
    SEND_AS_TOKEN = "send_as_token"
    REPLACE_LASTING = "replace_lasting"
    COPY_PAGE_TOKEN = "copy_page_token"
    COPY_PAGE_ID = "copy_page_id"
    COPY_USER_TOKEN = "copy_user_token"

    # Set up an app, log in.
    SET_UP_APP = "app"
    SET_UP_ANOTHER_APP = "new_app"
    ADD_LOGIN = "add"
    ADD_LOGIN_THROUGH = "connect"
    LOG_IN = "login"
    REREQUEST_PERMISSIONS = "rerequest"
    ASK_FOR_MORE = "more"
    PASTE_TOKEN = "paste"
    USE_OWN_BROWSER = "own_browser"
    LOG_IN_WITHOUT_GRAPHICS_CARD = "without_graphics_card"
    LEAVE_LOGIN = "leave_login"

    # The Pages.
    SHOW_ALL_PAGES = "all_pages"
    SHOW_PAGES = "pages"
    SHOW_PAGES_OF_LOGIN = "person"
    SHOW_PAGES_OF_APP = "app_pages"
    SHOW_PAGES_NEEDING_YOU = "show"
    SHOW_PAGES_IN_STATE = "state"
    SHOW_PAGES_READY = "ready"
    SHOW_FIT = "fit"
    RELOAD_PAGES = "reload"
    SHOW_IMPORT = "import"

    # How tokens are, and what happened to them.
    SHOW_HEALTH = "health"
    CHECK_ALL = "check"
    SHOW_ANY_TOKEN = "any_token"
    EXPLAIN_ERROR = "explain_error"
    SHOW_HISTORY = "history"

    # Logins and apps.
    RENAME_LOGIN = "rename_login"
    DISCONNECT = "disconnect"
    FORGET_LOGIN = "forget_login"
    FORGET_LOGIN_ONLY = "forget_here"
    RENAME_APP = "rename_app"
    FORGET_APP = "forget_app"

    # The rest of the window.
    SHOW_WELCOME = "welcome"
    SHOW_SETTINGS = "settings"
    SHOW_CLIENTS = "clients"
    SHOW_HELP = "help"
    SHOW_ABOUT = "about"
    LEAVE_HELP = "leave_help"
    GO_BACK = "back"
    SHOW_VIEW = "view"
    REOPEN = "reopen"
    OPEN_LINK = "open"
    RESTART = "restart"
    START_PRACTICE = "practice"
    LEAVE_PRACTICE = "leave"


class Request(NamedTuple):
    """A command, and for whom or what.

    `login_id` (0: none named) and `app_id` (empty: none named) say whose; `page_id` which Page; `state` which Pages;
    `link` names an address (`gui.services.links`); `notice` the one that is put off; `topic` is one of the help's
    (`gui.services.help_topics`; empty: the one for the view on show); `view` is the panel that is shown as it was left;
    `purpose` is one of `gui.services.purposes`.
    """

    command: Command
    login_id: int = 0
    app_id: str = ""
    page_id: str = ""
    state: TokenState | None = None
    link: str = ""
    notice: str = ""
    topic: str = ""
    view: str = ""
    purpose: str = ""
