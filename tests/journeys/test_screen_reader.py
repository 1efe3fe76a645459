"""The whole job by a screen reader, through AT-SPI alone: from the first start to a copied token."""

import pytest

from gui.practice.world import PASSWORD
from tests.support.screen_reader import ScreenReader

#: Roles of what a person acts on.
_ACTED_ON = {
    "push button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "link",
    "page tab", "spin button", "slider", "table cell",
}  # fmt: skip

_PASSWORD = {"role": "password text", "has": "Password"}


@pytest.fixture
def reader(private_session, practice, tmp_path):
    with ScreenReader(tmp_path, "--graph-url", practice.url, "--login-url", practice.url) as reader:
        yield reader
        assert reader.program.poll() is None, reader.log.read_text("utf-8")[-2000:]


def nameless(reader):
    """What can be acted on in the view, and says nothing of itself."""
    return [
        (one["role"], one["id"])
        for one in reader("tree")
        if one["role"] in _ACTED_ON and "enabled" in one["states"] and not (one["name"] or one["text"])
    ]


def connect(reader, practice):
    reader("act", what={"id": "welcomeConnect"})
    reader("fill", what={"id": "setupAppId"}, text=practice.world.apps[0].id)
    reader("fill", what={"id": "setupSecret"}, text=practice.world.app_secret)
    assert nameless(reader) == []
    reader("act", what={"id": "setupVerify"})


def log_in(reader, practice):
    """In Facebook's own page: its fields have the focus and take keys."""
    reader("wait", what=_PASSWORD, seconds=30)
    reader.activate()
    reader("focus", what=_PASSWORD)
    reader("type", what=_PASSWORD, text=PASSWORD)
    reader("press_return")
    reader("wait", what={"role": "push button", "has": "Allow"}, seconds=30)
    assert nameless(reader) == []
    reader("focus", what={"role": "push button", "has": "Allow"})
    reader("press_return")


def test_from_the_first_start_to_a_copied_token(reader, practice):
    connect(reader, practice)
    log_in(reader, practice)
    reader("act", what={"id": "extendGo"}, seconds=40)
    reader("hear", words="3 Pages", seconds=40)
    assert nameless(reader) == []
    page = practice.world.page(0)
    row = reader("wait", what={"role": "table cell", "has": page.id})
    for words in ("Amira’s Bakery", "Works", "Return copies the token"):
        assert words in row["name"]
    reader("focus", what={"id": "pageTable"})
    reader("press_return")
    heard = reader("hear", words="Copied the token of")
    assert "Amira’s Bakery" in heard[-1]


def test_every_view_has_its_roles_and_names_and_no_token(reader, practice):
    connect(reader, practice)
    log_in(reader, practice)
    reader("act", what={"id": "extendGo"}, seconds=40)
    reader("hear", words="3 Pages", seconds=40)
    for place in ("health", "history", "settings", "help", "pages"):
        button = reader("wait", what={"id": f"nav_{place}"})
        assert button["role"] == "radio button"
        reader("act", what={"id": f"nav_{place}"})
        reader("wait", what={"id": f"nav_{place}", "states": ["checked"]})
        reader("hear", words=button["name"].partition(",")[0])
        assert nameless(reader) == []
        everything = str(reader("tree", hidden=True))
        assert not [secret for secret in practice.world.given_out if secret in everything]
    for chip in ("all", "works", "soon", "needs_you"):
        assert reader("wait", what={"id": f"chip_{chip}"})["role"] == "radio button"
