"""What the text of a cell means: its number, text, date, truth or error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from kam_xl.engines import dates
from kam_xl.engines.file.parts.cells import strings
from kam_xl.engines.file.parts.cells.cell_xml import Edit
from kam_xl.engines.file.parts.cells.grid import Cell
from kam_xl.engines.file.parts.cells.shared_parts import SharedParts
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel.error_values import ERRORS
from kam_xl.ooxml import xml


class Decoder:
    """Turns cells into values; raises `ValueError` where a cell's value does not match its type.

    Parameters
    ----------
    workbook : SharedParts
        For its texts, its formats, and the day from which it counts.
    value : re.Pattern
        Finds the value within a cell that holds more than one thing.
    """

    def __init__(self, workbook: SharedParts, value: re.Pattern[str]) -> None:
        self._workbook, self._value = workbook, value
        self._date_styles: dict[str, bool] = {"": False}

    def row(self, cells: Sequence[Cell], into: list[object], left: int, as_dates: bool) -> None:
        """Put the values of a row's cells into a list that begins with the column `left`."""
        right, texts, shows_date = left + len(into), self._workbook.strings, self._date_styles
        for column, style, kind, text, inner, _, _, _ in cells:  # as a tuple, because there may be millions
            if left <= column < right:
                if text and not kind:
                    number = float(text)
                    if as_dates and (shows_date[style] if style in shows_date else self._shows_date(style)):
                        into[column - left] = dates.from_serial(number, self._workbook.date_1904)
                    else:
                        into[column - left] = number
                elif text and kind == "s":
                    into[column - left] = texts[int(text)]
                elif text or inner:
                    into[column - left] = self.of(kind, text, inner, style, as_dates)

    def of(self, kind: str, text: str, inner: str, style: str, as_dates: bool) -> object:
        """The value of a cell of a kind, from its value's text or, where it holds more, from the XML within it."""
        if kind == "inlineStr":
            return strings.item_text(inner)
        if not text:
            match = self._value.search(inner)
            text = xml.plain(match[1] or "") if match else ""
        if kind == "str":
            return strings.decode(text) if "&" in text or "_x" in text else text
        if not text:
            return None
        if kind in {"", "n"}:
            return self.number(float(text), style, as_dates)
        if kind == "s":
            return self._workbook.strings[int(text)]
        if kind == "b":
            return text in {"1", "true"}
        if kind == "e":
            return CellError(xml.plain(text))
        if kind == "d":
            return self._moment(text.rstrip("Z"), as_dates)
        raise ValueError(kind)

    def _moment(self, text: str, as_dates: bool) -> object:
        """The date or, as of day 0, the time of day that a cell holds in the words of ISO 8601."""
        base = self._workbook.date_1904
        if ":" in text[:3]:
            serial = float(dates.to_serial(dt.time.fromisoformat(text)))
            return dates.from_serial(serial, base) if as_dates else serial
        moment = dt.datetime.fromisoformat(text)
        return moment if as_dates else float(dates.to_serial(moment, base))

    def edited(self, edit: Edit, as_dates: bool) -> object:
        """The value that an edit gives to a cell."""
        content = edit.content
        value = content.value if isinstance(content, Formula) else content
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.number(float(value), str(edit.style), as_dates)
        return CellError(value) if isinstance(content, Formula) and value in ERRORS else value

    def number(self, value: float, style: str, as_dates: bool) -> object:
        """A number, or the date that it shows as."""
        if as_dates and self._shows_date(style):
            return dates.from_serial(value, self._workbook.date_1904)
        return value

    def _shows_date(self, style: str) -> bool:
        if style not in self._date_styles:
            self._date_styles[style] = self._workbook.styles.is_date(int(style))
        return self._date_styles[style]
