"""The web view for Facebook's login: off the record, with its popups and security keys; let go of with all it knew."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, QUrl, QUrlQuery, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtNetwork import QSslCertificate
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.values import Secret
from gui.widgets.login_page import Gate, LoginPage, closed_profile
from gui.widgets.passkey_bar import PasskeyBar
from gui.widgets.widget_factory import label

#: A page that is still loading after this long (milliseconds) is spoken of.
SLOW_AFTER = 25_000
#: A page without a field or a choice that stands still for so long (milliseconds) shows no way on.
STILL_AFTER = 6_000
#: Whether the page asks the person anything.
_ASKS = (
    "document.forms.length + document.querySelectorAll("
    "'input:not([type=hidden]), select, textarea, [contenteditable=true]').length"
)
#: Beside the page's own scripts, which cannot see or change what is asked here.
_OUR_WORLD = 1
#: Where checks come from that tell people from programs.
_CHECKS = ("google.com", "recaptcha.net", "hcaptcha.com", "arkoselabs.com", "funcaptcha.com")


class LoginView(QWidget):
    """One login in a web view of its own. `close_down` before it is let go of.

    `answered` carries the caught address as a Secret; `host_changed` the host shown and whether it is
    protected; `page_text` the text of a page that loaded, for recognizing those that never redirect, and the error
    number in its address. `stood_still` when a page asks nothing and goes nowhere; `check_refused` names the host of a
    check that only another browser can show. `proxy_asked` when a proxy wants a name and a password.
    `at_rest` when a page loaded, or did not: the engine works.
    """

    answered = Signal(object)
    host_changed = Signal(str, bool)
    page_text = Signal(str)
    load_failed = Signal(str)
    slow = Signal()
    certificate_refused = Signal(str)
    proxy_asked = Signal()
    renderer_gone = Signal()
    went_elsewhere = Signal(str)
    stood_still = Signal()
    check_refused = Signal(str)
    at_rest = Signal()

    def __init__(
        self,
        is_answer: Callable[[str], bool],
        allowed: Callable[[str], bool],
        authorities: Sequence[QSslCertificate] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_answer = is_answer
        self._allowed = allowed
        self._caught = False
        self._popup: LoginPopup | None = None
        self._gate = Gate(allowed, self)
        self._profile = closed_profile(self._gate, authorities)
        self._pages_left = 0
        self._view = QWebEngineView(self)
        self._page: LoginPage | None = self._new_page()
        self._view.setPage(self._page)
        self._view.setAccessibleName("Facebook’s login page")
        self._page.loadingChanged.connect(self._loading)
        self._page.urlChanged.connect(self._url_changed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SLOW_AFTER)
        self._patience.timeout.connect(self.slow)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_AFTER)
        self._still.timeout.connect(self._look_for_a_way_on)
        self._passkey = PasskeyBar()
        self._passkey.over.connect(self._view.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(self._passkey)
        self.setFocusProxy(self._view)

    def _new_page(self) -> LoginPage:
        page = LoginPage(self._profile, self.judge, self)
        page.certificate_refused.connect(self.certificate_refused)
        page.proxy_asked.connect(self.proxy_asked)
        page.renderer_gone.connect(self.renderer_gone)
        page.newWindowRequested.connect(self._new_window)
        page.webAuthUxRequested.connect(lambda request: self._passkey.serve(request))
        self._pages_left += 1
        page.destroyed.connect(self._page_gone)
        return page

    def open(self, url: str) -> None:
        """Load the login dialog."""
        self._caught = False
        self._patience.start()
        self._view.load(QUrl(url))
        self._view.setFocus()

    def judge(self, url: str, main_frame: bool) -> bool:
        """Whether the view may go to `url`; the answer of the login is caught here, before it is sent."""
        if main_frame and self._is_answer(url):
            if not self._caught:
                self._caught = True
                self.answered.emit(Secret(url))
            return False
        if (url.startswith(("about:", "data:", "blob:")) and not main_frame) or url == "about:blank":
            return True
        if self._allowed(url):
            return True
        host = QUrl(url).host()
        if main_frame:
            self.went_elsewhere.emit(host)
        elif any(host == check or host.endswith(f".{check}") for check in _CHECKS):
            self.check_refused.emit(host)
        return False

    def input_widget(self) -> QWidget:
        """The widget that takes keys and clicks for the page."""
        return self._view.focusProxy() or self._view

    def popup(self) -> "LoginPopup | None":
        """The second window that the page opened, if one is open."""
        return self._popup

    def run_script(self, script: str, then: Callable[[object], None]) -> None:
        """Ask the page something (for those who drive the window)."""
        if self._page is not None:
            self._page.runJavaScript(script, then)

    def close_down(self) -> None:
        """Delete the pages, then their profile, with all that they knew."""
        self._patience.stop()
        self._still.stop()
        if self._popup is not None:
            self._popup.close()
        if self._page is not None:
            page, self._page = self._page, None
            page.loadingChanged.disconnect(self._loading)
            page.urlChanged.disconnect(self._url_changed)
            self.hide()
            self._view.deleteLater()
            page.deleteLater()

    def _page_gone(self) -> None:
        self._pages_left -= 1
        if self._pages_left == 0:
            self._profile.deleteLater()

    def _new_window(self, request: QWebEngineNewWindowRequest) -> None:
        if self._popup is not None:
            self._popup.close()
        page = self._new_page()
        self._popup = LoginPopup(page, self)
        self._popup.finished.connect(self._popup_closed)
        request.openIn(page)
        self._popup.show()

    def _popup_closed(self) -> None:
        self._popup = None

    def _url_changed(self, url: QUrl) -> None:
        if url.host():
            self.host_changed.emit(_host(url), url.scheme() == "https")

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.status()
        self._still.stop()
        if status == QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
            self._patience.start()
            return
        self._patience.stop()
        self.at_rest.emit()
        if status == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus and not self._caught:
            if info.errorDomain() not in {
                QWebEngineLoadingInfo.ErrorDomain.NoErrorDomain,
                QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain,
            }:
                self.load_failed.emit(info.errorDomain().name)
        elif status == QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus and self._page is not None:
            number = QUrlQuery(self._page.url()).queryItemValue("error_code")[:12]
            self._page.toPlainText(lambda text: self.page_text.emit(f"{text[:4000]}\n{number}".strip()))
            self._still.start()

    def _look_for_a_way_on(self) -> None:
        if self._page is not None and self._popup is None:
            self._page.runJavaScript(_ASKS, _OUR_WORLD, self._take_count)

    def _take_count(self, count: object) -> None:
        if self._page is not None and count == 0 and not self._caught:
            self.stood_still.emit()


class LoginPopup(QDialog):
    """A second window that the login page opened, under the same rules; its host stands above it."""

    def __init__(self, page: LoginPage, parent: LoginView) -> None:
        super().__init__(parent)
        self.setObjectName("loginPopup")
        self.setWindowTitle("Page Keys: a window of the login page")
        self.resize(620, 640)
        self._page: QWebEnginePage | None = page
        self._host = label("", "strong", name="popupHost")
        self._host.setContentsMargins(14, 10, 14, 10)
        self._view = QWebEngineView(self)
        self._view.setPage(page)
        page.urlChanged.connect(lambda url: self._host.setText(_host(url)))
        page.windowCloseRequested.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._host)
        column.addWidget(self._view, 1)

    def input_widget(self) -> QWidget:
        """The widget that takes keys and clicks for the page."""
        return self._view.focusProxy() or self._view

    def run_script(self, script: str, then: Callable[[object], None]) -> None:
        """Ask the page something (for those who drive the window)."""
        if self._page is not None:
            self._page.runJavaScript(script, then)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._page is not None:
            page, self._page = self._page, None
            page.urlChanged.disconnect()
            self._view.deleteLater()
            page.deleteLater()
            self.deleteLater()


def _host(url: QUrl) -> str:
    port = f":{url.port()}" if url.port() != -1 else ""
    return f"{url.host()}{port}"
