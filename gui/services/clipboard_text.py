"""What is put on the clipboard: of one Page its token, alone or with its ID; of many a table, settings, or JSON."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from itertools import count as counting

from gui.errors import JobContext
from gui.files import texts
from gui.i18n import _, ngettext
from gui.services.os_user import os_user_name
from gui.services.session import Session
from gui.services.sheets import pages_sheet
from gui.services.tokens import read_tokens
from gui.text import fold
from gui.values import CopyFormat, Event, Page, PageRow, Secret

#: How a Page was copied, for the history.
_ALONE = {
    CopyFormat.LINES: _("as NAME=token lines"),
    CopyFormat.TABLE: _("as a table"),
    CopyFormat.JSON: _("as JSON"),
}
_WITH_OTHERS = {
    CopyFormat.LINES: _("with others, as NAME=token lines"),
    CopyFormat.TABLE: _("with others, as a table"),
    CopyFormat.JSON: _("with others, as JSON"),
}


def copied_words(count: int, copy_format: CopyFormat) -> str:
    """What so many tokens in this format are called: '3 tokens as a table'."""
    if copy_format is CopyFormat.LINES:
        return ngettext("{count} token as NAME=token lines", "{count} tokens as NAME=token lines", count)
    if copy_format is CopyFormat.TABLE:
        return ngettext("{count} token as a table", "{count} tokens as a table", count)
    return ngettext("{count} token as JSON", "{count} tokens as JSON", count)


def both_lines(page: Page, token: Secret) -> Secret:
    """Page ID and token, each on a line."""
    return token.between(f"{page.id}\n", "\n")


def setting_name(page: Page) -> str:
    """A name for settings files from the Page's name ('AMIRAS_BAKERY_TOKEN'), or its ID where that gives too little."""
    folded = fold(page.name).replace("'", "")
    name = re.sub(r"[^a-z0-9]+", "_", folded).strip("_").upper()
    if len(re.sub(r"[^A-Z]", "", name)) < 3:
        name = f"PAGE_{page.id}"
    return f"{'_' if name[0].isdigit() else ''}{name}_TOKEN"


def setting_line(page: Page, token: Secret) -> Secret:
    """`NAME=token`."""
    return token.between(f"{setting_name(page)}=")


def setting_pairs(rows: Sequence[PageRow], tokens: dict[str, Secret]) -> list[tuple[str, Secret]]:
    """Names and tokens for a settings file; no name twice: Pages of the same name get their IDs with it."""
    names = [setting_name(row.page) for row in rows]
    times = Counter(names)
    # A Page may be called as another one is with its ID.
    taken = {name for name, uses in times.items() if uses == 1}
    pairs = []
    for row, name in zip(rows, names, strict=True):
        if times[name] > 1:
            stem = f"{name.removesuffix('_TOKEN')}_{row.page.id}"
            choices = chain([f"{stem}_TOKEN"], (f"{stem}_{number}_TOKEN" for number in counting(2)))
            name = next(choice for choice in choices if choice not in taken)
            taken.add(name)
        if row.page.id in tokens:
            pairs.append((name, tokens[row.page.id]))
    return pairs


def copy_many(session: Session, rows: Sequence[PageRow], copy_format: CopyFormat, job: JobContext) -> Secret:
    """The text of several Pages with their tokens. Writes it into the history. Raises VaultError."""
    tokens = read_tokens(session, rows)
    note_copied(
        session,
        [row for row in rows if row.page.id in tokens],
        (_WITH_OTHERS if len(rows) > 1 else _ALONE)[copy_format],
        job,
    )
    if copy_format is CopyFormat.LINES:
        return texts.env_text(setting_pairs(rows, tokens))
    sheet = pages_sheet(session, rows, tokens, brief=True)
    return texts.table_text(sheet) if copy_format is CopyFormat.TABLE else texts.json_text(sheet)


def note_copied(session: Session, rows: Sequence[PageRow], detail: str, job: JobContext) -> None:
    """Write into the history that tokens were copied."""
    now = session.now()
    session.vault.history.add(
        [Event("copied", row.page.display_name, os_user_name(), detail, row.page.id, now) for row in rows]
    )
