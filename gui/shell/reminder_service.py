"""Reminders on the desktop, the tray icon, and starting with the computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from gui.desktop import notify, start_at_login
from gui.desktop.notify import Tray
from gui.errors import UserError, without_chain
from gui.services.remind import Reminder, due_reminders
from gui.shell.commands import Command, Request
from gui.widgets.logo import logo_icon

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.jobs import Jobs
    from gui.services.session import Session
    from gui.values import Settings

#: How often is looked whether something ends soon, and how soon after the start (milliseconds).
_EVERY, _FIRST = 30 * 60_000, 4_000


class ReminderService(QObject):
    """Reminds of what ends. `opened` comes when the window is wanted, `quit_wanted` when the program is to end.

    `requested` carries the Request of a reminder that was pressed, `failed` a UserError.
    """

    opened = Signal()
    requested = Signal(object)
    quit_wanted = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.session: Session | None = None
        self._remind = False
        self._tray: Tray | None = None
        #: The desktop's number of a notification -> the reminder.
        self._reminders_by_number: dict[int, Reminder] = {}
        self._presses: notify.Presses | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def tray(self) -> Tray:
        """The tray icon, made when it is first needed."""
        if self._tray is None:
            self._tray = Tray(logo_icon(), self)
            self._tray.opened.connect(self.opened)
            self._tray.quit_wanted.connect(self.quit_wanted)
        return self._tray

    def use(self, session: Session) -> None:
        """Remind of what this session's vault holds."""
        self.session = session

    def apply(self, settings: Settings, *, install: bool) -> bool:
        """Apply the settings: remind, stay in the tray, start at login.

        Returns whether the program stays when its window closes. With `install` it is written down for the system
        that the program starts with it, or no longer.
        """
        self._remind = settings.remind
        stays_in_tray = settings.stay_in_tray and self._has_tray()
        if stays_in_tray or self._tray is not None:
            self.tray.set_visible(stays_in_tray)
        if self._remind:
            self._timer.start()
            QTimer.singleShot(_FIRST, self, self.look)
        else:
            self._timer.stop()
        if install:
            self.jobs.start(_install, settings.start_at_login, owner=self, failed=self.failed.emit)
        return stays_in_tray

    def _has_tray(self) -> bool:
        return QGuiApplication.platformName() != "offscreen" and self.tray.shown

    def look(self) -> None:
        """Remind of what ends soon, if that is wanted; after a failure the next look is in half an hour."""
        if self.session is not None and self._remind:
            self.jobs.start(due_reminders, self.session, owner=self, done=self._give, failed=lambda _: None)

    def _give(self, reminders: list[Reminder]) -> None:
        for reminder in reminders:
            if notify.uses_bus():
                self._give_by_bus(reminder)
            else:
                self._give_by_tray(reminder)

    def _give_by_bus(self, reminder: Reminder) -> None:
        def remember(number: int) -> None:
            if number:
                self._reminders_by_number[number] = reminder
            else:
                self._give_by_tray(reminder)

        if self._presses is None:
            self._presses = notify.Presses(self)
            self._presses.pressed.connect(self._take_press)
        self.jobs.start(notify.notify_linux, reminder.title, reminder.text, "", owner=self, done=remember)

    def _take_press(self, number: int) -> None:
        reminder = self._reminders_by_number.pop(number, None)
        if reminder is not None:
            self.opened.emit()
            self.requested.emit(Request(Command.LOG_IN, login_id=reminder.login_id))

    def _give_by_tray(self, reminder: Reminder) -> None:
        if self._has_tray():
            self.tray.set_visible(True)
            self.tray.say(reminder.title, reminder.text)


def _install(on: bool, job: JobContext) -> None:
    without_chain(
        lambda: start_at_login.set_at_login(on, start_at_login.command()),
        OSError,
        lambda _: UserError("at_login_failed"),
    )
