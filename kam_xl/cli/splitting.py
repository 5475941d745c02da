"""One workbook per manager (or any other column), written by all cores."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.sheets import OurSheets
from kam_xl.cli.targets import TargetError
from kam_xl.domain.classify import Account
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.table import ClientTable

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class NoColumnError(KamError):
    """No column to split by."""

    exit_code = 2


@dataclass(frozen=True)
class _Share:
    """The part of the work that goes into one workbook; plain data, so that it can go to another process."""

    target: Path
    clients: frozenset[str]
    table: ClientTable
    settings: Mapping[str, object]
    lang: str
    template: Path | None


def split(
    table: ClientTable,
    by: str,
    folder: Path,
    stem: str,
    *,
    settings: Mapping[str, object],
    lang: str,
    template: Path | None = None,
) -> Text:
    """Write one workbook with list and plans for every value of a column; returns what was done.

    A workbook that is there already is updated: what people typed into its plans stays.
    """
    groups = _groups(table, by)
    folder.mkdir(parents=True, exist_ok=True)
    targets = _file_names(stem, list(groups))
    shares = [
        _Share(folder / name, frozenset(groups[value]), table, settings, lang, template)
        for value, name in targets.items()
    ]
    _refuse_strangers(shares)
    # Not a fork: it would copy whatever threads and locks this process holds.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        plans = sum(pool.map(_build, shares))
    return plural(
        "{n:count} workbook with {plans:count} plans: {folder}",
        "{n:count} workbooks with {plans:count} plans: {folder}",
        n=len(shares),
        plans=plans,
        folder=str(folder),
    )


def _groups(table: ClientTable, by: str) -> dict[str, list[str]]:
    """Client ids by the value of a column; clients without one stand under a blank."""
    columns = {str(name).casefold(): name for name in table.frame.columns}
    name = columns.get(by.casefold())
    if name is None:
        raise NoColumnError(
            Text("there is no such column to split by"),
            got=by,
            remedy=Text("There are: {names}.", names=[str(name) for name in table.frame.columns]),
        )
    groups: dict[str, list[str]] = {}
    for client_id, value in zip(table.frame["client_id"], table.frame[name], strict=True):
        groups.setdefault("" if value is None or value != value else str(value), []).append(str(client_id))
    return groups


def _file_names(stem: str, values: Sequence[str]) -> dict[str, str]:
    """A file name for each value that every system takes, different from all others."""
    names: dict[str, str] = {}
    for value in values:
        clean = _NOT_IN_FILE_NAMES.sub("-", value).strip(" .-") or "-"
        name, number = f"{stem} {clean}.xlsx", 1
        while name.casefold() in {taken.casefold() for taken in names.values()}:
            number += 1
            name = f"{stem} {clean} ({number}).xlsx"
        names[value] = name
    return names


def _refuse_strangers(shares: Sequence[_Share]) -> None:
    """Nothing is written where a file stands that is not ours to update."""
    app = xw.engines["file"].apps.add()
    for share in shares:
        if share.target.exists() and not OurSheets(app.books.open(share.target)).titles():
            raise TargetError(
                Text("the file exists already"),
                where=str(share.target),
                remedy=Text("Move it, or choose another folder."),
            )
    app.quit()


def _build(share: _Share) -> int:
    """Build one workbook; returns the number of its plans."""
    app = xw.engines["file"].apps.add()
    book = app.books.open(share.target) if share.target.exists() else app.books.add()
    fresh = None if share.target.exists() else book.sheets[0]

    def mine(account: Account) -> bool:
        return account.client.client_id in share.clients

    options: dict[str, Any] = {"table": share.table, "settings": share.settings, "lang": share.lang}
    report = actions.build_part(book, actions.Options(**options, template=share.template, select=mine))
    if fresh is not None:
        fresh.delete()
    book.save(share.target)
    app.quit()
    return len(report.plans.new) + len(report.plans.updated)
