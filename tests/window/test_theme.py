"""The schemes: every pair of words on ground and of outline on ground, and which scheme and motion are due."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.desktop.motion import wants_motion
from gui.paths import RESOURCES
from gui.widgets.progress_strip import ProgressStrip

SCHEMES: dict[str, theme.Colors] = {
    "light": theme.LIGHT, "dark": theme.DARK,
    "light, high contrast": theme.CONTRAST_LIGHT, "dark, high contrast": theme.CONTRAST_DARK,
}  # fmt: skip
_OPEN = ("canvas", "surface", "side")
_STATES = ("works_soft", "soon_soft", "bad_soft")
#: Which words stand on which grounds.
WORDS: dict[str, tuple[str, ...]] = {
    "text": (*_OPEN, "soft", "idle", *_STATES),
    "muted": (*_OPEN, "soft", "idle"),
    "on_soft": (*_OPEN, "soft", *_STATES),
    "on_accent": ("accent", "accent_pressed", "bad_fill", "bad_fill_pressed"),
    "on_bar": ("bar",),
    "on_bar_quiet": ("bar",),
    "works": ("works_soft", *_OPEN, "soft"),
    "soon": ("soon_soft", *_OPEN, "soft"),
    "bad": ("bad_soft", *_OPEN, "soft"),
}
#: Outlines and marks that tell something, on the grounds beside them.
OUTLINES: dict[str, tuple[str, ...]] = {
    "edge": ("canvas", "surface"), "accent": _OPEN, "on_bar_quiet": ("bar",), "ink": ("brass",),
}  # fmt: skip


def contrast(one, other):
    """The ratio of WCAG 2.2."""

    def luminance(name: str) -> float:
        color = QColor(name)
        parts = (color.redF(), color.greenF(), color.blueF())
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_pair_can_be_read(name):
    c = SCHEMES[name]
    wanted = 7.0 if c.contrast else 4.5
    pairs = [(words, ground) for words, grounds in WORDS.items() for ground in grounds]
    too_low = {
        pair: round(contrast(getattr(c, pair[0]), getattr(c, pair[1])), 2)
        for pair in pairs
        if contrast(getattr(c, pair[0]), getattr(c, pair[1])) < wanted
    }
    assert too_low == {}
    assert [one for one in c.avatars if contrast(one, theme.ON_AVATAR) < wanted] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_every_outline_can_be_seen(name):
    c = SCHEMES[name]
    too_low = {
        (outline, ground): round(contrast(getattr(c, outline), getattr(c, ground)), 2)
        for outline, grounds in OUTLINES.items()
        for ground in grounds
        if contrast(getattr(c, outline), getattr(c, ground)) < 3
    }
    assert too_low == {}


def test_the_style_sheet_uses_no_color_that_is_not_computed_here():
    sheet = (RESOURCES / "style.qss").read_text("utf-8")
    words = set(re.findall(r"(?<![-\w])(?:selection-)?color: \$(\w+)", sheet))
    grounds = set(re.findall(r"background(?:-color)?: \$(\w+)", sheet))
    # What does nothing has the outline's color; a track, its handle and a mark on the accent carry no words.
    assert words - {"edge"} <= set(WORDS)
    assert grounds - {"edge", "line", "on_accent"} <= {ground for grounds in WORDS.values() for ground in grounds}


def test_a_scheme_of_the_systems_own_colors_holds_no_other():
    system = QPalette()
    chosen = {
        QPalette.ColorRole.Window: "#2D3236", QPalette.ColorRole.WindowText: "#FFFFFF",
        QPalette.ColorRole.Highlight: "#A1BFDE", QPalette.ColorRole.HighlightedText: "#212D3B",
        QPalette.ColorRole.Link: "#75E9FC",
    }  # fmt: skip
    for role, color in chosen.items():
        system.setColor(role, QColor(color))
    c = theme.forced_colors(system)
    own = {value for name, value in c._asdict().items() if isinstance(value, str) and name not in {"brass", "ink"}}
    assert own == set(chosen.values())
    assert c.dark
    assert c.contrast


@pytest.mark.parametrize(
    ("appearance", "asked_for", "expected"),
    [
        ("", False, theme.LIGHT), ("", True, theme.CONTRAST_LIGHT), ("dark", True, theme.DARK),
        ("contrast", False, theme.CONTRAST_LIGHT), ("light", False, theme.LIGHT),
    ],
)  # fmt: skip
def test_the_systems_high_contrast_is_followed_unless_another_is_chosen(
    qapp, monkeypatch, appearance, asked_for, expected
):
    monkeypatch.setattr(theme, "prefers_contrast", lambda app: asked_for)
    assert theme.scheme_for(qapp, appearance) == expected


def test_to_ask_for_the_persons_own_colors_leaves_the_palette_in_force(qapp, monkeypatch):
    monkeypatch.setattr(theme, "prefers_contrast", lambda app: True)
    monkeypatch.setattr("sys.platform", "win32")
    theme.use(qapp, theme.DARK)
    try:
        assert theme.scheme_for(qapp, "").contrast
        assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.canvas.lower()
    finally:
        theme.use(qapp, theme.LIGHT)


def test_the_window_takes_the_systems_high_contrast_at_once(qapp, monkeypatch):
    try:
        monkeypatch.setattr(theme, "prefers_contrast", lambda app: True)
        assert theme.apply(qapp)
        assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.colors().canvas.lower()
        assert not theme.apply(qapp)
    finally:
        monkeypatch.undo()
        theme.apply(qapp)
    assert theme.colors() == theme.LIGHT


@pytest.mark.parametrize("variant", [("b", False), ("v", ("b", False))])
def test_a_desktop_that_turned_animations_off_wants_no_motion(private_session, variant):
    from tests.support.bus_service import BusService

    def answer(name, signature, body):
        assert (name, body) == ("Read", ("org.gnome.desktop.interface", "enable-animations"))
        return "v", (variant,)

    assert wants_motion()
    with BusService("org.freedesktop.portal.Desktop", answer):
        assert not wants_motion()
    with BusService("org.freedesktop.portal.Desktop", lambda *asked: None):
        assert wants_motion()


def test_where_nothing_may_move_only_the_words_say_that_it_works(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    theme.set_moves(False)
    try:
        strip.begin("Asking Facebook …")
        assert not strip._bar.isVisible()
        strip.set_count(3, 10, "3 of 10 checked")
        assert strip._bar.isVisible()
    finally:
        theme.set_moves(True)
    strip.begin("Asking Facebook …")
    assert strip._bar.isVisible()
