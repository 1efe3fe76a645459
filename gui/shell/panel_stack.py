"""The panels: each is made when it is first needed, or earlier while nobody waits; one is shown at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.i18n import _
from gui.panels.panel import Panel
from gui.panels.welcome import WelcomePanel
from gui.shell.commands import Command, Request
from gui.values import Action
from gui.widgets.announce import announce

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.jobs import Jobs
    from gui.services.session import Session
    from gui.shell.main_window import MainWindow
    from gui.values import Message
    from gui.widgets.notice import Notice

AnyPanel = Panel | WelcomePanel


class AnySlot(Protocol):
    """A slot, whatever its panel."""

    name: str
    place: str
    topic: str
    is_aside: bool
    origin: Command | None
    whole_window: bool

    def load(self) -> object: ...
    def make(self) -> AnyPanel: ...
    @property
    def panel(self) -> AnyPanel: ...
    @property
    def panel_if_made(self) -> AnyPanel | None: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def is_open(self) -> bool: ...
    def leave(self) -> None: ...
    def discard(self) -> None: ...


P = TypeVar("P", bound=AnyPanel)
#: Gives what makes the panel: imports its module, which may then take a while.
Load = Callable[[], Callable[["Session", "Jobs"], P]]

#: Between two panels that are made ahead (milliseconds).
_PAUSE = 25


class PanelSlot(Generic[P]):
    """The place of one panel. Its flow holds the slot, and so knows the panel's own type.

    `load` imports the panel's module and gives its class, `connect` joins the panel's signals once it is made, `leave`
    is called when another panel takes its place. `place` is the side bar's button that is marked, `origin` the command
    that shows this panel again when another one is done, `topic` the help's for this panel. One that `is_aside` is
    shown over another, which stays as it is.
    """

    def __init__(
        self,
        stack: PanelStack,
        name: str,
        load: Load[P],
        connect: Callable[[P], object],
        *,
        place: str,
        leave: Callable[[P], object] | None,
        origin: Command | None,
        whole_window: bool,
        topic: str,
        is_aside: bool,
    ) -> None:
        self.name = name
        self.load = load
        self.place = place
        self.origin = origin
        self.whole_window = whole_window
        self.topic = topic
        self.is_aside = is_aside
        self._stack = stack
        self._connect = connect
        self._leave = leave
        self._panel: P | None = None

    @property
    def panel(self) -> P:
        """The panel, made when it is first needed."""
        panel = self.make()
        self._stack.place(self)
        return panel

    def make(self) -> P:
        """The panel, though it be in no window yet."""
        if self._panel is None:
            self._panel = self._stack.make(self)
            self._connect(self._panel)
        return self._panel

    @property
    def panel_if_made(self) -> P | None:
        return self._panel

    @property
    def is_shown(self) -> bool:
        return self._panel is not None and self._stack.window.shows(self._panel)

    @property
    def is_open(self) -> bool:
        """Whether the panel is on show, or under an aside that is."""
        return self.is_shown or self._stack.is_below(self)

    def show(self) -> P:
        """Put the panel on show."""
        panel = self.panel
        self._stack.put_on_show(self)
        return panel

    def put_away(self) -> None:
        """Leave the panel for where the person came from; an aside over it stays on show."""
        self._stack.put_away(self)

    def leave(self) -> None:
        """Call the slot's `leave`, since another panel takes its place."""
        if self._panel is not None and self._leave is not None:
            self._leave(self._panel)

    def discard(self) -> None:
        """Leave and delete the panel, if it was made."""
        self.leave()
        if self._panel is not None:
            panel, self._panel = self._panel, None
            self._stack.remove(panel)


class _Below(NamedTuple):
    """What an aside is shown over, and what had the focus there."""

    slot: AnySlot
    focus: QWidget | None = None


class PanelStack(QObject):
    """Makes panels for the Facebook and the vault in use, shows one at a time, and lets go of them.

    `requested` carries the Request of any panel, `copied` a Secret for the clipboard and what it is; `prepared` comes
    when every panel that is made ahead is there, `untold` when an error waits for a panel to be told in. `origin` is
    the command that goes back to where the person came from.
    """

    requested = Signal(object)
    copied = Signal(object, str)
    prepared = Signal()
    untold = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self.window = window
        self.origin = Command.SHOW_HEALTH
        self._jobs = jobs
        self._session: Session | None = None
        self._slots: dict[str, AnySlot] = {}
        #: What the aside on show is shown over, the lowest first.
        self._below: list[_Below] = []
        self._keeps_asides = False
        #: What was said of a panel in another one, until that panel is shown.
        self._told_elsewhere: list[tuple[str, Notice]] = []
        self._untold: list[tuple[Exception, Callable[[], object] | None]] = []
        window.refreshed.connect(self._refresh)
        window.closing.connect(self.discard_all)

    def use(self, session: Session) -> None:
        """Let go of every panel; those made from now on work with this session."""
        self.discard_all()
        self._session = session

    def add(
        self,
        name: str,
        load: Load[P],
        connect: Callable[[P], object] = lambda panel: None,
        *,
        place: str = "pages",
        leave: Callable[[P], object] | None = None,
        origin: Command | None = None,
        whole_window: bool = False,
        topic: str = "",
        is_aside: bool = False,
    ) -> PanelSlot[P]:
        """A slot for a panel, by a name of its own (PanelSlot says what the rest is for)."""
        slot = PanelSlot(
            self, name, load, connect, place=place, leave=leave, origin=origin, whole_window=whole_window, topic=topic,
            is_aside=is_aside,
        )  # fmt: skip
        self._slots[name] = slot
        return slot

    def make(self, slot: PanelSlot[P]) -> P:
        """Make the panel of a slot."""
        assert self._session is not None
        panel = slot.load()(self._session, self._jobs)
        panel.requested.connect(self.requested)
        if isinstance(panel, Panel):
            panel.copied.connect(self.copied)
            panel.told.connect(lambda text: self._tell_elsewhere(slot, text))
        return panel

    def place(self, slot: PanelSlot[P]) -> None:
        """Put a slot's panel into the window, if it is not there."""
        panel = slot.panel_if_made
        if panel is not None and panel.parentWidget() is None:
            self.window.add_panel(panel, whole_window=slot.whole_window)

    def remove(self, panel: AnyPanel) -> None:
        """Delete a panel; what its jobs bring is not delivered any more."""
        self._jobs.disown(panel)
        self.window.remove_panel(panel)

    def put_on_show(self, slot: AnySlot) -> None:
        """Show the panel of a slot; the one before is left, unless this one is shown over it."""
        on_show = self._on_show
        if slot.is_aside:
            if on_show is not None and on_show.name != slot.name:
                self._below.append(_Below(on_show, QApplication.focusWidget()))
            self._below = [one for one in self._below if one.slot.name != slot.name]
            self._show(slot)
        else:
            keeps_asides = self._keeps_asides and on_show is not None and on_show.is_aside
            for other in self._slots.values():
                if other.name != slot.name and other.is_open and not (keeps_asides and other.is_aside):
                    other.leave()
            if keeps_asides:
                self._below = [_Below(slot), *(one for one in self._below if one.slot.is_aside)]
            else:
                self._below = []
                self._show(slot)
        if slot.origin is not None:
            self.origin = slot.origin

    @contextmanager
    def beneath(self) -> Iterator[None]:
        """What is shown in this context comes beneath an aside that is on show.

        For what comes by itself, such as the next step after an answer: it takes nobody's Help away.
        """
        self._keeps_asides = True
        try:
            yield
        finally:
            self._keeps_asides = False

    def is_below(self, slot: AnySlot) -> bool:
        """Whether this slot's panel is under an aside that is on show."""
        return any(one.slot.name == slot.name for one in self._below)

    def put_away(self, slot: AnySlot) -> None:
        """Leave a panel for where the person came from; an aside over it stays on show."""
        if self.is_below(slot):
            slot.leave()
            self._below = [one for one in self._below if one.slot.name != slot.name]
        elif slot.is_shown:
            self.requested.emit(Request(self.origin))

    def leave_aside(self) -> None:
        """Show again what an aside was shown over, as it stands, with the focus where it was."""
        below = self._below.pop() if self._below else None
        if below is None or below.slot.panel_if_made is None:
            self.requested.emit(Request(self.origin))
            return
        panel, focus = below.slot.panel, below.focus
        if focus is not None and isValid(focus) and isinstance(panel, Panel) and panel.isAncestorOf(focus):
            panel.give_focus_back(focus)
        self._show(below.slot)

    def _show(self, slot: AnySlot) -> None:
        is_new = not slot.is_shown
        self.window.show_panel(slot.panel)
        if is_new and isinstance(slot.panel, Panel):
            announce(slot.panel, slot.panel.title.text())
        for name, notice in self._told_elsewhere:
            if name == slot.name and isValid(notice):
                notice.put_away()
        self._told_elsewhere = [one for one in self._told_elsewhere if one[0] != slot.name]
        untold, self._untold = self._untold, []
        for error, again in untold:
            slot.panel.tell(error, again)
        if not slot.whole_window:
            self.window.side.set_place(slot.place)
            self.window.side.refresh()

    @property
    def _on_show(self) -> AnySlot | None:
        return next((slot for slot in self._slots.values() if slot.is_shown), None)

    @property
    def topic(self) -> str:
        """The help's topic for the panel on show."""
        slot = self._on_show
        return slot.topic if slot is not None else ""

    @property
    def current(self) -> AnyPanel | None:
        """The panel on show."""
        slot = self._on_show
        return slot.panel_if_made if slot is not None else None

    def panel(self, name: str) -> Any:
        """A panel by its slot's name, for tests and the tour."""
        return self._slots[name].panel

    def tell(self, error: Exception, again: Callable[[], object] | None = None) -> None:
        """Show an error as a notice in the panel on show, or in the first that will be."""
        if self.current is not None:
            self.current.tell(error, again)
        else:
            self._untold.append((error, again))
            self.untold.emit()

    def _tell_elsewhere(self, slot: AnySlot, text: Message) -> None:
        """What a panel says that was left meanwhile is said in the one on show, with the way back to it."""
        current = self.current
        if current is not None and not slot.is_open:
            show = Action(_("Show it"), Request(Command.SHOW_VIEW, view=slot.name))
            notice = current.show_notice(replace(text, action=show, secondary=None))
            self._told_elsewhere.append((slot.name, notice))

    def show_as_left(self, name: str) -> None:
        """Show a panel by its slot's name, as it was left; where it is gone since, what the person came from."""
        slot = self._slots[name]
        if slot.panel_if_made is None:
            self.requested.emit(Request(self.origin))
        else:
            self.put_on_show(slot)

    def discard_all(self) -> None:
        self._below = []
        for slot in self._slots.values():
            slot.discard()

    def _refresh(self) -> None:
        for slot in self._slots.values():
            if slot.panel_if_made is not None:
                slot.panel_if_made.refresh()

    # -------------------------------------------------------------------- ahead
    def prepare(self, slots: Iterable[AnySlot]) -> None:
        """Import and make panels one by one while no job runs, so that none of them costs a frame later."""
        self._prepare(iter(slots))

    def _prepare(self, slots: Iterator[AnySlot]) -> None:
        slot = next(slots, None)
        if slot is None or self._session is None:
            self.prepared.emit()
            return

        # To make it and to put it into the window, where it is styled, take a while each.
        def make() -> None:
            if slot.make() is not None:
                QTimer.singleShot(_PAUSE, self, place)

        def place() -> None:
            if slot.panel is not None:
                QTimer.singleShot(_PAUSE, self, lambda: self._prepare(slots))

        def load() -> None:
            self._jobs.start(_import, slot, owner=self, done=lambda _: self._jobs.when_idle(make, self))

        self._jobs.when_idle(load, self)


def _import(slot: AnySlot, job: JobContext) -> None:
    slot.load()
