"""What the data check has to say about one client, before it has an address."""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.finding import Grade


class Fault(NamedTuple):
    """Something about one client and one of its fields."""

    field: str
    code: str
    grade: Grade
    message: Text
    remedy: Text
