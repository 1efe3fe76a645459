"""Set up the app: App ID and App secret, verified with Facebook, and a check list of what else the app needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import _
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.input_parsing import app_id_hint, app_secret_hint, bare
from gui.services.setup import VERSIONS, proved_steps, verify_app, version_warning
from gui.shell.commands import Command, Request
from gui.values import DEFAULT_VERSION, AppCredentials, Secret, StoredLogin
from gui.widgets.fields import PlainField, SecretField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.icons import set_icon
from gui.widgets.widget_factory import button, card, column, fold, icon_label, label, restyle, row

if TYPE_CHECKING:
    from gui.services.session import Session

#: What the app needs, in the order in which Meta's screens come: title, words, button, link.
_STEPS = (
    (_("Make the app"), _("Create app, use case “Manage everything on your Page”."), _("Create app"), "create_app"),
    (_("Add permissions"),
     _("Use cases, Customize: add pages_read_engagement, business_management and any others you want to ask for."),
     _("Use cases"), "app_use_cases"),
    (_("Allow this login"),
     _("Facebook Login, Settings: Embedded browser login on, and this address under Valid OAuth Redirect URIs."),
     _("Login settings"), "login_settings"),
    (_("Keep it a web app"), _("App settings, Advanced: Native or desktop app stays off."), _("Advanced"),
     "app_advanced"),
    (_("Give people a role"),
     _("While the app is in development mode, only people with a role in it can log in. "
     "That is enough for your own Pages."),
     _("App roles"), "app_roles"),
)  # fmt: skip


class SetupPanel(Panel):
    """`ready` carries the verified AppCredentials."""

    #: Two columns need so much; under it one stands below the other.
    narrow_under = 960
    ready = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Connect your Facebook app"), parent)
        self._is_busy = False
        #: What Facebook's answer said of the version; it outlives the secret, which goes once it is proved.
        self._version_note = ""
        self.set_subtitle(_("Every token is made for an app. For yours, enter two values from Meta’s App Dashboard."))
        self._wide = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._wide.setSpacing(20)
        self._wide.addWidget(self._form(), 5, Qt.AlignmentFlag.AlignTop)
        self._wide.addWidget(self._check_list(), 4, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addLayout(self._wide)
        column.addStretch(1)
        self.put_scrolled(column)
        self.escape_to(Command.LEAVE_LOGIN)
        self._changed()

    # ------------------------------------------------------------------ layout
    def _form(self) -> QFrame:
        frame, inside = card(spacing=6)
        self._app_id = PlainField(_("for example 1234567890123456"), _("App ID"), "setupAppId")
        self._secret = SecretField(_("32 digits and letters from a to f"), _("App secret"), "setupSecret")
        self._id_hint, self._secret_hint = (
            label("", "hint", wrap=True, name="setupIdHint"),
            label("", "hint", wrap=True, name="setupSecretHint"),
        )
        where_id_button = button(
            _("Where is it?"),
            lambda: self.request(Command.OPEN_LINK, link="apps"),
            kind="quiet",
            icon="external-link",
            name="setupWhereId",
        )
        where_id_button.setToolTip(_("Opens the App Dashboard: choose your app; the App ID is at the top"))
        where_secret_button = button(
            _("Where is it?"), self._open_basic, kind="quiet", icon="external-link", name="setupWhereSecret"
        )
        where_id_button.setAccessibleName(_("Where is the App ID?"))
        where_secret_button.setAccessibleName(_("Where is the App secret?"))
        where_secret_button.setToolTip(_("Opens App settings, Basic: App secret, Show"))
        inside.addLayout(
            FlowLayout(
                label(_("App ID"), "strong"),
                label(_("the app’s number, at the top of the dashboard"), "second", wrap=True),
                where_id_button,
            )
        )
        inside.addWidget(self._app_id)
        inside.addWidget(self._id_hint)
        inside.addLayout(
            FlowLayout(
                label(_("App secret"), "strong"),
                label(_("App settings, Basic, Show"), "second", wrap=True),
                where_secret_button,
            )
        )
        inside.addWidget(self._secret)
        inside.addWidget(self._secret_hint)
        inside.addLayout(
            row(
                icon_label("lock", "muted", 16),
                label(_("Kept in this computer’s keychain and sent to Facebook only."), "second", wrap=True),
            )
        )
        inside.addSpacing(4)
        self._more_button = button(_("More"), self._toggle_more, kind="quiet", icon="chevron-right", name="setupMore")
        self._verify = button(_("Verify and continue"), self.verify, kind="main", name="setupVerify")
        inside.addLayout(row(self._more_button, None))
        inside.addWidget(self._advanced_box())
        inside.addSpacing(6)
        inside.addLayout(row(None, self._verify))
        inside.addStretch(1)
        for field in (self._app_id, self._secret):
            field.textChanged.connect(self._changed)
            field.returnPressed.connect(self.verify)
        return frame

    def _advanced_box(self) -> QWidget:
        self._more_box = QWidget()
        self._version = QComboBox()
        self._version.setObjectName("setupVersion")
        self._version.setAccessibleName(_("Graph version"))
        self._version.addItems(list(VERSIONS))
        self._version.setCurrentText(DEFAULT_VERSION)
        self._version.currentTextChanged.connect(self._change_version)
        self._version_hint = label("", "hint", wrap=True, name="setupVersionHint")
        self._config = PlainField(_("only digits; empty for most apps"), _("Configuration ID"), "setupConfig")
        self._config.textChanged.connect(self._changed)
        self._more_box.setLayout(
            column(
                label(_("Graph version"), "strong"), self._version, self._version_hint,
                label(_("Configuration ID"), "strong"),
                label(
                    _("For an app with Facebook Login for Business: it decides which permissions are asked for."),
                    "second", wrap=True,
                ),
                self._config, spacing=6,
            )
        )  # fmt: skip
        self._more_box.hide()
        return self._more_box

    def _check_list(self) -> QFrame:
        frame, inside = card(spacing=10, margins=(20, 18, 16, 18), name="setupCheckList")
        self._states: dict[str, QLabel] = {}
        by_step = button(
            _("Step by step"), self._show_steps, kind="quiet", icon="circle-question-mark", name="setupSteps"
        )
        inside.addLayout(FlowLayout(label(_("What to set up at Meta"), "heading", wrap=True), by_step))
        inside.addWidget(
            label(
                _("In this order. Skip what is done; Facebook tells you if something is missing."), "second", wrap=True
            )
        )
        for number, (title, words, verb, link) in enumerate(_STEPS, 1):
            press = button(verb, self._opens(link), kind="quiet", icon="external-link", name=f"setupStep{number}")
            text_column = QVBoxLayout()
            text_column.setSpacing(1)
            text_column.addWidget(label(f"{number}.  {title}", "strong", wrap=True))
            text_column.addWidget(label(words, "second", wrap=True))
            state = self._states[link] = label("", "done", wrap=True, name=f"setupDone{number}")
            state.hide()
            text_column.addWidget(state)
            if link == "login_settings":
                copy = button(
                    _("Copy the address"), self._copy_redirect, kind="quiet", icon="copy", name="setupCopyRedirect"
                )
                copy.setToolTip(self.session.site.redirect_uri)
                text_column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
            inside.addLayout(FlowLayout(text_column, press))
        inside.addStretch(1)
        return frame

    def set_narrow(self, narrow: bool) -> None:
        fold(self._wide, narrow)

    # ------------------------------------------------------------------- doing
    def _show_steps(self) -> None:
        self.request(Command.SHOW_HELP, topic="make-the-app")

    def begin(self, app: AppCredentials | None = None, logins: Sequence[StoredLogin] = ()) -> None:
        """Show the form without a secret, for an app that is kept or as it was left, and what of it is known done."""
        self.notices.clear()
        self._secret.clear()
        proved = proved_steps(app, logins) if app is not None else {}
        for link, state in self._states.items():
            state.setText(proved.get(link, ""))
            state.setVisible(link in proved)
        if app is not None:
            self._app_id.setText(app.app_id)
            self._version.setCurrentText(app.version)
            self._config.setText(app.config_id)
        self.give_focus(self._secret if app is not None else self._app_id)

    def verify(self) -> None:
        """Ask Facebook whether App ID and App secret belong together."""
        if not self._verify.isEnabled():
            return
        self.notices.clear()
        version, config = self._version.currentText(), self._config.text()
        self.work(
            verify_app, self.session, self._app_id.text(), Secret(self._secret.text()), version, config,
            lock=self._set_busy, done=self._verified, reported=self._show_version_note, again=self.verify,
        )  # fmt: skip

    def _show_version_note(self, report: object) -> None:
        if isinstance(report, str):
            self._version_note = report
            self._changed()
            self._show_more(visible=True)

    def _verified(self, app: AppCredentials) -> None:
        self._secret.clear()
        self.ready.emit(app)

    def _set_busy(self, busy: bool) -> None:
        self._verify.setText(_("Verifying with Facebook …") if busy else _("Verify and continue"))
        self._is_busy = busy
        self._verify.setEnabled(not busy)
        for field in (self._app_id, self._secret):
            field.setReadOnly(busy)

    def _changed(self) -> None:
        hints = ((self._app_id, self._id_hint, app_id_hint), (self._secret, self._secret_hint, app_secret_hint))
        has_errors = False
        for field, hint_label, hint in hints:
            text = hint(field.text())
            still_typing = (
                field is self._secret
                and len(bare(field.text())) < 32
                and "has 32 characters" in text
                and field.hasFocus()
            )
            _show_hint(field, hint_label, "" if still_typing else text)
            has_errors = has_errors or bool(text) or not bare(field.text())
        config = bare(self._config.text())
        self._version_hint.setText(self._version_note or version_warning(self._version.currentText(), date.today()))
        self._version_hint.setVisible(bool(self._version_hint.text()))
        self._verify.setEnabled(not self._is_busy and not has_errors and (not config or config.isdecimal()))

    def _change_version(self) -> None:
        self._version_note = ""
        self._changed()

    def _toggle_more(self) -> None:
        self._show_more(visible=self._more_box.isHidden())

    def _show_more(self, *, visible: bool) -> None:
        self._more_box.setVisible(visible)
        set_icon(self._more_button, "chevron-down" if visible else "chevron-right", "on_soft")

    def _opens(self, link: str) -> Callable[[], None]:
        return lambda: self.request(Command.OPEN_LINK, link=link)

    def _open_basic(self) -> None:
        self.request(Command.OPEN_LINK, link="app_basic" if self.app_id() else "apps", app_id=self.app_id())

    def _copy_redirect(self) -> None:
        QGuiApplication.clipboard().setText(self.session.site.redirect_uri)

    def app_id(self) -> str:
        """The App ID as typed, when it can be one."""
        return "" if app_id_hint(self._app_id.text()) else bare(self._app_id.text())

    def act(self, request: Request) -> None:
        if request.command is Command.SET_UP_APP:
            self.give_focus(self._secret)
            self._secret.selectAll()
            return
        super().act(request)


def _show_hint(field: QLineEdit, hint_label: QLabel, text: str) -> None:
    hint_label.setText(text)
    hint_label.setVisible(bool(text))
    if bool(field.property("wrong")) != bool(text):
        field.setProperty("wrong", bool(text))
        restyle(field)
