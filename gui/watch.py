"""Keeps watch: reminders on the desktop, the tray icon, starting with the computer. Joins desk and desktop for the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from gui.desktop import at_login, notify
from gui.desktop.notify import Tray

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.remind import Reminder
    from gui.errors import JobContext
    from gui.jobs import Jobs

#: How often is looked whether something ends soon (milliseconds), and how soon after the start.
_EVERY, _FIRST = 30 * 60_000, 4_000


class Watch(QObject):
    """Reminds of what ends. `opened` when the window is wanted, `quit_wanted` when the program is to end, `failed` a UserError.

    `renew_wanted` carries the connection (its id) of a reminder that was pressed.
    """

    opened = Signal()
    renew_wanted = Signal(int)
    quit_wanted = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.desk: Desk | None = None
        self.given: list[Reminder] = []
        self._remind = False
        self._tray: Tray | None = None
        #: The desktop's number of a notification -> the reminder.
        self._shown: dict[int, Reminder] = {}
        self._listening = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def tray(self) -> Tray:
        """The tray icon, made when it is first needed."""
        if self._tray is None:
            from gui.widgets.mark import mark_icon

            self._tray = Tray(mark_icon(), self)
            self._tray.opened.connect(self.opened)
            self._tray.quit_wanted.connect(self.quit_wanted)
        return self._tray

    def use(self, desk: Desk) -> None:
        """Watch what is kept at this desk."""
        self.desk = desk

    def set_habits(self, habits: tuple[bool, ...], *, install: bool) -> bool:
        """Do what the person likes: remind, stay in the tray, start at login. Whether the program stays when its window closes.

        `install` writes down for the system that the program starts with it, or no longer.
        """
        self._remind, watch, start = habits
        stays = watch and self._has_tray()
        if stays or self._tray is not None:
            self.tray.set_visible(stays)
        if self._remind:
            self._timer.start()
            QTimer.singleShot(_FIRST, self.look)
        else:
            self._timer.stop()
        if install:
            self.jobs.start(_install, start, owner=self, failed=self.failed.emit)
        return stays

    def _has_tray(self) -> bool:
        return QGuiApplication.platformName() != "offscreen" and self.tray.shown

    def look(self) -> None:
        """Remind of what ends, if it is time."""
        from gui.desk.remind import due

        if self.desk is not None and self._remind:
            self.jobs.start(due, self.desk, owner=self, done=self._give, failed=_ignore)

    def _give(self, reminders: list[Reminder]) -> None:
        for one in reminders:
            self.given.append(one)
            if notify.uses_bus():
                self._by_bus(one)
            else:
                self._by_tray(one)

    def _by_bus(self, one: Reminder) -> None:
        def shown(number: int) -> None:
            if number:
                self._shown[number] = one
            else:
                self._by_tray(one)

        if not self._listening:
            self._listening = True
            self._presses = notify.Presses(self)
            self._presses.pressed.connect(self._pressed)
        self.jobs.start(notify.notify_linux, one.title, one.text, "", owner=self, done=shown)

    def _pressed(self, number: int) -> None:
        reminder = self._shown.pop(number, None)
        if reminder is not None:
            self.opened.emit()
            self.renew_wanted.emit(reminder.person)

    def _by_tray(self, one: Reminder) -> None:
        if self._has_tray():
            self.tray.set_visible(True)
            self.tray.say(one.title, one.text)


def _ignore(problem: Exception) -> None:
    """What cannot be read now is looked at again in half an hour."""


def _install(on: bool, job: JobContext) -> None:
    from gui.errors import UserError

    failed = False
    try:
        at_login.set_at_login(on, at_login.command())
    except OSError:
        failed = True
    if failed:
        raise UserError("at_login_failed")
