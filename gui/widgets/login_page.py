"""The page of the login's web view: closed to all that a login does not need, its answer caught before it is sent."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import QSslCertificate
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineProfileBuilder,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

_On = QWebEngineSettings.WebAttribute
_OFF = (
    _On.LocalContentCanAccessRemoteUrls, _On.LocalContentCanAccessFileUrls, _On.HyperlinkAuditingEnabled,
    _On.PluginsEnabled, _On.PdfViewerEnabled, _On.FullScreenSupportEnabled, _On.ScreenCaptureEnabled,
    _On.WebGLEnabled, _On.AutoLoadIconsForPage, _On.AllowRunningInsecureContent,
    _On.AllowGeolocationOnInsecureOrigins, _On.AllowWindowActivationFromJavaScript, _On.DnsPrefetchEnabled,
    _On.NavigateOnDropEnabled, _On.BackForwardCacheEnabled, _On.ErrorPageEnabled,
    _On.JavascriptCanAccessClipboard, _On.JavascriptCanPaste, _On.JavascriptCanOpenWindows,
)  # fmt: skip


class Gate(QWebEngineUrlRequestInterceptor):
    """Lets out only what `allowed` allows; when in doubt, nothing."""

    def __init__(self, allowed: Callable[[str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._allowed = allowed

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        try:
            url = info.requestUrl()
            if url.scheme() not in {"data", "blob"} and not self._allowed(url.toString()):
                info.block(True)
        except Exception:  # An exception here would let the request out.
            info.block(True)


def closed_profile(gate: QWebEngineUrlRequestInterceptor, authorities: Sequence[QSslCertificate]) -> QWebEngineProfile:
    """A profile off the record, that keeps nothing and downloads nothing; it trusts these `authorities` too."""
    builder = QWebEngineProfileBuilder()
    builder.setAdditionalTrustedCertificates(authorities)
    # Without a name it is off the record; what createOffTheRecordProfile makes knows nothing of the builder.
    profile = builder.createProfile("")
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setSpellCheckEnabled(False)
    profile.downloadRequested.connect(lambda download: download.cancel())
    profile.setUrlRequestInterceptor(gate)
    return profile


class LoginPage(QWebEnginePage):
    """`judge(url, main_frame)` decides where the page may go; every wish that a login does not need is refused.

    `renderer_gone` when the page's process ended; `certificate_refused` names the host; `proxy_asked` when a proxy
    wants a name and a password.
    """

    certificate_refused = Signal(str)
    proxy_asked = Signal()
    renderer_gone = Signal()

    def __init__(self, profile: QWebEngineProfile, judge: Callable[[str, bool], bool], parent: QObject) -> None:
        super().__init__(profile, parent)
        self._judge = judge
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(_On.WebRTCPublicInterfacesOnly, True)
        self.settings().setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)
        self.permissionRequested.connect(lambda permission: permission.deny())
        self.desktopMediaRequested.connect(lambda request: request.cancel())
        self.fullScreenRequested.connect(lambda request: request.reject())
        self.registerProtocolHandlerRequested.connect(lambda request: request.reject())
        self.authenticationRequired.connect(self._stop)
        self.proxyAuthenticationRequired.connect(self._stop_at_proxy)
        self.certificateError.connect(self._certificate)
        self.renderProcessTerminated.connect(lambda status, code: self.renderer_gone.emit())

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main_frame: bool) -> bool:
        try:
            text = url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if isinstance(url, QUrl) else url
            return self._judge(text, main_frame)
        except Exception:  # Counts as a refusal.
            return False

    def _stop(self, *_: Any) -> None:
        # Left unanswered, an HTTP password prompt is asked again some thirty times in a moment.
        self.triggerAction(QWebEnginePage.WebAction.Stop)

    def _stop_at_proxy(self, *_: Any) -> None:
        self._stop()
        self.proxy_asked.emit()

    def _certificate(self, error: QWebEngineCertificateError) -> None:
        host = error.url().host()
        error.rejectCertificate()
        self.certificate_refused.emit(host)

    def javaScriptAlert(self, origin: QUrl | str, message: str) -> None:
        return

    def javaScriptConfirm(self, origin: QUrl | str, message: str) -> bool:
        return False

    def javaScriptPrompt(self, origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        return False, ""

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Nothing of a login page goes to the program's output."""

    def chooseFiles(  # type: ignore[override]
        self, mode: QWebEnginePage.FileSelectionMode, old: list[str], types: list[str]
    ) -> list[str]:
        return []
