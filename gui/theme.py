"""The one place where a color is written: look.md's tokens as palette and style sheet; light, dark, high contrast."""

from __future__ import annotations

import sys
from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from gui.i18n import N_
from gui.paths import RESOURCES

if TYPE_CHECKING:
    from gui.values import Tone


class Colors(NamedTuple):
    """One scheme's tokens. Each pair of words on ground reaches 4.5:1, with high contrast 7:1; each outline 3:1."""

    dark: bool
    contrast: bool
    canvas: str
    surface: str
    side: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    accent_pressed: str
    on_accent: str
    soft: str
    on_soft: str
    brass: str
    ink: str
    works: str
    works_soft: str
    soon: str
    soon_soft: str
    bad: str
    bad_soft: str
    bar: str
    on_bar: str
    on_bar_quiet: str
    bar_quiet: str
    bad_fill: str
    bad_fill_pressed: str
    bar_edge: str
    idle: str
    avatars: tuple[str, ...]


#: Grounds of the first letter of a Page or person that has no picture; words on each are white.
_AVATARS = ("#3B6ACB", "#B23A66", "#0F8373", "#2E7D9E", "#7A52B8", "#B4552A", "#8A6500", "#4D7A26")
_STRONG_AVATARS = ("#1E4BA8", "#8A1F48", "#075E52", "#14597A", "#5B3499", "#823510", "#614600", "#2F5610")
ON_AVATAR = "#FFFFFF"

LIGHT = Colors(
    False, False, "#F5F6F8", "#FFFFFF", "#ECEFF3", "#1A212E", "#566070", "#DDE2E9", "#838D9C",
    "#2A56BD", "#1F4499", "#FFFFFF", "#E6EDFB", "#20448F", "#E9AE0B", "#1D2A44",
    "#17693F", "#E2F3E9", "#7A4E00", "#FCEFD2", "#A8201A", "#FBE7E5",
    "#1D2A44", "#FFFFFF", "#C9D6F5", "#B9C0CB", "#A8201A", "#861813", "#1D2A44", "#DDE2E9", _AVATARS,
)  # fmt: skip
DARK = Colors(
    True, False, "#13161B", "#1A1E25", "#15181E", "#E8EBF1", "#A5AEBC", "#2B313B", "#737E8E",
    "#3F6BDC", "#3862CC", "#FFFFFF", "#1F2B47", "#A9C3FF", "#F3C24A", "#1D2A44",
    "#7BD8A5", "#15301F", "#F1C873", "#382B10", "#FFA299", "#401C19",
    "#262C37", "#E8EBF1", "#A9C3FF", "#3D4552", "#B3352D", "#942820", "#262C37", "#2B313B", _AVATARS,
)  # fmt: skip
CONTRAST_LIGHT = Colors(
    False, True, "#FFFFFF", "#FFFFFF", "#FFFFFF", "#000000", "#2B323C", "#5C6570", "#1A212E",
    "#0B3A99", "#062765", "#FFFFFF", "#DCE7FC", "#00246B", "#E9AE0B", "#1D2A44",
    "#00451F", "#E2F3E9", "#4F3200", "#FCEFD2", "#7D0E09", "#FBE7E5",
    "#000000", "#FFFFFF", "#DCE7FC", "#5C6570", "#8C120C", "#5E0B07", "#000000", "#FFFFFF", _STRONG_AVATARS,
)  # fmt: skip
CONTRAST_DARK = Colors(
    True, True, "#000000", "#000000", "#000000", "#FFFFFF", "#DDE2EA", "#8B95A3", "#FFFFFF",
    "#8DB4FF", "#B9D1FF", "#000000", "#14284F", "#D3E2FF", "#F3C24A", "#1D2A44",
    "#8DEBB5", "#06210F", "#FFDA8A", "#2B1F00", "#FFBDB7", "#360F0C",
    "#000000", "#FFFFFF", "#D3E2FF", "#8B95A3", "#FFB0A8", "#FFD0CB", "#FFFFFF", "#000000", _STRONG_AVATARS,
)  # fmt: skip

#: What the colors above are called, in their order.
AVATAR_NAMES = (
    N_("Blue"), N_("Raspberry"), N_("Green"), N_("Lake"), N_("Violet"), N_("Copper"), N_("Olive"), N_("Leaf"),
)  # fmt: skip

#: Families that a Linux has where nobody chose one.
_NO_CHOICE = frozenset({"", "Sans", "Sans Serif", "DejaVu Sans", "Bitstream Vera Sans", "Inter", "Noto Sans"})

#: The system's text as sizes here are meant for (pixels).
_USUAL_PX = 14
_current = LIGHT
_current_px = 0
_moves = True


def colors() -> Colors:
    """The scheme in force."""
    return _current


def tone_colors(tone: Tone) -> tuple[str, str]:
    """Words and ground of a tone."""
    words: str = getattr(_current, tone.color)
    grounds = {
        "works": _current.works_soft,
        "soon": _current.soon_soft,
        "bad": _current.bad_soft,
        "on_soft": _current.soft,
    }
    return words, grounds[tone.color]


def avatar_color(text: str) -> QColor:
    """A color of its own for a text, always the same."""
    return avatar_at(sum(ord(one) * place for place, one in enumerate(text, 1)))


def avatar_at(number: int) -> QColor:
    """A color for the one of this number: neighbors differ."""
    return QColor(_current.avatars[number % len(_current.avatars)])


def scheme_for(app: QApplication, appearance: str) -> Colors:
    """The scheme that is due: the one that `appearance` names ("light", "dark", "contrast"), else the system's."""
    dark = appearance == "dark" if appearance in {"light", "dark"} else app.styleHints().colorScheme().name == "Dark"
    if appearance == "contrast":
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    if appearance or not prefers_contrast(app):
        return DARK if dark else LIGHT
    if sys.platform == "win32":
        # Windows' contrast themes are the person's own colors.
        return forced_colors(_system_palette(app))
    return CONTRAST_DARK if dark else CONTRAST_LIGHT


def _system_palette(app: QApplication) -> QPalette:
    """The palette that the system gives, which ours stands in for."""
    ours = app.palette()
    app.setPalette(QPalette())
    system = app.palette()
    app.setPalette(ours)
    return system


def prefers_contrast(app: QApplication) -> bool:
    """Whether the system asks for high contrast."""
    hints = app.styleHints()
    return hints.accessibility().contrastPreference().name == "HighContrast"


def forced_colors(system: QPalette) -> Colors:
    """A scheme of nothing but the colors of a system's palette, which the person chose."""
    role = QPalette.ColorRole
    ground, words, chosen, on_chosen, link = (
        system.color(one).name().upper()
        for one in (role.Window, role.WindowText, role.Highlight, role.HighlightedText, role.Link)
    )
    return CONTRAST_DARK._replace(
        dark=QColor(ground).lightness() < QColor(words).lightness(),
        canvas=ground, surface=ground, side=ground, text=words, muted=words, line=words, edge=words,
        accent=chosen, accent_pressed=chosen, on_accent=on_chosen, soft=ground, on_soft=link,
        works=words, works_soft=ground, soon=words, soon_soft=ground, bad=words, bad_soft=ground,
        bar=ground, on_bar=words, on_bar_quiet=words, bar_quiet=words, bar_edge=words, idle=ground,
        bad_fill=chosen, bad_fill_pressed=chosen,
    )  # fmt: skip


def moves() -> bool:
    """Whether anything may move: not where the system asks for less motion."""
    return _moves


def set_moves(moving: bool) -> None:
    """Let things move, or not; what moves now stops when it is shown again."""
    global _moves
    _moves = moving


def use_font(app: QApplication) -> None:
    """The system's font; where a Linux has no setting for it, Inter or Noto Sans at 10.5 points."""
    family = app.font().family()
    if app.platformName() in {"offscreen", "xcb", "wayland"} and family in _NO_CHOICE:
        font = QFont(["Inter", "Noto Sans", family])
        font.setPointSizeF(10.5)
        app.setFont(font)


def base_px(app: QApplication) -> int:
    return max(12, QFontInfo(app.font()).pixelSize())


def apply(app: QApplication, appearance: str = "") -> bool:
    """Put the scheme that is due and the system's size of text into force at once; whether anything changed."""
    return use(app, scheme_for(app, appearance))


def use(app: QApplication, scheme: Colors) -> bool:
    """Put a scheme, in the system's size of text, into force at once; whether anything changed."""
    global _current, _current_px
    px = base_px(app)
    if (scheme, px) == (_current, _current_px) and app.styleSheet():
        return False
    _current, _current_px = scheme, px
    app.setPalette(_palette(scheme))
    app.setStyleSheet(_sheet(scheme, px))
    return True


def text_factor(font: QFont) -> float:
    """How much larger than usual the system's text is."""
    return max(1.0, QFontInfo(font).pixelSize() / _USUAL_PX)


def usual_font(font: QFont) -> QFont:
    """`font` in the size that the program's own sizes are meant for; what is painted with it is made larger whole."""
    usual = QFont(font)
    usual.setPixelSize(max(11, round(QFontInfo(font).pixelSize() / text_factor(font))))
    return usual


def mono_font(px: int) -> QFont:
    """The system's fixed font for IDs and tokens."""
    font = QFont(
        ["JetBrains Mono", "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas"]
    )
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(max(11, px))
    return font


def sized_font(base: QFont, factor: float, weight: int = 400) -> QFont:
    """`base` made larger or smaller by `factor` (never under 11 px) with this weight."""
    font = QFont(base)
    font.setPixelSize(max(11, round(QFontInfo(base).pixelSize() * factor)))
    font.setWeight(QFont.Weight(weight))
    return font


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((RESOURCES / "style.qss").read_text("utf-8"))


def _palette(c: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, c.canvas), (role.WindowText, c.text), (role.Base, c.surface), (role.AlternateBase, c.canvas),
        (role.Text, c.text), (role.Button, c.surface), (role.ButtonText, c.text),
        (role.Highlight, c.accent), (role.HighlightedText, c.on_accent),
        (role.ToolTipBase, c.bar), (role.ToolTipText, c.on_bar), (role.Accent, c.accent),
        (role.PlaceholderText, c.muted), (role.Link, c.on_soft), (role.Mid, c.line),
    ):  # fmt: skip
        palette.setColor(name, QColor(value))
    for name in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.edge))
    return palette


@lru_cache(maxsize=8)
def _sheet(c: Colors, px: int) -> str:
    """The style sheet in resources/style.qss with these colors, its sizes by the system font's (pixels)."""
    sizes = {
        "hero_px": round(px * 2),
        "number_px": round(px * 1.75),
        "title_px": round(px * 1.6),
        "heading_px": round(px * 1.15),
        "second_px": max(11, round(px * 0.89)),
        # A line of text: a button is as high with words as without.
        "line_px": round(px * 1.3),
        "tiny_px": max(11, round(px * 0.8)),
    }
    name = "check-on-accent.svg" if QColor(c.on_accent).lightness() > 127 else "check-on-bright-accent.svg"
    check = (RESOURCES / "icons" / name).as_posix()
    return _template().substitute(c._asdict(), **sizes, check=check)
