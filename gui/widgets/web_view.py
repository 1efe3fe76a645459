"""The web view for Facebook's login: off the record, closed to everything but the login, its answer caught before it is sent."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.values import Secret

_On = QWebEngineSettings.WebAttribute
_OFF = (
    _On.LocalContentCanAccessRemoteUrls, _On.LocalContentCanAccessFileUrls, _On.HyperlinkAuditingEnabled, _On.PluginsEnabled, _On.PdfViewerEnabled,
    _On.FullScreenSupportEnabled, _On.ScreenCaptureEnabled, _On.WebGLEnabled, _On.AutoLoadIconsForPage, _On.AllowRunningInsecureContent,
    _On.AllowGeolocationOnInsecureOrigins, _On.AllowWindowActivationFromJavaScript, _On.DnsPrefetchEnabled, _On.NavigateOnDropEnabled,
    _On.BackForwardCacheEnabled, _On.ErrorPageEnabled, _On.JavascriptCanAccessClipboard, _On.JavascriptCanPaste, _On.JavascriptCanOpenWindows,
)  # fmt: skip


class _Gate(QWebEngineUrlRequestInterceptor):
    """Lets out only what `allowed` allows; when in doubt, nothing."""

    def __init__(self, allowed: Callable[[str, bool], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._allowed = allowed

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        try:
            url = info.requestUrl()
            main = info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame
            if url.scheme() not in {"data", "blob"} and not self._allowed(url.toString(), main):
                info.block(True)
        except Exception:  # An exception here would let the request out.
            info.block(True)


class _LoginPage(QWebEnginePage):
    """Catches the answer, and answers every wish of a page that a login does not need with no."""

    def __init__(self, profile: QWebEngineProfile, view: "LoginView") -> None:
        super().__init__(profile, view)
        self._view = view
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(_On.WebRTCPublicInterfacesOnly, True)
        self.permissionRequested.connect(lambda permission: permission.deny())
        self.fullScreenRequested.connect(lambda request: request.reject())
        self.registerProtocolHandlerRequested.connect(lambda request: request.reject())
        self.authenticationRequired.connect(lambda: self.triggerAction(QWebEnginePage.WebAction.Stop))
        self.proxyAuthenticationRequired.connect(lambda: self.triggerAction(QWebEnginePage.WebAction.Stop))
        self.certificateError.connect(self._certificate)
        self.renderProcessTerminated.connect(lambda status, code: view.renderer_gone.emit())
        self.newWindowRequested.connect(self._new_window)

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main_frame: bool) -> bool:
        try:
            text = url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if isinstance(url, QUrl) else url
            return self._view.judge(text, main_frame)
        except Exception:  # Counts as a refusal.
            return False

    def _certificate(self, error: object) -> None:
        host = error.url().host()  # type: ignore[attr-defined]
        error.rejectCertificate()  # type: ignore[attr-defined]
        self._view.certificate_refused.emit(host)

    def _new_window(self, request: QWebEngineNewWindowRequest) -> None:
        self.setUrl(request.requestedUrl())

    def javaScriptAlert(self, origin: QUrl | str, message: str) -> None:
        return

    def javaScriptConfirm(self, origin: QUrl | str, message: str) -> bool:
        return False

    def javaScriptPrompt(self, origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        return False, ""

    def chooseFiles(self, mode: QWebEnginePage.FileSelectionMode, old: list[str], types: list[str]) -> list[str]:  # type: ignore[override]
        return []


class LoginView(QWidget):
    """One login in a web view of its own. `close_down` before it is let go of.

    `answered` carries the caught address as a Secret; `host_changed` the host shown and whether it is
    protected; `page_text` the text of a page that loaded, for recognizing those that never redirect.
    """

    answered = Signal(object)
    host_changed = Signal(str, bool)
    page_text = Signal(str)
    load_failed = Signal(str)
    certificate_refused = Signal(str)
    renderer_gone = Signal()
    went_elsewhere = Signal(str)

    def __init__(self, is_answer: Callable[[str], bool], allowed: Callable[[str, bool], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_answer = is_answer
        self._allowed = allowed
        self._caught = False
        self._profile = QWebEngineProfile()
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self._profile.setSpellCheckEnabled(False)
        self._profile.downloadRequested.connect(lambda download: download.cancel())
        self._gate = _Gate(allowed, self)
        self._profile.setUrlRequestInterceptor(self._gate)
        self._view = QWebEngineView(self)
        self._page: _LoginPage | None = _LoginPage(self._profile, self)
        self._view.setPage(self._page)
        self._view.setAccessibleName("Facebook’s login page")
        self._page.loadingChanged.connect(self._loading)
        self._page.urlChanged.connect(self._url_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setFocusProxy(self._view)

    def open(self, url: str) -> None:
        """Load the login dialog."""
        self._caught = False
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
        if self._allowed(url, main_frame):
            return True
        if main_frame:
            self.went_elsewhere.emit(QUrl(url).host())
        return False

    def input_widget(self) -> QWidget:
        """The widget that takes keys and clicks for the page."""
        return self._view.focusProxy() or self._view

    def run_script(self, script: str, then: Callable[[object], None]) -> None:
        """Ask the page something (for those who drive the window)."""
        if self._page is not None:
            self._page.runJavaScript(script, then)

    def close_down(self) -> None:
        """Delete the page before its profile, with all that it knew."""
        if self._page is not None:
            page, self._page = self._page, None
            page.loadingChanged.disconnect(self._loading)
            page.urlChanged.disconnect(self._url_changed)
            self.hide()
            self._view.deleteLater()
            page.deleteLater()
            page.destroyed.connect(self._profile.deleteLater)

    def _url_changed(self, url: QUrl) -> None:
        if url.host():
            port = f":{url.port()}" if url.port() != -1 else ""
            self.host_changed.emit(f"{url.host()}{port}", url.scheme() == "https")

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.status()
        if status == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus and not self._caught:
            if info.errorDomain() not in {QWebEngineLoadingInfo.ErrorDomain.NoErrorDomain, QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain}:
                self.load_failed.emit(info.errorDomain().name)
        elif status == QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus and self._page is not None:
            self._page.toPlainText(lambda text: self.page_text.emit(text[:4000]))
