"""How many clients would be key with another setting: what a user asks before changing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kam_xl.domain.account import assess
from kam_xl.domain.model import Client
from kam_xl.domain.settings import Settings
from kam_xl.domain.yardsticks import Yardsticks


def key_accounts_with(clients: Sequence[Client], settings: Settings, today: date, name: str, value: Any) -> int:
    """How many clients would be key accounts if one setting had another value.

    Parameters
    ----------
    clients : sequence of Client
        All clients of the table.
    settings : Settings
        Those that hold.
    today : date
    name : str
        The setting.
    value : Any
        Its other value.

    Raises
    ------
    SettingsError
        For a value that the setting does not take.

    Examples
    --------
    >>> table = [Client("1", "Nordwerk", revenue=60), Client("2", "Alpha", revenue=8), Client("3", "Beta", revenue=32)]
    >>> [key_accounts_with(table, Settings(), date(2026, 6, 1), "key_revenue_share", share) for share in (0.1, 0.05)]
    [2, 3]
    """
    changed = replace(settings, **{name: value})
    yardsticks = Yardsticks.of(clients, changed, today)
    return sum(assess(client, yardsticks).is_key for client in clients)
