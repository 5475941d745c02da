"""How cells look: number formats, colours, fonts, alignment, widths and heights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.calc.bridge import constant
from kam_xl.engines.calc.formats import formatted
from kam_xl.engines.calc.gaps import named_gaps

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet

_HUNDREDTHS = 72 / 2540  # points in a hundredth of a millimetre
_CHARACTER = 7.0017 * 0.75  # points that a digit is wide in Excel's standard font
_PADDING = 5 * 0.75
_NONE = -1
_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
_VERTICAL = {"top": "TOP", "center": "CENTER", "bottom": "BOTTOM", "justify": "BLOCK"}

Colour = tuple[int, int, int]


class Appearance:
    """What a range knows of its looks; for the range, which has the cells."""

    sheet: Sheet
    api: Any

    @property
    def number_format(self) -> str | None:
        """The number format, None where cells differ."""
        formats = self.sheet.document.formats
        codes = {formats.code(group.key) for group in formatted(self._block())}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.api.NumberFormat = self.sheet.document.formats.key(value)

    @property
    def color(self) -> Colour | None:
        return rgb(self.api.CellBackColor)

    @color.setter
    def color(self, value: object) -> None:
        self.api.CellBackColor = number(value)

    @property
    def font(self) -> Font:
        return Font(self.api)

    @property
    def wrap_text(self) -> bool:
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        return _named(_HORIZONTAL, self.api.HoriJustify.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.api.HoriJustify = constant(f"com.sun.star.table.CellHoriJustify.{_HORIZONTAL[value]}")

    @property
    def vertical_alignment(self) -> str | None:
        names = {constant(f"com.sun.star.table.CellVertJustify2.{value}"): name for name, value in _VERTICAL.items()}
        return names.get(self.api.VertJustify)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.api.VertJustify = constant(f"com.sun.star.table.CellVertJustify2.{_VERTICAL[value]}")

    # --- rows and columns --------------------------------------------------------------------------------------------

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        return _one({round(row.Height * _HUNDREDTHS, 2) for row in _each(self._block().getRows())})

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._block().getRows().Height = round(value / _HUNDREDTHS)

    @property
    def column_width(self) -> float | None:
        """In characters of the standard font; None where columns differ."""
        widths = {round(max(column.Width * _HUNDREDTHS - _PADDING, 0) / _CHARACTER, 2) for column in self._columns()}
        return _one(widths)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._block().getColumns().Width = round((value * _CHARACTER + _PADDING) / _HUNDREDTHS)

    def _columns(self) -> list[Any]:
        return _each(self._block().getColumns())

    @property
    def height(self) -> float:
        return float(self._block().Size.Height * _HUNDREDTHS)

    @property
    def width(self) -> float:
        return float(self._block().Size.Width * _HUNDREDTHS)

    @property
    def top(self) -> float:
        return float(self._block().Position.Y * _HUNDREDTHS)

    @property
    def left(self) -> float:
        return float(self._block().Position.X * _HUNDREDTHS)

    @property
    def row_hidden(self) -> bool | None:
        return _one({not row.IsVisible for row in _each(self._block().getRows())})

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._block().getRows().IsVisible = not value

    def show_rows(self, *, shown: bool) -> None:
        """Show or hide the rows of the range; see `kam_xl.engines.rows`."""
        self.row_hidden = not shown

    @property
    def column_hidden(self) -> bool | None:
        return _one({not column.IsVisible for column in self._columns()})

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._block().getColumns().IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """Fit heights of rows and widths of columns to what they hold."""
        if axis in {"r", "rows", None}:
            self._block().getRows().OptimalHeight = True
        if axis in {"c", "columns", None}:
            self._block().getColumns().OptimalWidth = True

    def _block(self) -> Any:
        raise NotImplementedError


@named_gaps
class Font(base_classes.Font):
    """The font of cells."""

    api: Any = None  # a value of its own in the place of the property that the base class has

    def __init__(self, cells: Any) -> None:
        self.api = cells

    @property
    def bold(self) -> bool:
        return bool(self.api.CharWeight > constant("com.sun.star.awt.FontWeight.NORMAL"))

    @bold.setter
    def bold(self, value: bool) -> None:
        self.api.CharWeight = constant(f"com.sun.star.awt.FontWeight.{'BOLD' if value else 'NORMAL'}")

    @property
    def italic(self) -> bool:
        return bool(self.api.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        self.api.CharPosture = constant(f"com.sun.star.awt.FontSlant.{'ITALIC' if value else 'NONE'}")

    @property
    def size(self) -> float:
        return float(self.api.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self.api.CharHeight = value

    @property
    def name(self) -> str:
        return str(self.api.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self.api.CharFontName = value

    @property
    def color(self) -> Colour | None:
        return rgb(self.api.CharColor)

    @color.setter
    def color(self, value: object) -> None:
        self.api.CharColor = number(value)


def rgb(colour: int) -> Colour | None:
    """A colour's parts, None for none.

    >>> rgb(0xFF8000), rgb(-1)
    ((255, 128, 0), None)
    """
    return None if colour == _NONE else (colour >> 16 & 255, colour >> 8 & 255, colour & 255)


def number(colour: object) -> int:
    """A colour as Calc takes it, from its parts or from "#ff8000"; None stands for none. Excel's numbers are turned.

    >>> number((255, 128, 0)) == number("#ff8000") == number(0x0080FF) == 0xFF8000
    True
    """
    if colour is None:
        return _NONE
    if isinstance(colour, str):
        return int(colour.lstrip("#"), 16)
    if isinstance(colour, int):  # red is the last byte there
        return (colour & 255) << 16 | colour & 0xFF00 | colour >> 16 & 255
    red, green, blue = map(int, colour)  # type: ignore[call-overload]
    return int(red << 16 | green << 8 | blue)


def _one(values: set[Any]) -> Any:
    return values.pop() if len(values) == 1 else None


def _each(collection: Any) -> list[Any]:
    return [collection.getByIndex(index) for index in range(collection.getCount())]


def _named(names: dict[str, str], value: str) -> str | None:
    return next((name for name, known in names.items() if known == value), None)
