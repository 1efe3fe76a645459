"""Log in: Facebook's own page in the window, and two other ways beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui.desktop import browser
from gui.desktop.browser import AnswerListener
from gui.desktop.opening_mark import OpeningMark
from gui.desktop.system_trust import added_authorities
from gui.errors import UserError
from gui.graph.error_texts import invalid_scopes
from gui.graph.hosts import may_load
from gui.graph.login import is_answer, stuck_kind
from gui.i18n import _, list_of
from gui.jobs import Jobs
from gui.panels.panel import MARGIN_X, Panel
from gui.services import login
from gui.services.input_parsing import parse_redirect_address, parse_token, said_to_be_token
from gui.services.purposes import (
    group_label,
    known,
    needs_line,
    optional_permissions,
    permission_line,
    permissions_for,
    purposes,
)
from gui.services.tools import purposes_line, tools
from gui.shell.commands import Command, Request
from gui.values import AppCredentials, Secret
from gui.widgets import web_engine
from gui.widgets.icons import set_icon
from gui.widgets.login_aside import LoginAside
from gui.widgets.login_ways import BrowserCard, PasteCard
from gui.widgets.notice import Notice
from gui.widgets.purpose_picker import Choice, PurposePicker
from gui.widgets.step_indicator import StepIndicator
from gui.widgets.widget_factory import button, card, column, fold, icon_label, label, row, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.services.login import LoginAttempt, LoginResult
    from gui.services.session import Session
    from gui.values import StoredLogin
    from gui.widgets.web_view import LoginView

_WEB, _BUSY = range(2)
#: Of Facebook's page so much is always seen (pixels).
_LOWEST_PAGE = 250
_LOWEST_PAGE_ALONE = 380
#: Beside what helps with it, the page needs so much; else that stands below (pixels).
_LEAST_PAGE_WIDTH = 420
#: A page that stopped working so many times in one login is not opened again by itself.
_STOPS = 2
#: Stands in the profile's folder while the web view opens.
_OPENING_MARK = "login-page-opening"
#: Permissions that come with every token: nobody ticks them.
_OF_EVERY_LOGIN = frozenset({"public_profile", "email"})


class LoginPanel(Panel):
    """`logged_in` carries the LoginResult, checked with Facebook."""

    logged_in = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Log in to Facebook"), parent)
        self._app: AppCredentials | None = None
        self._attempt: LoginAttempt | None = None
        self._omitted_permissions: tuple[str, ...] = ()
        #: What the tokens are for (None: nobody was asked), and the permissions that a login to be renewed holds.
        self._purposes: tuple[str, ...] | None = None
        self._held: tuple[str, ...] = ()
        #: The system user whose token is made anew; None: it is a person's login.
        self._system_user: StoredLogin | None = None
        self._rerequest = False
        self._invalid_permissions: tuple[str, ...] = ()
        #: What was pasted last and has not the form of a token.
        self._unlike = Secret("")
        self._view: LoginView | None = None
        #: Whether Facebook's page is to open as soon as this panel is on show.
        self._opens_view = False
        self._graphics_card = True
        self._stops = 0
        self._mark: OpeningMark | None = None
        self._listener: AnswerListener | None = None
        self.steps = StepIndicator(0)
        self.body.addWidget(self.steps)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(20)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._web_page())
        self._stack.addWidget(self._busy_page())
        # Whatever the web page would like: it scrolls by itself.
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._stack.setMinimumHeight(_LOWEST_PAGE)
        login_card, inside = card(margins=(1, 1, 1, 1), spacing=0, name="loginCard")
        inside.addWidget(self._stack)
        self._sides.addWidget(login_card, 1)
        self._aside = LoginAside()
        self._aside.browser_wanted.connect(self.use_browser)
        self._aside.paste_wanted.connect(self.use_paste)
        self._aside.purposes_wanted.connect(self.use_purposes)
        self._sides.addWidget(self._aside)
        self.body.addLayout(self._sides, 1)

    # ------------------------------------------------------------------ layout
    @cached_property
    def _browser(self) -> BrowserCard:
        """Made when it is first wanted: most log in without it."""
        card = BrowserCard()
        card.open_wanted.connect(self._open_browser)
        card.open_for_paste_wanted.connect(self._open_browser_for_paste)
        card.address_given.connect(self._take_address)
        card.back_wanted.connect(self._go_back)
        self._stack.addWidget(card)
        return card

    @cached_property
    def _paste(self) -> PasteCard:
        """Made when it is first wanted."""
        card = PasteCard()
        card.explorer_wanted.connect(lambda: self.request(Command.OPEN_LINK, link="explorer"))
        card.token_given.connect(self._take_token)
        card.back_wanted.connect(self._go_back)
        self._stack.addWidget(card)
        return card

    @cached_property
    def _picker(self) -> PurposePicker:
        """Made when it is first wanted: most log in without it."""
        picker = PurposePicker(*_choices())
        picker.chosen.connect(self._take_purposes)
        picker.back_wanted.connect(self._go_back)
        self._stack.addWidget(picker)
        return picker

    def _web_page(self) -> QWidget:
        page = QWidget()
        self._lock = icon_label("lock", "works", 16)
        self._host = label("", "strong", name="loginHost")
        self._host_words = label("", "second", name="loginHostWords")
        cancel = button(_("Cancel"), self.cancel, kind="quiet", name="loginCancel")
        head = self._web_head = row(self._lock, self._host, self._host_words, None, cancel, spacing=8)
        head.setContentsMargins(14, 5, 8, 5)
        self._web_room = QVBoxLayout()
        self._web_room.setContentsMargins(0, 0, 0, 8)
        self._loading = label(_("Opening Facebook’s login page …"), "muted")
        self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._web_room.addWidget(self._loading, 1)
        self._web_column = column(head, rule(), self._web_room, spacing=0)
        page.setLayout(self._web_column)
        return page

    def _busy_page(self) -> QWidget:
        page = QWidget()
        self._busy_words = label(
            _("Checking with Facebook whose login this is …"), "muted", wrap=True, name="loginBusy"
        )
        self._busy_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page.setLayout(column(None, self._busy_words, None))
        return page

    def set_narrow(self, narrow: bool) -> None:
        room = self.width() - 2 * MARGIN_X - self._sides.spacing()
        below = narrow and room < self._aside.least_width + _LEAST_PAGE_WIDTH
        fold(self._sides, below)
        self._aside.set_narrow(narrow, below=below)
        self._stack.setMinimumHeight(_LOWEST_PAGE_ALONE if below else _LOWEST_PAGE)
        self._host_words.setVisible(not narrow)
        # While another page of the stack is on show, Qt does not see that a label of this one needs no room.
        self._web_head.invalidate()
        self._web_column.invalidate()
        self._stack.updateGeometry()

    # ------------------------------------------------------------------- doing
    def begin(
        self,
        app: AppCredentials,
        *,
        renewing: StoredLogin | None = None,
        purpose: str = "",
        rerequest: bool = False,
        graphics_card: bool = True,
    ) -> None:
        """Start a login for this app in the window; without `graphics_card` the processor draws Facebook's page.

        One that is `renewing` another asks for what that is for, and for what it was given; and for one `purpose` more.
        A system user has no login: its new token comes from Business settings, and is pasted.
        """
        self._app, self._omitted_permissions, self._rerequest = app, (), rerequest
        asked = (*(renewing.purposes if renewing is not None else ()), *([purpose] if purpose else []))
        self._purposes = known(asked) if renewing is not None or asked else None
        self._held = renewing.scopes if renewing is not None else ()
        self._system_user = renewing if renewing is not None and renewing.is_system_user else None
        self._graphics_card, self._stops = graphics_card, 0
        if self._mark is None:
            self._mark = OpeningMark(self.session.folder / _OPENING_MARK)
            application = QCoreApplication.instance()
            assert application is not None
            application.aboutToQuit.connect(self._mark.end)
        self._show_purposes()
        self._start()

    def _start(self) -> None:
        """Show Facebook's login; for a system user the field for its token, and how it is made."""
        if self._system_user is None:
            self.again()
            return
        self.use_paste()
        name = self._system_user.display_name
        permissions = permissions_for(self._purposes or (), held=self._held)
        boxes = [one for one in permissions if one not in _OF_EVERY_LOGIN]
        has_all = set(boxes) <= set(self._held)
        if has_all and set(self._purposes or ()) <= set(self._system_user.purposes):
            self.say("renew_system_user", name=name)
        else:
            self.say("system_user_ask_for", name=name, found=list_of(boxes))

    def _go_back(self) -> None:
        """From another way to log in back to Facebook's page, which a system user has not."""
        if self._system_user is None:
            self.again()
        elif self._stack.currentWidget() is self._paste:
            self.request(Command.LEAVE_LOGIN)
        else:
            self._start()

    def again(self) -> None:
        """Start the login anew, with a fresh state."""
        if self._app is None:
            return
        self.notices.clear()
        self._stop_waiting()
        self._close_view()
        self._show_host("", protected=True)
        self._loading.show()
        self._stack.setCurrentIndex(_WEB)
        self._opens_view = True
        self._open_view_soon()

    def _open_view_soon(self) -> None:
        # The card is painted first: making the first web view takes a tenth of a second.
        QTimer.singleShot(60, self, self._open_view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._opens_view:
            self._open_view_soon()

    def leave(self) -> None:
        """Let go of the web view, of what waits for an answer, and of a token that was pasted and not used."""
        if "_paste" in self.__dict__:
            self._paste.clear()
        self._unlike = Secret("")
        self._stop_waiting()
        self._close_view()

    def cancel(self) -> None:
        self.leave()
        self._busy(_("No login is in progress."))
        self._focus(self.say("login_cancelled"))

    def take_escape(self) -> bool:
        """Do what the button of this page of the login does that ends it; once it is ended, leave.

        Facebook's page takes its own keys.
        """
        if self._current_job is not None and self._current_job.running:
            self.cancel_work()
            self._busy(_("No login is in progress."))
        elif self._stack.currentIndex() == _WEB:
            self.cancel()
        elif self._stack.currentIndex() == _BUSY:
            self.request(Command.LEAVE_LOGIN)
        else:
            self._go_back()
        return True

    def _show_purposes(self) -> None:
        assert self._app is not None
        names = [purposes()[key].label for key in self._purposes or ()]
        self._aside.show_purposes(names, can_choose=not self._app.config_id)

    def _take_purposes(self, keys: tuple[str, ...]) -> None:
        """Ask Facebook for what these purposes need."""
        self._purposes, self._omitted_permissions = keys, ()
        self._show_purposes()
        self._start()

    def _begin_attempt(self, code_port: int = 0) -> LoginAttempt:
        assert self._app is not None
        self._attempt = login.begin(
            self.session,
            self._app,
            self._purposes,
            self._omitted_permissions,
            held=self._held,
            code_port=code_port,
            rerequest=self._rerequest,
        )
        return self._attempt

    def _open_view(self) -> None:
        if not self._opens_view or not self.isVisible():
            return
        self._opens_view = False
        mark = self._mark
        assert mark is not None
        if mark.was_left and self._graphics_card:
            mark.end()
            self._failed(UserError("login_page_ended_program"))
            return
        redirect = self.session.site.redirect_uri
        mark.begin()
        try:
            # QtWebEngine costs a tenth of a second and 36 MiB: not before a login.
            make_view = web_engine.load(graphics_card=self._graphics_card)
            view = make_view(
                lambda url: is_answer(url, redirect),
                lambda url: may_load(self.session.site, url),
                added_authorities(),
                self,
            )
        except UserError as error:
            mark.end()
            self._failed(error)
            return
        view.at_rest.connect(mark.end)
        view.answered.connect(self._accept)
        view.host_changed.connect(lambda host, protected: self._show_host(host, protected=protected))
        view.page_text.connect(self._read_page)
        view.load_failed.connect(lambda _: self._failed(UserError("login_page_failed")))
        view.certificate_refused.connect(lambda host: self._failed(UserError("certificate_bad", name=host)))
        view.proxy_asked.connect(lambda: self._failed(UserError("proxy_password"), again=self.again))
        view.renderer_gone.connect(self._tell_page_stopped)
        view.slow.connect(lambda: self.say("login_page_slow"))
        view.stood_still.connect(self._say_no_way_on)
        view.check_refused.connect(lambda host: self.say("login_check_elsewhere", name=host))
        view.went_elsewhere.connect(lambda host: self.tell(UserError("login_elsewhere", name=host)))
        self._view = view
        self._loading.hide()
        self._web_room.addWidget(view, 1)
        view.open(self._begin_attempt().url)

    def _close_view(self) -> None:
        self._opens_view = False
        if self._view is not None:
            view, self._view = self._view, None
            if self._mark is not None:
                self._mark.end()
            self._web_room.removeWidget(view)
            view.close_down()
            view.hide()
            view.deleteLater()

    def _show_host(self, host: str, *, protected: bool) -> None:
        self._host.setText(host)
        is_facebook = host == "facebook.com" or host.endswith(".facebook.com")
        set_icon(self._lock, "lock" if protected else "lock-open", "works" if protected else "muted", 16)
        self._lock.setVisible(bool(host))
        self._lock.setAccessibleName(_("Protected connection") if protected else _("On this computer"))
        self._host_words.setText(
            _("this is Facebook’s own page; Page Keys never sees your password")
            if is_facebook
            else _("on this computer; not the real Facebook")
            if host
            else ""
        )

    # -------------------------------------------------------- what comes back
    def _accept(self, address: Secret) -> None:
        if self._attempt is None:
            return
        self._close_view()
        self._busy(_("Checking with Facebook whose login this is …"))
        self.work(
            login.accept, self.session, self._attempt, address,
            done=self._finish, failed=lambda error: self._busy(_("No login is in progress.")),
            again=lambda: self._accept(address),
        )  # fmt: skip

    def _finish(self, result: LoginResult) -> None:
        self._attempt = None
        self.leave()
        self.logged_in.emit(result)

    def _busy(self, words: str) -> None:
        self._busy_words.setText(words)
        self._stack.setCurrentIndex(_BUSY)

    def _failed(self, error: UserError, again: Callable[[], object] | None = None) -> None:
        self._close_view()
        self._busy(_("No login is in progress."))
        self._focus(self.tell(error, again))

    def _tell_page_stopped(self) -> None:
        self._stops += 1
        if self._stops < _STOPS:
            self._failed(UserError("renderer_gone"))
        else:
            self._failed(UserError("renderer_gone_again" if self._graphics_card else "no_web_view"))

    def _focus(self, notice: Notice) -> None:
        """Put the focus on the notice's main button, so that the next key press goes on."""
        if notice.main_button is not None:
            self.give_focus(notice.main_button)

    def _say_no_way_on(self) -> None:
        """Say that the page stands, unless it was said already what it is."""
        if not self.notices.notices():
            self.say("login_page_stands")

    def _read_page(self, text: str) -> None:
        kind = stuck_kind(text)
        if kind == "invalid_scopes":
            self._invalid_permissions = invalid_scopes(text)
            if self._invalid_permissions and set(self._invalid_permissions) <= optional_permissions(
                self._purposes or ()
            ):
                # It works without them, too.
                self.act(Request(Command.LOG_IN_WITHOUT))
                return
            self.say(kind, name=", ".join(self._invalid_permissions) or _("one of them"))
        elif kind:
            self.say(kind)

    # ---------------------------------------------------------- two more ways
    def use_purposes(self) -> None:
        """Show what the tokens can be for."""
        self.leave()
        self.notices.clear()
        self._picker.begin(self._purposes or ())
        self._stack.setCurrentWidget(self._picker)
        self.give_focus(self._picker)

    def use_browser(self) -> None:
        """Show the way through the person's own browser."""
        self.leave()
        self.notices.clear()
        self._browser.say("")
        self._stack.setCurrentWidget(self._browser)
        self.give_focus(self._browser)

    def use_paste(self) -> None:
        """Show the field for a token."""
        self.leave()
        self.notices.clear()
        self._stack.setCurrentWidget(self._paste)
        self.give_focus(self._paste)

    def _open_browser(self) -> None:
        """Open the person's own browser, and wait on this computer for its answer."""
        self._stop_waiting()
        self._listener = AnswerListener(self)
        attempt = self._begin_attempt(self._listener.port)
        self._listener.expect(attempt.state)
        self._listener.answered.connect(self._accept)
        self._listener.ended.connect(self._say_nothing_came)
        self._browser.say(_("Waiting for your browser …"))
        self._open_address(attempt.url)

    def _open_browser_for_paste(self) -> None:
        self._stop_waiting()
        self._open_address(self._begin_attempt().url)

    def _open_address(self, url: str) -> None:
        if not browser.open_address(url):
            # The dialog's address holds no secret.
            QGuiApplication.clipboard().setText(url)
            self._browser.say(
                _(
                    "No browser opened by itself. The login’s address is on the clipboard: paste it into a browser. "
                    "It waits for ten minutes."
                )
            )

    def _say_nothing_came(self) -> None:
        self._browser.say("")
        self.say("browser_waiting_ended")

    def _take_address(self, text: str) -> None:
        self.notices.clear()
        try:
            address = parse_redirect_address(text)
        except UserError as error:
            self.tell(error)
            return
        self._browser.clear()
        self._stop_waiting()
        if self._attempt is None:
            self._begin_attempt()
        self._accept(address)

    def _take_token(self, text: str) -> None:
        self.notices.clear()
        try:
            token = parse_token(text)
        except UserError as error:
            self._unlike = Secret(text)
            self.tell(error)
            return
        self._paste.clear()
        self._use_token(token)

    def _use_token(self, token: Secret) -> None:
        self._busy(_("Asking Facebook what this token is …"))
        self.work(
            login.from_paste, self.session, self._app, token, self._purposes,
            done=self._finish, failed=lambda _: self._stack.setCurrentWidget(self._paste),
            again=lambda: self._use_token(token),
        )  # fmt: skip

    def _stop_waiting(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener.deleteLater()
            self._listener = None

    def act(self, request: Request) -> None:
        """Do what a notice's button asks for, for the login that is under way here."""
        if request.command is Command.LOG_IN:
            self._start()
        elif request.command is Command.REREQUEST_PERMISSIONS:
            self._rerequest = True
            self._start()
        elif request.command is Command.LOG_IN_WITHOUT:
            self._omitted_permissions = (*self._omitted_permissions, *self._invalid_permissions)
            self.again()
        elif request.command is Command.USE_OWN_BROWSER:
            self.use_browser()
        elif request.command is Command.SEND_AS_TOKEN:
            self.notices.clear()
            self._paste.clear()
            self._use_token(said_to_be_token(self._unlike))
        elif request.command is Command.PASTE_TOKEN:
            self.use_paste()
        else:
            super().act(request)

    def web_view(self) -> LoginView | None:
        """The web view, for tests and the tour; None while there is none."""
        return self._view


def _choices() -> tuple[list[Choice], list[Choice]]:
    """What can be chosen: purposes, and tools that set them."""
    of_purposes = [
        Choice(one.key, group_label(one.group), one.label, (permission_line(one), needs_line(one)), one.folded)
        for one in purposes().values()
    ]
    of_tools = [
        Choice(one.key, _("By the tool that gets it"), one.name, (purposes_line(one),), one.folded, one.purposes)
        for one in tools().values()
        if not one.variant_of
    ]
    return of_purposes, of_tools
