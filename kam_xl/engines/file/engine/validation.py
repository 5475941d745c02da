"""The drop-downs of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.parts.cells import drop_downs

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.range import Range

# The xlwings for Python 3.10 has no such class.
_Base: Any = getattr(base_classes, "DataValidation", object)


@named_gaps
class DataValidation(_Base):
    """What a range offers: the words of a drop-down that is there can be changed."""

    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def api(self) -> Range:
        """The range itself: there is no program that has objects of its own."""
        return self._range

    def set_list(self, source: object, in_cell_dropdown: bool) -> None:
        """Offer other words; messages stay as they are."""
        if not isinstance(source, Sequence) or not in_cell_dropdown:
            refuse("drop-downs other than lists of words")
        if not drop_downs.offer(self._range.part, self._range.area, [str(word) for word in source]):
            refuse("new drop-downs; change the words of one that just these cells have")
