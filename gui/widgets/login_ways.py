"""Two more ways in: the person's own browser, and a token that they already have."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.i18n import _
from gui.widgets.fields import SecretField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.widget_factory import button, column, icon_label, label, row, rule, scrolled

_MARGINS = (28, 24, 28, 24)


class BrowserCard(QWidget):
    """`open_wanted`: the answer comes by itself; `open_for_paste_wanted`: the person pastes the address."""

    open_wanted = Signal()
    open_for_paste_wanted = Signal()
    address_given = Signal(str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = label("", "second", wrap=True, name="browserState")
        self._address = SecretField(_("the address the browser ended on"), _("Address"), "browserAddress")
        self._address.returnPressed.connect(self._give)
        go = button(_("Open my browser"), self.open_wanted.emit, kind="main", icon="external-link", name="browserOpen")
        self.setFocusProxy(go)
        box = column(
            icon_label("globe", "on_soft", 26),
            label(_("Log in with your own browser"), "heading", wrap=True),
            label(
                _("Your app is in development mode, as most are: the browser comes back here by itself."),
                "muted",
                wrap=True,
            ),
            row(go, None),
            self._state,
            rule(),
            label(
                _(
                    "Your app is published: the browser ends on a page that says Success. "
                    "Copy its address at once and paste it here."
                ),
                "muted",
                wrap=True,
            ),
            FlowLayout(
                button(
                    _("Open login page"), self.open_for_paste_wanted.emit, icon="external-link", name="browserOpenPaste"
                ),
            ),
            FlowLayout(self._address, button(_("Continue"), self._give, name="browserGo")),
            None,
            FlowLayout(
                button(
                    _("Back to the login here"),
                    self.back_wanted.emit,
                    kind="quiet",
                    icon="arrow-left",
                    name="browserBack",
                ),
            ),
            spacing=10,
        )
        box.setContentsMargins(*_MARGINS)
        self.setLayout(column(scrolled(box)))

    def say(self, words: str) -> None:
        """How it goes with the browser."""
        self._state.setText(words)

    def clear(self) -> None:
        self._address.clear()

    def _give(self) -> None:
        self.address_given.emit(self._address.text())


class PasteCard(QWidget):
    """`token_given` carries what was pasted, as it was pasted."""

    token_given = Signal(str)
    explorer_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = SecretField(_("paste the User token here"), _("User token"), "pasteField")
        self._token.returnPressed.connect(self._give)
        self.setFocusProxy(self._token)
        box = column(
            icon_label("clipboard-paste", "on_soft", 26),
            label(_("Paste a User token"), "heading", wrap=True),
            label(
                _(
                    "For example from Graph API Explorer: choose your app and “User token”, "
                    "press Generate access token, copy it."
                ),
                "muted",
                wrap=True,
            ),
            FlowLayout(
                button(
                    _("Open Graph API Explorer"),
                    self.explorer_wanted.emit,
                    kind="quiet",
                    icon="external-link",
                    name="pasteExplorer",
                ),
            ),
            FlowLayout(self._token, button(_("Use it"), self._give, kind="main", name="pasteGo")),
            label(_("Page Keys checks it with Facebook first, so that you know what it is."), "second", wrap=True),
            None,
            FlowLayout(
                button(
                    _("Back to the login here"),
                    self.back_wanted.emit,
                    kind="quiet",
                    icon="arrow-left",
                    name="pasteBack",
                ),
            ),
            spacing=10,
        )
        box.setContentsMargins(*_MARGINS)
        self.setLayout(column(scrolled(box)))

    def clear(self) -> None:
        self._token.clear()

    def _give(self) -> None:
        self.token_given.emit(self._token.text())
