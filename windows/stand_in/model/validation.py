"""What cells offer."""

from __future__ import annotations

from typing import Any

from kam_xl.errors import KamError
from windows.stand_in.model.base import ExcelObject, NotFoundError

LIST, STOP = 3, 1  # xlValidateList, xlValidAlertStop
LONGEST = 255


class Validation(ExcelObject):
    """The drop-down of a range."""

    interface = "Validation"
    separator = ";"  # of lists, as a Russian Windows has it

    def __init__(self, area: Any) -> None:
        self.area = area

    def get_AlertStyle(self) -> int:
        return STOP

    def Modify(self, Type: Any = None, AlertStyle: Any = None, Operator: Any = None, Formula1: Any = None) -> None:
        """Excel refuses words that are too long together, and cells that have no drop-down."""
        if Type != LIST or len(Formula1) > LONGEST:
            raise NotFoundError(Formula1)
        try:
            self.area.data_validation.set_list(Formula1.split(self.separator))
        except KamError as error:
            raise NotFoundError(Formula1) from error
