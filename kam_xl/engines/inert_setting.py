"""Settings that an engine keeps without acting on them."""

from __future__ import annotations


class InertSetting:
    """A setting of the screen: kept, so that scripts may set and restore it, and of no effect here."""

    def __init__(self, default: object) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> object:
        return getattr(instance, self._name, self._default)

    def __set__(self, instance: object, value: object) -> None:
        setattr(instance, self._name, value)
