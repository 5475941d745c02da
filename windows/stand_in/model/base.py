"""What all of Excel's objects have in common."""

from __future__ import annotations

from typing import Any


class NotFoundError(KeyError):
    """A collection has no such item, which a client may well ask."""


class ExcelObject:
    """One of Excel's objects; `interface` is its name in the type library."""

    interface = ""

    def enumerated(self) -> list[ExcelObject]:
        """What a For Each goes through."""
        raise TypeError(f"{self.interface} is not a collection")


class Collection(ExcelObject):
    """Several objects, by number or name."""

    def __init__(self, interface: str, items: list[Any]) -> None:
        self.interface, self.items = interface, items

    def get_Count(self) -> int:
        return len(self.items)

    def get_Item(self, Index: Any) -> ExcelObject:
        if isinstance(Index, (int, float)):
            return self.items[int(Index) - 1]
        wanted = str(Index).casefold()
        item = next((each for each in self.items if wanted in _names_of(each)), None)
        if item is None:
            raise NotFoundError(Index)
        return item

    get__Default = get_Item

    def enumerated(self) -> list[ExcelObject]:
        return self.items


def _names_of(item: Any) -> set[str]:
    name = item.get_Name().casefold()
    return {name, name.split("!")[-1]}
