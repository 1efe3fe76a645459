"""Log in: Facebook's own page in the window, and two more ways in beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.errors import UserError
from gui.jobs import Job, Jobs
from gui.panels.panel import Panel
from gui.values import AppCredentials, Secret
from gui.widgets.icons import set_icon
from gui.widgets.login_aside import LoginAside
from gui.widgets.login_ways import BrowserCard, PasteCard
from gui.widgets.notice import Notice
from gui.widgets.pieces import button, card, column, icon_label, label, row, rule
from gui.widgets.way import Way

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.login import Attempt, LoggedIn
    from gui.widgets.web_view import LoginView

_WEB, _BROWSER, _PASTE, _BUSY = range(4)
#: Hosts of Facebook's login and what it loads; a loopback site adds its own.
_HOSTS = ("facebook.com", "fbcdn.net", "facebook.net", "fbsbx.com", "messenger.com", "meta.com", "oculus.com")


class LoginPanel(Panel):
    """`logged_in` carries what the login brought, checked with Facebook."""

    logged_in = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Log in to Facebook", parent)
        self._app: AppCredentials | None = None
        self._attempt: Attempt | None = None
        self._without: tuple[str, ...] = ()
        self._rerequest = False
        self._lacking: tuple[str, ...] = ()
        self._view: LoginView | None = None
        self._waiting: Job | None = None
        self.way = Way(0)
        self.body.addWidget(self.way)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(20)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._web_page())
        self._browser = BrowserCard()
        self._browser.open_wanted.connect(self._open_browser)
        self._browser.open_for_paste_wanted.connect(self._open_browser_for_paste)
        self._browser.address_given.connect(self._take_address)
        self._browser.back_wanted.connect(self.again)
        self._stack.addWidget(self._browser)
        self._paste = PasteCard()
        self._paste.explorer_wanted.connect(lambda: self.wanted.emit("open:explorer"))
        self._paste.token_given.connect(self._take_token)
        self._paste.back_wanted.connect(self.again)
        self._stack.addWidget(self._paste)
        self._stack.addWidget(self._busy_page())
        left, inside = card(margins=(1, 1, 1, 1), spacing=0, name="loginCard")
        inside.addWidget(self._stack)
        self._sides.addWidget(left, 1)
        self._aside = LoginAside()
        self._aside.browser_wanted.connect(self.use_browser)
        self._aside.paste_wanted.connect(self.use_paste)
        self._aside.choices_changed.connect(self._choices_changed)
        self._sides.addWidget(self._aside)
        self.body.addLayout(self._sides, 1)

    # ------------------------------------------------------------------ layout
    def _web_page(self) -> QWidget:
        page = QWidget()
        self._lock = icon_label("lock", "works", 16)
        self._host = label("", "strong", name="loginHost")
        self._host_words = label("", "second", name="loginHostWords")
        cancel = button("Cancel", self.cancel, kind="quiet", name="loginCancel")
        head = row(self._lock, self._host, self._host_words, None, cancel, spacing=8)
        head.setContentsMargins(14, 5, 8, 5)
        self._web_room = QVBoxLayout()
        self._web_room.setContentsMargins(0, 0, 0, 8)
        self._loading = label("Opening Facebook’s login page …", "muted")
        self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._web_room.addWidget(self._loading, 1)
        page.setLayout(column(head, rule(), self._web_room, spacing=0))
        return page

    def _busy_page(self) -> QWidget:
        page = QWidget()
        self._busy_words = label("Checking with Facebook whose login this is …", "muted", wrap=True, name="loginBusy")
        self._busy_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page.setLayout(column(None, self._busy_words, None))
        return page

    def set_narrow(self, narrow: bool) -> None:
        self._aside.setFixedWidth(258 if narrow else 290)
        self._host_words.setVisible(not narrow)

    # ------------------------------------------------------------------- doing
    def begin(self, app: AppCredentials, *, rerequest: bool = False) -> None:
        """Start a login for this app in the window."""
        self._app, self._without, self._rerequest = app, (), rerequest
        self._aside.show_choices(on=not app.config_id)
        self.again()

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
        # The card is painted first: making the first web view takes a tenth of a second.
        QTimer.singleShot(60, self._open_view)

    def leave(self) -> None:
        """Let go of the web view and of what waits for an answer."""
        self._stop_waiting()
        self._close_view()

    def cancel(self) -> None:
        self.leave()
        self._busy("No login is under way.")
        self._focus(self.say("login_cancelled"))

    def _choices_changed(self) -> None:
        if self._stack.currentIndex() == _WEB and self._app is not None:
            self.again()

    def _begin_attempt(self, code_port: int = 0) -> Attempt:
        from gui.desk.login import begin

        assert self._app is not None
        self._attempt = begin(self.desk, self._app, self._aside.choices(), self._without, code_port=code_port, rerequest=self._rerequest)
        return self._attempt

    def _open_view(self) -> None:
        if self._stack.currentIndex() != _WEB or self._view is not None or not self.isVisible():
            return
        from gui.desk.login import begin  # noqa: F401  (imported before the view: it is the slower part)
        from gui.graph.login import is_answer
        from gui.widgets.web_view import LoginView, can_protect

        if not can_protect():
            self._failed(UserError("login_as_root"))
            return
        redirect = self.desk.site.redirect_uri
        view = LoginView(lambda url: is_answer(url, redirect), self._allowed, self)
        view.answered.connect(self._answered)
        view.host_changed.connect(lambda host, protected: self._show_host(host, protected=protected))
        view.page_text.connect(self._read_page)
        view.load_failed.connect(lambda _: self._failed(UserError("login_page_failed")))
        view.certificate_refused.connect(lambda host: self._failed(UserError("certificate_bad", name=host)))
        view.renderer_gone.connect(lambda: self._failed(UserError("renderer_gone")))
        view.slow.connect(lambda: self.say("login_page_slow"))
        view.went_elsewhere.connect(lambda host: self.tell(UserError("login_elsewhere", name=host)))
        self._view = view
        self._loading.hide()
        self._web_room.addWidget(view, 1)
        view.open(self._begin_attempt().url)

    def _allowed(self, url: str) -> bool:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        site = self.desk.site
        if not site.is_facebook:
            return f"{parts.scheme}://{parts.netloc}" in {site.login_url, site.graph_url}
        host = parts.hostname or ""
        return parts.scheme in {"https", "wss"} and any(host == one or host.endswith(f".{one}") for one in _HOSTS)

    def _close_view(self) -> None:
        if self._view is not None:
            view, self._view = self._view, None
            self._web_room.removeWidget(view)
            view.close_down()
            view.hide()
            view.deleteLater()

    def _show_host(self, host: str, *, protected: bool) -> None:
        self._host.setText(host)
        real = host == "facebook.com" or host.endswith(".facebook.com")
        set_icon(self._lock, "lock" if protected else "lock-open", "works" if protected else "muted", 16)
        self._lock.setVisible(bool(host))
        self._lock.setAccessibleName("Protected connection" if protected else "On this computer")
        self._host_words.setText(
            "this is Facebook’s own page; Page Keys never sees your password" if real else "on this computer; not the real Facebook" if host else ""
        )

    # -------------------------------------------------------- what comes back
    def _answered(self, address: Secret) -> None:
        self._accept(address)

    def _accept(self, address: Secret) -> None:
        from gui.desk.login import accept

        if self._attempt is None:
            return
        self._close_view()
        self._busy("Checking with Facebook whose login this is …")
        self.work(accept, self.desk, self._attempt, address, done=self._done, failed=self._not_done, again=lambda: self._accept(address))

    def _done(self, found: LoggedIn) -> None:
        self._attempt = None
        self.leave()
        self.logged_in.emit(found)

    def _not_done(self, problem: Exception) -> None:
        self._busy("No login is under way.")

    def _busy(self, words: str) -> None:
        self._busy_words.setText(words)
        self._stack.setCurrentIndex(_BUSY)

    def _failed(self, problem: UserError) -> None:
        self._close_view()
        self._busy("No login is under way.")
        self._focus(self.tell(problem))

    def _focus(self, notice: Notice) -> None:
        """The way on is under the next key."""
        if notice.main_button is not None:
            notice.main_button.setFocus()

    def _read_page(self, text: str) -> None:
        from gui.graph.login import invalid_scopes, stuck_kind

        kind = stuck_kind(text)
        if kind == "invalid_scopes":
            self._lacking = invalid_scopes(text)
            self.say(kind, name=", ".join(self._lacking) or "one of them")
        elif kind:
            self.say(kind)

    # ---------------------------------------------------------- two more ways
    def use_browser(self) -> None:
        """Show the way through the person's own browser."""
        self.leave()
        self.notices.clear()
        self._browser.say("")
        self._stack.setCurrentIndex(_BROWSER)
        self._browser.setFocus()

    def use_paste(self) -> None:
        """Show the field for a token."""
        self.leave()
        self.notices.clear()
        self._stack.setCurrentIndex(_PASTE)
        self._paste.setFocus()

    def _open_browser(self) -> None:
        from gui.desktop.browser import AnswerListener, open_address

        self._stop_waiting()
        listener = AnswerListener()
        attempt = self._begin_attempt(listener.port)
        self._browser.say("Waiting for your browser …")
        self._waiting = self.work(listener.wait, done=self._accept, failed=lambda _: self._browser.say(""))
        if not open_address(attempt.url):
            self._offer_address(attempt.url)

    def _open_browser_for_paste(self) -> None:
        from gui.desktop.browser import open_address

        self._stop_waiting()
        attempt = self._begin_attempt()
        if not open_address(attempt.url):
            self._offer_address(attempt.url)

    def _offer_address(self, url: str) -> None:
        """No browser could be opened: the dialog's address, which holds no secret, goes on the clipboard."""
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(url)
        self._browser.say("No browser opened by itself. The login’s address is on the clipboard: paste it into a browser. It waits for ten minutes.")

    def _take_address(self, typed: str) -> None:
        from gui.desk.typed import address_in

        self.notices.clear()
        try:
            address = address_in(typed)
        except UserError as problem:
            self.tell(problem)
            return
        self._browser.clear()
        self._stop_waiting()
        if self._attempt is None:
            self._begin_attempt()
        self._accept(address)

    def _take_token(self, typed: str) -> None:
        from gui.desk.typed import token_in

        self.notices.clear()
        try:
            token = token_in(typed)
        except UserError as problem:
            self.tell(problem)
            return
        self._paste.clear()
        self._use_token(token)

    def _use_token(self, token: Secret) -> None:
        from gui.desk.login import from_paste

        self._busy("Asking Facebook what this token is …")
        self.work(
            from_paste, self.desk, self._app, token, done=self._done, failed=lambda _: self._stack.setCurrentIndex(_PASTE), again=lambda: self._use_token(token)
        )

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def act(self, action: str) -> None:
        if action == "login":
            self.again()
        elif action == "rerequest":
            self._rerequest = True
            self.again()
        elif action == "without":
            self._without = (*self._without, *self._lacking)
            self.again()
        elif action == "own_browser":
            self.use_browser()
        elif action == "paste":
            self.use_paste()
        else:
            super().act(action)

    def web_view(self) -> LoginView | None:
        """The view, for those who drive the window."""
        return self._view
