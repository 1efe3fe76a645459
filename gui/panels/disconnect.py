"""Disconnect a person: first what dies with it, then one permission alone, and the way by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.errors import UserError
from gui.i18n import _, ngettext
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import formatting
from gui.services.disconnect import disconnect, give_back, preview_disconnect
from gui.services.explain import explain, message
from gui.shell.commands import Command
from gui.values import StoredLogin
from gui.widgets.facts_list import clear
from gui.widgets.focus_order import TAKES_AWAY
from gui.widgets.widget_factory import button, card, icon_label, label, row, rule

if TYPE_CHECKING:
    from gui.services.disconnect import DisconnectPreview
    from gui.services.session import Session
    from gui.values import Message

#: For whom, what to press there (Facebook Login for Business; Business settings), and the page that a button opens.
_BY_HAND = (
    (
        _("For a person, an app that asked for Page permissions"),
        _(
            "On Facebook: your picture, Settings & privacy, Settings, Business integrations. "
            "Find the app, press Remove, confirm. “View and edit” there changes the chosen Pages."
        ),
        _("Open Business integrations"),
        "business_integrations",
    ),
    (
        _("For a person, any other app"),
        _(
            "On Facebook: your picture, Settings & privacy, Settings, Apps and websites. "
            "Find the app, press Remove, confirm."
        ),
        _("Open Apps and websites"),
        "apps_and_websites",
    ),
    (
        _("For a business portfolio"),
        _(
            "In Business settings: Integrations, Connected apps. "
            "Choose the app, press Remove. It needs full control of the portfolio."
        ),
        _("Open Connected apps"),
        "connected_apps",
    ),
)

#: What a notice's button asks for, for the person that the notice is about.
_FOR_LOGIN = {Command.LOG_IN, Command.REREQUEST_PERMISSIONS}
#: How many of the Pages whose tokens die are named.
_NAMED = 5


class DisconnectPanel(Panel):
    """`disconnected` carries the StoredLogin that was removed from Facebook and from here, and whether its tokens are
    deleted already.

    `changed` comes when a permission was given back.
    """

    disconnected = Signal(object, bool)
    changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Disconnect"), parent)
        self._login: StoredLogin | None = None
        #: Whether what dies is said, and whether Facebook is asked to take something away.
        self._is_previewed = self._is_busy = False
        self._back = button(
            _("Keep connected"), lambda: self.request(Command.GO_BACK), icon="arrow-left", name="disconnectBack"
        )
        self.header_buttons.addWidget(self._back)
        self.escape_to(Command.GO_BACK)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(self._all_card())
        self._permissions_card, self._permissions = card(margins=(20, 16, 16, 14), spacing=8)
        column.addWidget(self._permissions_card)
        column.addWidget(self._hand_card())
        column.addStretch(1)
        self.put_scrolled(column)

    def _all_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=8)
        inside.addWidget(label(_("What will stop working"), "heading"))
        self._loss_labels = [label("", wrap=True, name=f"dies_{place}") for place in range(3)]
        for loss_label, icon, role in zip(
            self._loss_labels, ("key-round", "layout-list", "check"), ("bad", "bad", "works"), strict=True
        ):
            picture = icon_label(icon, role, 18)
            line = row(picture, loss_label, spacing=10)
            line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            inside.addLayout(line)
        self._go = button(_("Disconnect"), self.disconnect_now, kind="danger", icon="unplug", name="disconnectGo")
        self._forget = button(
            _("Forget here only"), self._forget_here, kind="quiet", icon="trash-2", name="disconnectForget"
        )
        self._forget.setToolTip(_("Remove the person from this computer; the tokens keep working at Facebook"))
        inside.addLayout(row(None, self._forget, self._go, spacing=10))
        return frame

    def _hand_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 16, 16), spacing=8)
        inside.addWidget(label(_("By hand, if you cannot log in"), "heading"))
        inside.addWidget(
            label(
                _("The account’s owner can remove the app on Facebook. Every token made with it dies at once."),
                "muted",
                wrap=True,
            )
        )
        for place, (audience, instructions, button_text, link) in enumerate(_BY_HAND):
            if place:
                inside.addWidget(rule())
            step = QVBoxLayout()
            step.setSpacing(1)
            step.addWidget(label(audience, "strong", wrap=True))
            step.addWidget(label(instructions, wrap=True))
            line = row(
                step, button(button_text, self._opens(link), icon="external-link", name=f"hand_{link}"), spacing=14
            )
            line.setStretch(0, 1)
            inside.addLayout(line)
        return frame

    # ----------------------------------------------------------------- contents
    def begin(self, login: StoredLogin) -> None:
        """Say what would die; nothing is done yet."""
        self._login = login
        self.notices.clear()
        self.title.setText(_("Disconnect {name}", name=login.display_name))
        self.set_subtitle(_("Removes the app {app_name} from the Facebook account.", app_name=login.app_display_name))
        self._is_previewed = False
        self._go.setEnabled(False)
        # Whoever presses Return once more than needed disconnects nobody.
        self.give_focus(self._back)

        def done(preview: DisconnectPreview) -> None:
            if self._login is login:
                self._show(login, preview)

        self.work(preview_disconnect, self.session, login, done=done, again=lambda: self.begin(login))

    def _show(self, login: StoredLogin, preview: DisconnectPreview) -> None:
        self._loss_labels[0].setText(self._tokens_words(login, len(preview.names)))
        self._loss_labels[1].setText(
            _("For these Pages: {names}.", names=formatting.join_some(preview.names, _NAMED))
            if preview.names
            else _("No Page is kept for this person.")
        )
        stays = [
            _("The Pages themselves, their posts and everybody’s roles stay as they are."),
            _("The app stays set up here, so that you can connect again."),
        ]
        if preview.others:
            stays.append(
                ngettext(
                    "{count} other person of the same app keeps theirs.",
                    "{count} other people of the same app keep theirs.",
                    preview.others,
                )
            )
        self._loss_labels[2].setText(" ".join(stays))
        self._is_previewed = True
        self._set_busy(self._is_busy)
        self._show_permissions(login, preview.permissions)

    def _tokens_words(self, login: StoredLogin, tokens: int) -> str:
        people = {"name": login.display_name, "app": login.app_display_name}
        if not tokens:
            return _(
                "No Page token is kept; any made by {name} for {app}, and the login itself: here, and in every "
                "program, website and spreadsheet that uses them.",
                **people,
            )
        return ngettext(
            "The Page token made by {name} for {app}, and the login itself: here, and in every program, website and "
            "spreadsheet that uses them.",
            "All {count} Page tokens made by {name} for {app}, and the login itself: here, and in every program, "
            "website and spreadsheet that uses them.",
            tokens,
            **people,
        )

    def _show_permissions(self, login: StoredLogin, permissions: tuple[str, ...]) -> None:
        clear(self._permissions)
        revocable = [one for one in permissions if one != "public_profile"]
        self._permissions_card.setVisible(bool(revocable))
        self._permissions.addWidget(label(_("Give back one permission instead"), "heading"))
        self._permissions.addWidget(
            label(_("The tokens stay valid but can no longer do what the permission allows."), "muted", wrap=True)
        )
        for name in revocable:
            name_column = QVBoxLayout()
            name_column.setSpacing(0)
            description = formatting.permission(name)
            name_column.addWidget(label(f"{description[:1].upper()}{description[1:]}", wrap=True))
            name_column.addWidget(label(name, "second"))
            give_button = button(_("Give back"), self._gives_back(login, name), kind="quiet", name=f"giveBack_{name}")
            give_button.setProperty(TAKES_AWAY, True)
            give_button.setAccessibleName(_("Give back: {description}", description=description))
            line = row(icon_label("check", "works", 18), name_column, give_button, spacing=10)
            line.setStretch(1, 1)
            self._permissions.addLayout(line)

    @property
    def login_id(self) -> int:
        """The id of the login that would be disconnected; 0 while there is none."""
        return self._login.id if self._login is not None else 0

    # -------------------------------------------------------------------- doing
    def disconnect_now(self) -> None:
        """Remove the app from the account, then forget the person here."""
        if self._login is not None:
            self._disconnect(self._login)

    def _disconnect(self, login: StoredLogin) -> None:
        self.notices.clear()
        self.work(
            disconnect, self.session, login,
            saying=_("Asking Facebook to remove the app …"), asks_facebook=True, lock=self._set_busy,
            done=lambda deleted: self.disconnected.emit(login, deleted),
            failed=lambda error: self._tell_of(login, error, lambda: self._disconnect(login)), tells=lambda _: False,
        )  # fmt: skip

    def _set_busy(self, busy: bool) -> None:
        """While Facebook is asked to take something away, nothing else is taken away."""
        self._is_busy = busy
        self._go.setEnabled(self._is_previewed and not busy)
        for part in (self._forget, self._permissions_card):
            part.setDisabled(busy)

    def _forget_here(self) -> None:
        if self._login is not None:
            self.request(Command.FORGET_LOGIN_ONLY, login_id=self._login.id)

    def _opens(self, link: str) -> Callable[[], None]:
        return lambda: self.request(Command.OPEN_LINK, link=link)

    def _gives_back(self, login: StoredLogin, permission: str) -> Callable[[], None]:
        return lambda: self._give_back(login, permission)

    def _give_back(self, login: StoredLogin, permission: str) -> None:
        def done(permissions_left: tuple[str, ...]) -> None:
            if self._login is login:
                self._show_permissions(login, permissions_left)
            self._say_of(login, message("permission_given_back", name=formatting.permission(permission)))
            self.give_focus(self._back)
            self.changed.emit()

        self.notices.clear()
        self.work(
            give_back, self.session, login, permission,
            saying=_("Asking Facebook to remove the permission …"), asks_facebook=True, lock=self._set_busy,
            done=done,
            failed=lambda error: self._tell_of(login, error, lambda: self._give_back(login, permission)),
            tells=lambda _: False,
        )  # fmt: skip

    def _tell_of(self, login: StoredLogin, error: Exception, again: Callable[[], object]) -> None:
        """Tell an error with buttons for the person that it is about, whoever is shown since."""
        if isinstance(error, UserError):
            self._say_of(login, explain(error), again)

    def _say_of(self, login: StoredLogin, text: Message, again: Callable[[], object] | None = None) -> None:
        if self._login is not login:
            text = replace(text, title=_("{name}: {what}", name=login.display_name, what=text.title))
        if text.action is not None and text.action.request.command in _FOR_LOGIN:
            request = text.action.request._replace(login_id=login.id)
            text = replace(text, action=text.action._replace(request=request))
        self.show_notice(text, again)
