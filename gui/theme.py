"""The one place where a color is written: look.md's tokens as palette and style sheet, light and dark."""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from gui.paths import RESOURCES

if TYPE_CHECKING:
    from gui.values import Tone


class Colors(NamedTuple):
    """One scheme's tokens. Each pair of words on ground reaches 4.5:1, each outline 3:1."""

    dark: bool
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


LIGHT = Colors(
    False, "#F5F6F8", "#FFFFFF", "#ECEFF3", "#1A212E", "#566070", "#DDE2E9", "#838D9C",
    "#2A56BD", "#1F4499", "#FFFFFF", "#E6EDFB", "#20448F", "#E9AE0B", "#1D2A44",
    "#17693F", "#E2F3E9", "#7A4E00", "#FCEFD2", "#A8201A", "#FBE7E5",
    "#1D2A44", "#FFFFFF", "#C9D6F5", "#B9C0CB", "#A8201A", "#861813",
)  # fmt: skip
DARK = Colors(
    True, "#13161B", "#1A1E25", "#15181E", "#E8EBF1", "#A5AEBC", "#2B313B", "#737E8E",
    "#3F6BDC", "#3862CC", "#FFFFFF", "#1F2B47", "#A9C3FF", "#F3C24A", "#1D2A44",
    "#7BD8A5", "#15301F", "#F1C873", "#382B10", "#FFA299", "#401C19",
    "#262C37", "#E8EBF1", "#A9C3FF", "#3D4552", "#B3352D", "#942820",
)  # fmt: skip

#: Grounds of the first letter of a Page or person that has no picture; white words on each reach 4.5:1.
AVATARS = ("#3B6ACB", "#B23A66", "#0F8373", "#2E7D9E", "#7A52B8", "#B4552A", "#8A6500", "#4D7A26")

#: What the colors above are called, in their order.
AVATAR_NAMES = ("Blue", "Raspberry", "Green", "Lake", "Violet", "Copper", "Olive", "Leaf")

#: Families that a Linux has where nobody chose one.
_NO_CHOICE = frozenset({"", "Sans", "Sans Serif", "DejaVu Sans", "Bitstream Vera Sans", "Inter", "Noto Sans"})

_current = LIGHT


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
    return QColor(AVATARS[sum(ord(one) * place for place, one in enumerate(text, 1)) % len(AVATARS)])


def avatar_at(number: int) -> QColor:
    """A color for the one of this number: neighbors differ."""
    return QColor(AVATARS[number % len(AVATARS)])


def is_dark(app: QApplication, appearance: str) -> bool:
    """Whether the dark scheme is due: as `appearance` says ("light", "dark"), else as the system has it."""
    if appearance in {"light", "dark"}:
        return appearance == "dark"
    return app.styleHints().colorScheme().name == "Dark"


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
    """Put the scheme into force at once; whether it changed."""
    global _current
    scheme = DARK if is_dark(app, appearance) else LIGHT
    if scheme is _current and app.styleSheet():
        return False
    _current = scheme
    app.setPalette(_palette(scheme))
    app.setStyleSheet(_sheet(scheme, base_px(app)))
    return True


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
        (role.ToolTipBase, c.bar), (role.ToolTipText, c.on_bar),
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
        "tiny_px": max(11, round(px * 0.8)),
    }
    check = (RESOURCES / "icons" / "check-on-accent.svg").as_posix()
    return _template().substitute(c._asdict(), **sizes, check=check)
