"""Paints the Page table's cells: picture, names, masked token with its Copy button, end, state."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.i18n import _
from gui.text import first_letter
from gui.values import PageRow
from gui.widgets import page_columns, page_model
from gui.widgets.icons import pixmap
from gui.widgets.token_field import masked

TALL, COMPACT = 58, 40
_PAD = 12
_BOX = 17
_ANY_WIDTH = 10_000
_MOST_FITTED = 8_000
#: Letters and whole cells that are kept painted.
_MOST_TILES, _MOST_CELLS = 512, 96
_Index = QModelIndex | QPersistentModelIndex
# Looked up once: an enumeration's member costs more than what is done with it in a cell.
_RTL, _SMOOTH = Qt.LayoutDirection.RightToLeft, QPainter.RenderHint.Antialiasing
_SELECTED = QStyle.StateFlag.State_Selected.value
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


_COPY = _("Copy")
#: Between the parts of the second line (pixels).
_GAP = 14
#: From a token's last characters to the edge of its cell, the Copy button apart (pixels).
_BESIDE_COPY = 20
#: Colors by their names, read once.
_color = lru_cache(maxsize=128)(QColor)


#: Columns whose cells say the same in many rows.
_SHARED = frozenset(
    {
        page_columns.CLIENT,
        page_columns.MAY,
        page_columns.ENDS,
        page_columns.STATE,
        page_columns.PERSON,
        page_columns.APP,
    }
)


def _words(row: PageRow, column: int, model: page_model.PageModel) -> str:
    return "–" if column == page_columns.ENDS and not row.has_token else model.said(row, column)


def short_id(page_id: str) -> str:
    return page_id if len(page_id) <= 9 else f"{page_id[:4]}…{page_id[-4:]}"


class PageDelegate(QStyledItemDelegate):
    """`picture` gives a Page's picture or None; `narrow` puts what the person may do under the name.

    `selecting` shows a box before each Page, `hovered` is the row under the mouse. `factor` is how much larger than
    usual the system's text is: a cell is painted for the usual text, and made larger whole.
    """

    def __init__(self, picture: Callable[[PageRow], QPixmap | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self._view = parent
        self.narrow = False
        self.compact = False
        self.selecting = False
        self.id_shown = False
        self.hovered = -1
        self.hovered_copy = -1
        self._most_factor = math.inf
        self._mirrored = False
        self.refresh()

    def set_room(self, width: int) -> None:
        """Let the text grow as far as the rows, `width` wide (pixels), hold what must not be cut."""
        self._most_factor = max(1.0, width / page_columns.LEAST)
        if self._due_factor != self.factor:
            self.refresh()

    @property
    def _due_factor(self) -> float:
        return min(theme.text_factor(self._view.font()), self._most_factor)

    def refresh(self) -> None:
        """Take the fonts and colors of the theme in force."""
        self.factor = self._due_factor
        base = theme.usual_font(self._view.font())
        self._plain = theme.sized_font(base, 1.0)
        self._strong = theme.sized_font(base, 1.0, 600)
        self._second = theme.sized_font(base, 0.89)
        self._pill = theme.sized_font(base, 0.89, 600)
        self._mono = theme.mono_font(12)
        self._letters = {
            compact: theme.sized_font(self._plain, 0.85 if compact else 1.07, 700) for compact in (True, False)
        }
        fonts = (self._plain, self._strong, self._second, self._pill, self._mono)
        self._metrics = {id(font): QFontMetrics(font) for font in fonts}
        self._fitted: dict[tuple[int, str, int], tuple[str, int]] = {}
        #: Where a line of Latin letters stands in a place of this height, below its top.
        self._baselines: dict[tuple[int, int], int] = {}
        self._tiles: dict[tuple[str, str, int, float], QPixmap] = {}
        self._cells: dict[tuple[object, ...], QPixmap] = {}

    @property
    def height(self) -> int:
        return round((COMPACT if self.compact else TALL) * self.factor)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, self.height)

    # --------------------------------------------------------------- painting
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, page_model.PageModel):
            return
        row = model.row(index.row())
        rect: QRect = option.rect
        current = bool(option.state.value & _SELECTED)
        is_lit = current or row.page.id in model.selected
        self._mirrored = self._view.isRightToLeft()
        column = index.column()
        if column in _SHARED and (tile := self._shared_tile(rect, row, column, model, is_lit)) is not None:
            painter.drawPixmap(rect.topLeft(), tile)
            return
        painter.save()
        painter.setRenderHint(_SMOOTH)
        self._paint_ground(painter, rect, is_lit)
        if self.factor != 1:
            painter.translate(rect.topLeft())
            painter.scale(self.factor, self.factor)
            rect = self._usual(rect)
        if column == page_columns.PAGE:
            self._paint_page(painter, rect, row, model, hovered=self.hovered == index.row())
            if current and (self.selecting or self.compact):
                painter.fillRect(
                    self._mirror(rect, QRect(rect.left(), rect.top(), 3, rect.height() - 1)),
                    _color(theme.colors().accent),
                )
        elif column == page_columns.TOKEN:
            self._paint_token(painter, rect, row, current, hovered=self.hovered_copy == index.row())
        else:
            self._paint_words(painter, rect, row, column, model)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, is_lit: bool) -> None:
        c = theme.colors()
        painter.fillRect(rect, _color(c.soft if is_lit else c.surface))
        painter.setPen(_color(c.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if c.contrast and is_lit:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), _color(c.accent))
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), _color(c.accent))

    def _paint_words(
        self, painter: QPainter, rect: QRect, row: PageRow, column: int, model: page_model.PageModel
    ) -> None:
        """A cell of nothing but words, a state or clients."""
        if column == page_columns.STATE:
            self._paint_state(painter, rect, row, model.said(row, column))
        elif column == page_columns.CLIENT:
            self._paint_clients(painter, rect, row)
        else:
            c = theme.colors()
            color = c.text if column in {page_columns.MAY, page_columns.ENDS} else c.muted
            place = self._mirror(rect, rect.adjusted(_PAD, 0, -4, 0))
            self._text(painter, place, _words(row, column, model), self._plain, color)

    def _shared_tile(
        self, rect: QRect, row: PageRow, column: int, model: page_model.PageModel, is_lit: bool
    ) -> QPixmap | None:
        """A whole cell that looks the same in many rows, painted once; None where the screen's pixels do not fit."""
        ratio = self._view.devicePixelRatioF()
        if not ratio.is_integer() or self.factor != 1 or rect.isEmpty():
            return None
        what = row.clients if column == page_columns.CLIENT else (_words(row, column, model), row.state.tone)
        key = (column, what, is_lit, rect.width(), rect.height(), ratio, self._mirrored, self.compact)
        tile = self._cells.get(key)
        if tile is None:
            if len(self._cells) >= _MOST_CELLS:
                self._cells.clear()
            tile = QPixmap(rect.size() * ratio)
            tile.setDevicePixelRatio(ratio)
            painter = QPainter(tile)
            painter.setRenderHint(_SMOOTH)
            place = QRect(0, 0, rect.width(), rect.height())
            self._paint_ground(painter, place, is_lit)
            self._paint_words(painter, place, row, column, model)
            painter.end()
            self._cells[key] = tile
        return tile

    def _usual(self, cell: QRect) -> QRect:
        """A cell as large as it is for text of the usual size, at the origin."""
        return QRect(0, 0, round(cell.width() / self.factor), round(cell.height() / self.factor))

    def _in_cell(self, cell: QRect, place: Callable[[QRect], QRect]) -> QRect:
        """Where in a cell stands what has its `place` in a cell for text of the usual size."""
        if self.factor == 1:
            return place(cell)
        rect = place(self._usual(cell))
        left, top, right, bottom = (
            round(edge * self.factor)
            for edge in (rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height())
        )
        return QRect(cell.left() + left, cell.top() + top, right - left, bottom - top)

    @property
    def _pixel_ratio(self) -> float:
        return max(1.0, self._view.devicePixelRatioF()) * self.factor

    def _mirror(self, outer: QRect, inner: QRect) -> QRect:
        return QStyle.visualRect(_RTL, outer, inner) if self._mirrored else inner

    def _text(self, painter: QPainter, rect: QRect, text: str, font: QFont, color: str) -> int:
        painter.setFont(font)
        painter.setPen(_color(color))
        elided_text, text_width = self._fit(text, font, max(0, rect.width()))
        if text.isascii() and not self._mirrored:
            # Nothing to lay out: half the time.
            painter.drawText(rect.left(), rect.top() + self._baseline(font, rect.height()), elided_text)
        else:
            painter.drawText(rect, _RIGHT if self._mirrored else _LEFT, elided_text)
        return text_width

    def _baseline(self, font: QFont, height: int) -> int:
        key = (id(font), height)
        if key not in self._baselines:
            metrics = self._metrics[id(font)]
            self._baselines[key] = (height - metrics.height()) // 2 + metrics.ascent()
        return self._baselines[key]

    def _fit(self, text: str, font: QFont, width: int) -> tuple[str, int]:
        """`text` as much as fits, and how wide that is; measured once."""
        key = (id(font), text, width)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) > _MOST_FITTED:
                self._fitted.clear()
            metrics = self._metrics[id(font)]
            elided_text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            fitted = self._fitted[key] = (elided_text, metrics.horizontalAdvance(elided_text))
        return fitted

    def _advance(self, text: str, font: QFont) -> int:
        return self._fit(text, font, _ANY_WIDTH)[1]

    @property
    def _box_width(self) -> int:
        return _BOX + 12 if self.selecting else 0

    def box_rect(self, cell: QRect) -> QRect:
        """Where the box to select by stands in a Page's cell; empty while there is none."""
        return self._in_cell(cell, self._box_place) if self.selecting else QRect()

    def _box_place(self, cell: QRect) -> QRect:
        return self._mirror(cell, QRect(cell.left() + _PAD, cell.top() + (cell.height() - _BOX) // 2, _BOX, _BOX))

    def _paint_box(self, painter: QPainter, box: QRect, selected: bool, hovered: bool) -> None:
        c = theme.colors()
        painter.setPen(QPen(_color(c.accent if selected or hovered else c.edge), 1.4))
        painter.setBrush(_color(c.accent if selected else c.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
        if selected:
            painter.drawPixmap(
                QPointF(box.left() + 1.5, box.top() + 1.5),
                pixmap("check", c.on_accent, 14, self._pixel_ratio),
            )

    def _paint_page(
        self, painter: QPainter, rect: QRect, row: PageRow, model: page_model.PageModel, *, hovered: bool
    ) -> None:
        c = theme.colors()
        if self.selecting:
            self._paint_box(painter, self._box_place(rect), row.page.id in model.selected, hovered)
        start = rect.left() + _PAD + self._box_width
        size = 24 if self.compact else 36
        box = self._mirror(rect, QRect(start, rect.top() + (rect.height() - size) // 2, size, size))
        self._paint_picture(painter, box, row)
        left = start + size + 12
        width = rect.right() - left - 6
        name = row.page.display_name
        if self.compact:
            self._paint_line(painter, rect, row, left, width)
            return
        middle = rect.top() + rect.height() // 2
        self._text(painter, self._mirror(rect, QRect(left, middle - 21, width, 21)), name, self._strong, c.text)
        line = QRect(left, middle, width, 19)
        if not self.narrow:
            more = [f"@{row.page.instagram_name}" if row.page.instagram_name else "", page_model.business(row)]
            self._paint_second(painter, rect, line, row.page.category, row.page.id, more)
            return
        may, short = model.words.may(row), short_id(row.page.id)
        has_room = self._advance(may, self._second) + _GAP + self._advance(short, self._second) <= width
        page_id = row.page.id if has_room or model.has_namesake(row) else ""
        self._paint_second(painter, rect, line, may, page_id, ())

    def _paint_second(
        self, painter: QPainter, cell: QRect, line: QRect, first: str, page_id: str, more: Sequence[str]
    ) -> None:
        """The second line: each part in a place of its own, so that none turns another round, and the ID is never cut.

        The ID stands whole where there is room for it, by which Pages of one name are told apart.
        """
        muted = theme.colors().muted
        id_text = page_id
        if self._advance(page_id, self._second) + _GAP + self._advance(first, self._second) > line.width():
            id_text = short_id(page_id)
        id_width = self._advance(id_text, self._second) if id_text else -_GAP
        first_width = min(self._advance(first, self._second), max(0, line.width() - id_width - _GAP)) if first else 0
        left = line.left()
        for text, width in ((first, first_width), (id_text, id_width), *((one, -1) for one in more)):
            room = line.left() + line.width() - left
            width = min(self._advance(text, self._second), room) if width < 0 else width
            if not text or width <= 0 or room < width:
                continue
            place = QRect(left, line.top(), width + 1, line.height())
            self._text(painter, self._mirror(cell, place), text, self._second, muted)
            left += width + _GAP

    def _paint_line(self, painter: QPainter, rect: QRect, row: PageRow, left: int, width: int) -> None:
        """A compact row: the name, and its ID beside it where no column shows that."""
        c = theme.colors()
        id_width = self._advance(row.page.id, self._second) + 12
        name_width = width - id_width if width > id_width + 90 and not self.id_shown else width
        self._text(
            painter,
            self._mirror(rect, QRect(left, rect.top(), name_width, rect.height())),
            row.page.display_name,
            self._strong,
            c.text,
        )
        if name_width != width:
            id_rect = self._mirror(rect, QRect(left + name_width + 12, rect.top(), id_width, rect.height()))
            self._text(painter, id_rect, row.page.id, self._second, c.muted)

    def _paint_clients(self, painter: QPainter, rect: QRect, row: PageRow) -> None:
        """The first client as a chip with its color, and how many more there are."""
        if not row.clients:
            return
        c = theme.colors()
        more = f"+{len(row.clients) - 1}" if len(row.clients) > 1 else ""
        more_width = self._advance(more, self._second) + 8 if more else 0
        first = row.clients[0]
        chip_width = min(self._advance(first.name, self._second) + 30, rect.width() - 16 - more_width)
        chip = self._mirror(rect, QRect(rect.left() + 8, rect.center().y() - 11, chip_width, 23))
        painter.setPen(_color(c.line))
        painter.setBrush(_color(c.canvas))
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.avatar_at(first.color))
        painter.drawEllipse(self._mirror(chip, QRect(chip.left() + 9, chip.center().y() - 3, 8, 8)))
        self._text(painter, self._mirror(chip, chip.adjusted(22, 0, -6, 0)), first.name, self._second, c.text)
        if more:
            self._text(
                painter,
                self._mirror(rect, QRect(rect.left() + 12 + chip_width, rect.top(), more_width, rect.height())),
                more,
                self._second,
                c.muted,
            )

    def _paint_picture(self, painter: QPainter, box: QRect, row: PageRow) -> None:
        picture = self._picture(row)
        if picture is not None:
            path = QPainterPath()
            path.addRoundedRect(QRectF(box), 8, 8)
            painter.save()
            painter.setClipPath(path)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, picture)
            painter.restore()
            return
        painter.drawPixmap(box.topLeft(), self._letter_tile(row.page.display_name, box.width()))

    def _letter_tile(self, name: str, size: int) -> QPixmap:
        """What stands for a Page without a picture: its first letter on a color of its own; painted once."""
        ratio = self._pixel_ratio
        color, letter = theme.avatar_color(name), first_letter(name)
        key = (letter, color.name(), size, ratio)
        tile = self._tiles.get(key)
        if tile is None:
            if len(self._tiles) >= _MOST_TILES:
                self._tiles.clear()
            tile = self._tiles[key] = self._paint_letter(letter, color, size, ratio)
        return tile

    def _paint_letter(self, letter: str, color: QColor, size: int, ratio: float) -> QPixmap:
        tile = QPixmap(round(size * ratio), round(size * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(QColor(0, 0, 0, 0))
        painter = QPainter(tile)
        painter.setRenderHint(_SMOOTH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(0, 0, size, size), 8, 8)
        painter.setFont(self._letters[self.compact])
        painter.setPen(_color(theme.ON_AVATAR))
        painter.drawText(QRect(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, letter)
        painter.end()
        return tile

    def _paint_token(self, painter: QPainter, rect: QRect, row: PageRow, current: bool, *, hovered: bool) -> None:
        c = theme.colors()
        copy = self._copy_place(rect)
        room = rect.width() - copy.width() - _PAD - _BESIDE_COPY
        if row.has_token:
            # The last four characters tell tokens apart; the dots before them give way.
            texts = [masked(row.last_four, dots) for dots in ((2, 1) if self.compact or self.narrow else (5, 2, 1))]
            text = next((one for one in texts if self._advance(one, self._mono) <= room), texts[-1])
        else:
            text = _("no token")
        logical = QRect(rect.left() + _PAD, rect.top(), room, rect.height())
        self._text(painter, self._mirror(rect, logical), text, self._mono if row.has_token else self._plain, c.muted)
        if not row.has_token:
            return
        is_filled = current
        if not self.compact or is_filled or hovered:
            painter.setPen(QPen(_color(c.accent if is_filled else c.edge), 1))
            painter.setBrush(
                _color((c.accent_pressed if hovered else c.accent) if is_filled else (c.soft if hovered else c.surface))
            )
            painter.drawRoundedRect(QRectF(copy).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        color = c.on_accent if is_filled else c.text
        ratio = self._pixel_ratio
        if self.compact:
            painter.drawPixmap(
                QPointF(copy.center().x() - 7, copy.center().y() - 7),
                pixmap("copy", c.on_accent if is_filled else c.on_soft, 16, ratio),
            )
            return
        mirrored = self._mirrored
        icon_x = copy.right() - 26 if mirrored else copy.left() + 10
        painter.drawPixmap(QPointF(icon_x, copy.center().y() - 7), pixmap("copy", color, 16, ratio))
        painter.setFont(self._strong)
        painter.setPen(_color(color))
        words = copy.adjusted(8, 0, -30, 0) if mirrored else copy.adjusted(31, 0, -6, 0)
        painter.drawText(words, _RIGHT if mirrored else _LEFT, _COPY)

    def _paint_state(self, painter: QPainter, rect: QRect, row: PageRow, words: str) -> None:
        color, ground = theme.tone_colors(row.state.tone)
        pill_width = min(self._advance(words, self._pill) + 38, rect.width() - 8)
        pill = self._mirror(rect, QRect(rect.left() + 4, rect.center().y() - 11, pill_width, 24))
        if not self.compact:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_color(ground))
            painter.drawRoundedRect(QRectF(pill), 12, 12)
        icon_box = self._mirror(pill, QRect(pill.left() + 8, pill.top() + 4, 16, 16))
        painter.drawPixmap(
            QPointF(icon_box.topLeft()),
            pixmap(row.state.tone.icon, color, 16, self._pixel_ratio),
        )
        self._text(painter, self._mirror(pill, pill.adjusted(28, 0, -6, 0)), words, self._pill, color)

    def copy_rect(self, cell: QRect) -> QRect:
        """Where the Copy button stands in a token cell."""
        return self._in_cell(cell, self._copy_place)

    def _copy_place(self, cell: QRect) -> QRect:
        width, height = (32, 28) if self.compact else (77, 32)
        logical = QRect(cell.right() - width - 14, cell.top() + (cell.height() - height) // 2, width, height)
        return self._mirror(cell, logical)
