"""The one place where a color is written: look.md's tokens as palette and style sheet, light and dark."""

from __future__ import annotations

from functools import lru_cache
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
    False, "#F5F6F8", "#FFFFFF", "#ECEFF3", "#1A212E", "#566070", "#DDE2E9", "#838D9C", "#2A56BD", "#1F4499", "#FFFFFF", "#E6EDFB", "#20448F",
    "#E9AE0B", "#1D2A44", "#17693F", "#E2F3E9", "#7A4E00", "#FCEFD2", "#A8201A", "#FBE7E5", "#1D2A44", "#FFFFFF", "#C9D6F5", "#B9C0CB", "#A8201A", "#861813",
)  # fmt: skip
DARK = Colors(
    True, "#13161B", "#1A1E25", "#15181E", "#E8EBF1", "#A5AEBC", "#2B313B", "#737E8E", "#3F6BDC", "#3862CC", "#FFFFFF", "#1F2B47", "#A9C3FF",
    "#F3C24A", "#1D2A44", "#7BD8A5", "#15301F", "#F1C873", "#382B10", "#FFA299", "#401C19", "#262C37", "#E8EBF1", "#A9C3FF", "#3D4552", "#B3352D", "#942820",
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


def is_dark(app: QApplication, pinned: str) -> bool:
    """Whether the dark scheme is due: as pinned ("light", "dark"), else as the system has it."""
    if pinned in {"light", "dark"}:
        return pinned == "dark"
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


def apply(app: QApplication, pinned: str = "") -> bool:
    """Put the scheme into force at once; whether it changed."""
    global _current
    wanted = DARK if is_dark(app, pinned) else LIGHT
    if wanted is _current and app.styleSheet():
        return False
    _current = wanted
    app.setPalette(_palette(wanted))
    app.setStyleSheet(_sheet(wanted, base_px(app)))
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


def _palette(c: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, c.canvas), (role.WindowText, c.text), (role.Base, c.surface), (role.AlternateBase, c.canvas), (role.Text, c.text),
        (role.Button, c.surface), (role.ButtonText, c.text), (role.Highlight, c.accent), (role.HighlightedText, c.on_accent),
        (role.ToolTipBase, c.bar), (role.ToolTipText, c.on_bar), (role.PlaceholderText, c.muted), (role.Link, c.on_soft), (role.Mid, c.line),
    ):  # fmt: skip
        palette.setColor(name, QColor(value))
    for name in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.edge))
    return palette


@lru_cache(maxsize=8)
def _sheet(c: Colors, px: int) -> str:
    title, heading, second, tiny = (
        round(px * 1.6),
        round(px * 1.15),
        max(11, round(px * 0.89)),
        max(11, round(px * 0.8)),
    )
    check = (RESOURCES / "icons" / "check-on-accent.svg").as_posix()
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QWidget#canvas, QDialog {{ background: {c.canvas}; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {title}px; font-weight: 650; }}
QLabel[kind="hero"] {{ font-size: {round(px * 2)}px; font-weight: 700; }}
QLabel[kind="heading"] {{ font-size: {heading}px; font-weight: 600; }}
QLabel[kind="number"] {{ font-size: {round(px * 1.75)}px; font-weight: 700; }}
QLabel[kind="strong"] {{ font-weight: 600; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="second"] {{ color: {c.muted}; font-size: {second}px; }}
QLabel[kind="caps"] {{ color: {c.muted}; font-size: {tiny}px; font-weight: 700; }}
QLabel[kind="hint"] {{ color: {c.bad}; font-size: {second}px; }}
QLabel[kind="good"] {{ color: {c.works}; font-size: {second}px; }}
QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 12px; }}
QFrame[kind="inset"] {{ background: {c.canvas}; border: 1px solid {c.line}; border-radius: 12px; }}
QFrame[kind="chosen"] {{ background: {c.soft}; border: 1px solid {c.accent}; border-radius: 12px; }}
QFrame[kind="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QWidget#side {{ background: {c.side}; border: none; border-right: 1px solid {c.line}; }}
QFrame#bar {{ background: {c.bar}; border-radius: 12px; }}
QFrame#bar QLabel {{ color: {c.on_bar}; }}
QPushButton {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: 8px; padding: 7px 14px; font-weight: 600; min-height: 18px; }}
QPushButton:hover {{ background: {c.soft}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {c.edge}; border-color: {c.line}; }}
QPushButton[kind="main"] {{ background: {c.accent}; border: 1px solid {c.accent}; color: {c.on_accent}; }}
QPushButton[kind="main"]:hover {{ background: {c.accent_pressed}; }}
QPushButton[kind="main"]:pressed {{ background: {c.accent_pressed}; }}
QPushButton[kind="main"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="main"]:disabled {{ background: {c.line}; border-color: {c.line}; color: {c.muted}; }}
QPushButton[kind="danger"] {{ background: {c.bad_fill}; border: 1px solid {c.bad_fill}; color: {c.on_accent}; }}
QPushButton[kind="danger"]:hover {{ background: {c.bad_fill_pressed}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {c.text}; padding: 6px 13px; }}
QPushButton[kind="danger"]:disabled {{ background: {c.line}; border-color: {c.line}; color: {c.muted}; }}
QPushButton[kind="count"] {{ border: 1px solid {c.line}; border-radius: 12px; padding: 0; text-align: left; }}
QPushButton[kind="count"]:hover {{ background: {c.surface}; border-color: {c.edge}; }}
QPushButton[kind="count"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 2px solid transparent; color: {c.on_soft}; padding: 6px 9px; }}
QPushButton[kind="quiet"]:hover {{ background: {c.soft}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {c.accent}; padding: 6px 9px; }}
QPushButton[kind="nav"] {{ background: transparent; border: 1px solid transparent; border-radius: 8px; color: {c.muted}; text-align: left; padding: 8px 10px; }}
QPushButton[kind="nav"]:hover {{ color: {c.text}; }}
QPushButton[kind="nav"]:checked {{ background: {c.surface}; border: 1px solid {c.line}; color: {c.text}; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {c.accent}; padding: 7px 9px; }}
QPushButton[kind="chip"] {{ border: 1px solid {c.line}; border-radius: 13px; padding: 3px 12px; font-size: {second}px; font-weight: 500; color: {c.muted}; min-height: 18px; }}
QPushButton[kind="chip"]:hover {{ border-color: {c.edge}; }}
QPushButton[kind="chip"]:checked {{ background: {c.soft}; border: 1px solid {c.accent}; color: {c.on_soft}; font-weight: 600; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c.accent}; padding: 2px 11px; }}
QPushButton[kind="onbar"] {{ background: transparent; border: 2px solid transparent; color: {c.on_bar}; padding: 6px 9px; }}
QPushButton[kind="onbar"]:hover {{ color: {c.on_bar_quiet}; }}
QPushButton[kind="onbar"]:focus {{ border: 2px solid {c.on_bar_quiet}; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 8px; padding: 4px; }}
QToolButton:hover {{ background: {c.soft}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: 8px; padding: 7px 10px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {c.accent}; padding: 6px 9px; }}
QLineEdit[wrong="true"] {{ border: 1px solid {c.bad}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line}; selection-background-color: {c.soft}; selection-color: {c.on_soft}; }}
QCheckBox, QRadioButton {{ spacing: 8px; background: transparent; padding: 1px; border: 1px solid transparent; border-radius: 5px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 15px; height: 15px; border: 1px solid {c.edge}; background: {c.surface}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url("{check}"); }}
QRadioButton::indicator:checked {{ width: 7px; height: 7px; border: 5px solid {c.accent}; border-radius: 8px; background: {c.on_accent}; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {c.accent}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 8px; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 10px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.soft}; color: {c.on_soft}; }}
QMenu::item:disabled {{ color: {c.edge}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QToolTip {{ background: {c.bar}; color: {c.on_bar}; border: none; padding: 6px 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QTableView {{ background: {c.surface}; border: none; border-radius: 12px; gridline-color: transparent; selection-background-color: {c.soft}; outline: none; }}
QHeaderView {{ background: {c.surface}; border: none; border-top-left-radius: 12px; border-top-right-radius: 12px; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line}; padding: 10px 12px; font-size: {second}px; font-weight: 600; }}
QHeaderView::section:first {{ border-top-left-radius: 12px; }}
QHeaderView::section:last {{ border-top-right-radius: 12px; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {c.edge}; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 4px; min-width: 32px; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""
