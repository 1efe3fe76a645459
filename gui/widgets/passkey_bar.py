"""What a security key or passkey needs from the person during the login: a touch, its PIN, which account."""

from PySide6.QtCore import Signal
from PySide6.QtWebEngineCore import QWebEngineWebAuthUxRequest
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from gui.i18n import _, ngettext
from gui.widgets.fields import SecretField
from gui.widgets.widget_factory import button, column, icon_label, label, row

_State = QWebEngineWebAuthUxRequest.WebAuthUxState
_Pin = QWebEngineWebAuthUxRequest.PinEntryError
_Failure = QWebEngineWebAuthUxRequest.RequestFailureReason

_PIN_WORDS = {
    _Pin.WrongPin: _("That PIN was wrong."),
    _Pin.TooShort: _("That PIN is too short."),
    _Pin.InvalidCharacters: _("That PIN has characters that the key does not accept."),
    _Pin.SameAsCurrentPin: _("That is the PIN that the key already has."),
    _Pin.InternalUvLocked: _("The fingerprint reader is locked: use the PIN."),
}
_FAILURES = {
    _Failure.Timeout: _("The key was not touched in time."),
    _Failure.KeyNotRegistered: _("This key is not registered with the account. Use the one that is."),
    _Failure.KeyAlreadyRegistered: _("This key is registered already."),
    _Failure.SoftPinBlock: _("Too many wrong PINs. Take the key out, put it in again, then try again."),
    _Failure.HardPinBlock: _("The key is locked after too many wrong PINs and must be reset with its maker’s program."),
    _Failure.AuthenticatorRemovedDuringPinEntry: _("The key was taken out."),
    _Failure.UserConsentDenied: _("The request was declined on the key."),
}


class PasskeyBar(QFrame):
    """Serves one request at a time; hidden while there is none."""

    over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("passkeyBar")
        self._request: QWebEngineWebAuthUxRequest | None = None
        self._words = label("", "strong", wrap=True, name="passkeyWords")
        self._hint = label("", "second", wrap=True, name="passkeyHint")
        self._pin = SecretField(_("PIN of the security key"), _("PIN"), "passkeyPin")
        self._pin.returnPressed.connect(self._go_on)
        self._accounts = QComboBox()
        self._accounts.setObjectName("passkeyAccounts")
        self._accounts.setAccessibleName(_("Account"))
        self._go = button(_("Continue"), self._go_on, kind="main", name="passkeyGo")
        self._cancel = button(_("Cancel"), self._leave, name="passkeyCancel")
        line = row(
            icon_label("key-round", "on_soft", 20),
            column(self._words, self._hint, spacing=1),
            self._accounts,
            self._pin,
            self._go,
            self._cancel,
            spacing=12,
        )
        line.setStretch(1, 1)
        line.setContentsMargins(14, 10, 12, 10)
        self.setLayout(line)
        self.hide()

    def serve(self, request: QWebEngineWebAuthUxRequest) -> None:
        """Ask the person what this request needs, until it is over."""
        self._request = request
        request.stateChanged.connect(self._state_changed)
        self._state_changed(request.state())

    def _state_changed(self, state: QWebEngineWebAuthUxRequest.WebAuthUxState) -> None:
        request = self._request
        if request is None:
            return
        if state in {_State.Completed, _State.Cancelled}:
            self._end()
            return
        site = request.relyingPartyId()
        self._pin.setVisible(state == _State.CollectPin)
        self._accounts.setVisible(state == _State.SelectAccount)
        self._go.setVisible(state in {_State.CollectPin, _State.SelectAccount, _State.RequestFailed})
        self._go.setText(_("Try again") if state == _State.RequestFailed else _("Continue"))
        if state == _State.SelectAccount:
            self._accounts.clear()
            self._accounts.addItems(list(request.userNames()))
            self._say(_("Which account for {site}?", site=site), _("The key has more than one account."))
        elif state == _State.CollectPin:
            pin_request = request.pinRequest()
            left = pin_request.remainingAttempts
            tries = ngettext("{count} try is left.", "{count} tries are left.", left) if left > 0 else ""
            self._say(
                _("Enter the PIN of your security key for {site}", site=site),
                f"{_PIN_WORDS.get(pin_request.error, '')} {tries}".strip(),
            )
            self._pin.setFocus()
        elif state == _State.FinishTokenCollection:
            self._say(
                _("Touch your security key"), _("It blinks. Touching it confirms to {site} that it is you.", site=site)
            )
        elif state == _State.RequestFailed:
            failure_text = _FAILURES.get(request.requestFailureReason(), _("The key could not be used here."))
            self._say(failure_text, _("Try again, or cancel and choose another way to confirm on Facebook’s page."))
        self.show()

    def _say(self, words: str, hint: str) -> None:
        self._words.setText(words)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _go_on(self) -> None:
        if self._request is None:
            return
        state = self._request.state()
        if state == _State.CollectPin:
            self._request.setPin(self._pin.text())
            self._pin.clear()
        elif state == _State.SelectAccount:
            self._request.setSelectedAccount(self._accounts.currentText())
        elif state == _State.RequestFailed:
            self._request.retry()

    def _leave(self) -> None:
        if self._request is not None:
            self._request.cancel()
        self._end()

    def _end(self) -> None:
        self._request = None
        self._pin.clear()
        self.hide()
        self.over.emit()
