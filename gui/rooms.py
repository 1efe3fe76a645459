"""The views by name: each is made when it is first needed, or ahead of that while nobody waits."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from gui.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.desk.desk import Desk
    from gui.panels.panel import Panel

#: Name -> module and class of a panel, and what its signals call.
_PANELS: dict[str, tuple[str, str, dict[str, str]]] = {
    "setup": ("gui.panels.setup", "SetupPanel", {"ready": "_app_ready"}),
    "login": ("gui.panels.login", "LoginPanel", {"logged_in": "_logged_in"}),
    "extend": ("gui.panels.exchange", "ExchangePanel", {"extended": "_extended", "kept": "_recount"}),
    "pages": (
        "gui.panels.page_list",
        "PageListPanel",
        {"count_changed": "_count", "listed": "_recount", "tagged": "_tagged", "forgotten": "_hidden", "export_wanted": "_export"},
    ),
    "export": ("gui.panels.export", "ExportPanel", {}),
    "import": ("gui.panels.import_tokens", "ImportPanel", {"imported": "_read_anew"}),
    "history": ("gui.panels.history", "HistoryPanel", {}),
    "health": ("gui.panels.health", "HealthPanel", {"checked": "_health_known"}),
    "any_token": ("gui.panels.any_token", "AnyTokenPanel", {"login_kept": "_token_given", "page_kept": "_page_kept"}),
    "disconnect": ("gui.panels.disconnect", "DisconnectPanel", {"disconnected": "_disconnected", "changed": "_recount"}),
    "settings": (
        "gui.panels.settings",
        "SettingsPanel",
        {"appearance_chosen": "_choose_appearance", "habits_chosen": "_choose_habits", "changed": "_read_anew", "undo_offered": "_tagged"},
    ),
    "help": ("gui.panels.help", "HelpPanel", {}),
}
#: What is imported, and then made, ahead of its use; milliseconds between two.
_AHEAD = (
    ("gui.desk.setup", ""),
    ("gui.panels.setup", ""),
    ("gui.panels.setup", "setup"),
    ("gui.panels.login", ""),
    ("gui.panels.login", "login"),
    ("gui.panels.exchange", ""),
    ("gui.panels.exchange", "extend"),
    ("gui.widgets.page_model", ""),
    ("gui.widgets.page_delegate", ""),
    ("gui.widgets.page_table", ""),
    ("gui.desk.views", ""),
    ("gui.panels.page_many", ""),
    ("gui.panels.page_list", ""),
    ("gui.panels.page_list", "pages"),
    ("gui.widgets.time_line", ""),
    ("gui.panels.health", ""),
    ("gui.panels.health", "health"),
    ("gui.desk.facts", ""),
    ("gui.desk.copying", ""),
    ("gui.panels.export", ""),
    ("gui.panels.export", "export"),
    ("gui.panels.history", ""),
    ("gui.panels.history", "history"),
    ("gui.panels.import_tokens", ""),
    ("gui.panels.settings", ""),
)
_AHEAD_PAUSE = 25


class Rooms(Frame):
    """Holds the panels. What their signals call is the window's; `prepared` when all views are at hand."""

    prepared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self._came_from = "health"

    def _wanted(self, wish: str) -> None:
        """What a panel asks for; the window knows."""

    def prepare(self) -> None:
        """Import and make views one by one while nobody waits, so that none of them costs a frame later."""
        self._prepare(iter(_AHEAD))

    def _prepare(self, ahead: Iterator[tuple[str, str]]) -> None:
        step = next(ahead, None)
        if step is None or self.desk is None:
            self.prepared.emit()
            return
        module, panel = step
        importlib.import_module(module)
        if panel:
            self.panel(panel)
        QTimer.singleShot(_AHEAD_PAUSE, lambda: self._prepare(ahead))

    def panel(self, name: str) -> Any:
        """The panel of this name, made when it is first needed."""
        if name not in self._panels:
            assert self.desk is not None
            made = self._make(name, self.desk)
            made.wanted.connect(self._wanted)
            made.copied.connect(self.copy)
            self._panels[name] = made
            self._stack.addWidget(made)
        return self._panels[name]

    def _make(self, name: str, desk: Desk) -> Panel:
        module, kind, signals = _PANELS[name]
        made: Panel = getattr(importlib.import_module(module), kind)(desk, self.jobs)
        for signal, slot in signals.items():
            getattr(made, signal).connect(getattr(self, slot))
        return made

    def _show(self, name: str, place: str = "") -> Any:
        panel = self.panel(name)
        if name != "login" and "login" in self._panels:
            self._panels["login"].leave()  # type: ignore[attr-defined]
        self._root.setCurrentIndex(0)
        self._stack.setCurrentWidget(panel)
        if name in {"health", "settings", "history"}:
            self._came_from = name
        self.side.set_place(place or "pages")
        self.side.refresh()
        return panel

    def _forget_panel(self, name: str) -> None:
        """Let go of a panel and what it shows."""
        if name in self._panels:
            gone = self._panels.pop(name)
            self._stack.removeWidget(gone)
            gone.deleteLater()

    def _forget_panels(self) -> None:
        if "login" in self._panels:
            self._panels["login"].leave()  # type: ignore[attr-defined]
        for name in tuple(self._panels):
            self._forget_panel(name)
