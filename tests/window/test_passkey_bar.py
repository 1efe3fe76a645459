"""A security key in the login page: what the person is asked, and what the request gets."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineWebAuthUxRequest

from gui.widgets.passkey_bar import PasskeyBar

State = QWebEngineWebAuthUxRequest.WebAuthUxState
Failure = QWebEngineWebAuthUxRequest.RequestFailureReason
PinError = QWebEngineWebAuthUxRequest.PinEntryError


class Request(QObject):
    """Stands for the engine's request, which only a real key can begin."""

    stateChanged = Signal(object)

    def __init__(self, state):
        super().__init__()
        self.now, self.done = state, []
        self.pin = SimpleNamespace(error=PinError.NoError, remainingAttempts=0)
        self.failure = Failure.Timeout

    def become(self, state):
        self.now = state
        self.stateChanged.emit(state)

    def state(self):
        return self.now

    def relyingPartyId(self):
        return "facebook.com"

    def userNames(self):
        return ["amira", "nord"]

    def pinRequest(self):
        return self.pin

    def requestFailureReason(self):
        return self.failure

    def setPin(self, pin):
        self.done.append(("pin", pin))

    def setSelectedAccount(self, name):
        self.done.append(("account", name))

    def retry(self):
        self.done.append(("retry",))

    def cancel(self):
        self.done.append(("cancel",))


@pytest.fixture
def bar(qtbot):
    made = PasskeyBar()
    qtbot.addWidget(made)
    return made


def press(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_pin_is_typed_and_not_kept_in_the_field(bar):
    request = Request(State.CollectPin)
    request.pin = SimpleNamespace(error=PinError.WrongPin, remainingAttempts=5)
    bar.serve(request)
    assert "PIN of your security key for facebook.com" in bar._words.text()
    assert bar._hint.text() == "That PIN was wrong. 5 tries are left."
    QTest.keyClicks(bar._pin, "4711")
    QTest.keyClick(bar._pin, Qt.Key.Key_Return)
    assert request.done == [("pin", "4711")]
    assert bar._pin.text() == ""
    request.become(State.FinishTokenCollection)
    assert bar._words.text() == "Touch your security key"
    assert bar._pin.isHidden()
    request.become(State.Completed)
    assert bar.isHidden()


def test_an_account_is_chosen(bar):
    request = Request(State.SelectAccount)
    bar.serve(request)
    bar._accounts.setCurrentText("nord")
    press(bar._go)
    assert request.done == [("account", "nord")]


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_says_what_to_do_and_can_be_tried_again(bar, failure):
    request = Request(State.RequestFailed)
    request.failure = failure
    bar.serve(request)
    assert bar._words.text().endswith(".")
    assert "Try again" in bar._hint.text()
    press(bar._go)
    assert request.done == [("retry",)]


def test_cancel_ends_it(bar):
    request = Request(State.FinishTokenCollection)
    bar.serve(request)
    press(bar._cancel)
    assert request.done == [("cancel",)]
    assert bar.isHidden()
