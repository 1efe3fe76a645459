"""What the benchmarks keep: an app, a person's login, and Pages with tokens made up here."""

import time

from gui.practice.world import World
from gui.text import fold_fields
from gui.values import NO_END, AppCredentials, Login, Page, PageRow, Secret, UserToken

_DAY = 86_400


def app() -> AppCredentials:
    """An app with a secret made up here."""
    return AppCredentials("180000000000001", Secret("0" * 32), "Nord Publisher")


def long_lived_login() -> Login:
    """A person's login through the app."""
    ends = int(time.time()) + 50 * _DAY
    token = UserToken(Secret("EAA" + "u" * 200), app().app_id, "1", "Agency Nord", ends, ends + 40 * _DAY)
    return Login(app(), token)


def page_token(number: int) -> Secret:
    """A token as long as Facebook's."""
    return Secret(f"EAA{number:07d}" + "x7QdZA" * 33)


def page_rows(count: int) -> list[PageRow]:
    """Pages with the names of the practice Facebook, each with a fresh token."""
    world = World(pages=max(count, 1))
    rows = []
    for number in range(count):
        known = world.page(number + 3)
        page = Page(
            known.id,
            known.name,
            known.category,
            known.tasks,
            origins=("accounts",),
            link=f"https://www.facebook.com/{known.id}",
        )
        folded = fold_fields(page.name, page.id, page.category)
        rows.append(PageRow(page, "x7Qd", NO_END, folded=folded, fresh=page_token(number)))
    return rows
