"""What is put on the clipboard for a Page: its token alone or with its ID, or as a line of a settings file."""

import re

from gui.text import fold
from gui.values import Page, Secret


def both_lines(page: Page, token: Secret) -> Secret:
    """Page ID and token, each on a line."""
    return token.between(f"{page.id}\n", "\n")


def setting_name(page: Page) -> str:
    """A name for settings files from the Page's name: 'AMIRAS_BAKERY_TOKEN'; from its ID where that gives too little."""
    folded = fold(page.name.replace("’", "").replace("'", ""))
    name = re.sub(r"[^a-z0-9]+", "_", folded).strip("_").upper()
    if len(re.sub(r"[^A-Z]", "", name)) < 3:
        name = f"PAGE_{page.id}"
    return f"{'_' if name[0].isdigit() else ''}{name}_TOKEN"


def setting_line(page: Page, token: Secret) -> Secret:
    """`NAME=token`."""
    return token.between(f"{setting_name(page)}=")
