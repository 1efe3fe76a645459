"""Whose Pages are looked at: everybody's together, those of one login, or of one app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from gui.values import StoredLogin


class ViewKind(Enum):
    ALL = auto()
    LOGIN = auto()
    APP = auto()


@dataclass(frozen=True, slots=True)
class View:
    """`login_id` says which login where the kind is LOGIN, `app_id` which app where it is APP."""

    kind: ViewKind = ViewKind.ALL
    login_id: int = 0
    app_id: str = ""

    @staticmethod
    def of_login(login: StoredLogin) -> View:
        return View(ViewKind.LOGIN, login_id=login.id)

    @staticmethod
    def of_app(app_id: str) -> View:
        return View(ViewKind.APP, app_id=app_id)

    def logins(self, everybody: Sequence[StoredLogin]) -> tuple[StoredLogin, ...]:
        """Those of `everybody` whose Pages this view shows."""
        if self.kind is ViewKind.LOGIN:
            return tuple(login for login in everybody if login.id == self.login_id)
        return tuple(login for login in everybody if self.kind is ViewKind.ALL or login.app_id == self.app_id)
