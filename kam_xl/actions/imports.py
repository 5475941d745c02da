"""Clients from elsewhere into the client table: what would change is known as a whole before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import xlwings as xw

from kam_xl.actions.cells import contents_of, runs
from kam_xl.actions.import_report import Change, ImportReport
from kam_xl.actions.incoming import ImportRefusedError, Incoming, unit_between
from kam_xl.actions.record import is_blank, same
from kam_xl.actions.target import Target
from kam_xl.domain.model import Labelled
from kam_xl.engines.values import put
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.table.finding import address, column_letter
from kam_xl.table.vocabulary import KINDS


class UnitsDifferError(KamError):
    """Amounts in units that cannot be told to be the same."""

    def __init__(self, where: str, pairs: Sequence[str]) -> None:
        super().__init__(
            Text("amounts of the file and of the workbook may be in different units: {columns}", columns=list(pairs)),
            where=where,
            remedy=Text('Write unit and currency into both headers, such as "Revenue, kEUR", and import it again.'),
        )


class AmbiguousClientError(KamError):
    """Clients that stand in the workbook's table more than once."""

    def __init__(self, where: str, cells: Sequence[str]) -> None:
        super().__init__(
            Text("clients of the file stand in the table more than once: {cells}", cells=list(cells)),
            where=where,
            remedy=Text("Merge these rows, or give each client an id of its own."),
        )


def import_table(
    book: xw.Book,
    clients: Incoming,
    *,
    sheet: str = "",
    confirm: Callable[[ImportReport], bool] = lambda report: True,
) -> ImportReport | None:
    """Update the clients that the book's client table has, by id, and add the others at its end.

    A blank never erases a value; columns and cells that the source does not have, and cells with a formula, stay.

    Parameters
    ----------
    book : xlwings.Book
    clients : Incoming
        See `kam_xl.actions.incoming.incoming` for those of a file.
    sheet : str, optional
        The sheet with the client table, where the right one is not found by itself.
    confirm : callable, optional
        Gets the report before anything is written, and says whether to go on.

    Returns
    -------
    ImportReport or None
        None where `confirm` said no.

    Raises
    ------
    ImportRefusedError, UnitsDifferError, AmbiguousClientError, NoRoomError
        Nothing is written then.
    """
    plan = _Plan(Target(book, sheet), clients)
    if not confirm(plan.report):
        return None
    plan.write()
    return plan.report


class _Plan:
    """Everything that an import would do, found out without writing."""

    def __init__(self, target: Target, clients: Incoming) -> None:
        self._target, self._clients = target, clients
        self._columns = dict(self._matched_columns())
        matches = self._matches()
        new = [at for at in range(len(clients)) if at not in matches]
        self._refuse_nameless(new)
        self._rows = dict(zip(new, target.room(len(new)), strict=True)) if new else {}
        self.report = self._report(matches, new)

    def _matched_columns(self) -> Iterator[tuple[str, tuple[int, float]]]:
        """Field or header to column and factor."""
        wrong = []
        for name in self._clients.columns:
            is_field = name in self._target.columns
            column = (
                self._target.columns.get(name) if is_field else None if name in KINDS else self._target.column_of(name)
            )
            if column is None:
                continue
            unit = self._clients.units.get(name)
            factor = unit_between(unit, self._target.title(name)) if is_field and unit else 1.0
            if factor is None:
                wrong.append(self._target.title(name))
            else:
                yield name, (column, factor)
        if wrong:
            raise UnitsDifferError(self._clients.name, wrong)

    def _matches(self) -> dict[int, int]:
        """Position in the source to position in the table: by id, by name where the source or the table has no ids."""
        target, clients = self._target, self._clients
        by_id = clients.ids is not None and "client_id" in target.columns
        theirs = target.ids if by_id else target.names
        ours = list(clients.ids if by_id and clients.ids else clients.names)
        places = {key.casefold(): at for at, key in reversed(list(enumerate(theirs)))}
        names = {key.casefold(): at for at, key in reversed(list(enumerate(target.names)))}
        matches = {}
        for at, key in enumerate(ours):
            found = places.get(key.casefold()) if key else names.get(clients.names[at].casefold())
            if found is not None:
                matches[at] = found
        self._refuse_doubles(theirs, matches)
        return matches

    def _refuse_doubles(self, keys: Sequence[str], matches: dict[int, int]) -> None:
        counts = Counter(key.casefold() for key in keys)
        field = "client_id" if keys is self._target.ids and "client_id" in self._target.columns else "client"
        column = self._target.columns.get(field, min(self._target.columns.values()))
        wanted = {keys[found].casefold() for found in matches.values()}
        doubles = [at for at, key in enumerate(keys) if counts[key.casefold()] > 1 and key.casefold() in wanted]
        if doubles:
            cells = [self._address(self._target.rows[at], column) for at in doubles]
            raise AmbiguousClientError(self._target.sheet.name, cells)

    def _refuse_nameless(self, new: Sequence[int]) -> None:
        ids = {(self._clients.ids or self._clients.names)[at] or "" for at in new}
        bad = [each for each in self._clients.nameless if each.client_id in ids or each.client_id.startswith("#")]
        if bad:
            raise ImportRefusedError(self._clients.name, bad)

    def _report(self, matches: dict[int, int], new: Sequence[int]) -> ImportReport:
        target, clients = self._target, self._clients
        report = ImportReport(clients.name, target.sheet.name, absent=len(target.rows) - len(set(matches.values())))
        for at, found in matches.items():
            self._compare(at, found, report)
        known = {name.casefold() for name in target.names}
        report.added.extend(((clients.ids or clients.names)[at] or "", clients.names[at] or "") for at in new)
        report.alike.extend(name for _, name in report.added if name and name.casefold() in known)
        report.left_out.extend(name for name in clients.columns if name not in self._columns)
        return replace(report, unchanged=len(matches) - report.updated)

    def _compare(self, at: int, found: int, report: ImportReport) -> None:
        target, row = self._target, self._target.rows[found]
        for name, (column, factor) in self._columns.items():
            new = _scaled(self._clients.columns[name][at], factor)
            old = self._standing(name, found, column)
            if is_blank(new) or same(old, new):
                continue
            if target.has_formula(row, column):
                report.computed.append(self._address(row, column))
                continue
            title = target.title(name) if name in target.columns else name
            value = _cell(new, target.lang)
            shown = old if isinstance(old, (float, date)) else target.typed(row, column)
            change = Change(row, column, target.ids[found], target.names[found], title, shown, value)
            report.changes.append(change)

    def _standing(self, name: str, found: int, column: int) -> object:
        """What the table holds, read as what is compared with it."""
        block = self._target.block
        if name not in block.fields:
            cell = self._target.read(found, column)
            return cell.strip() or None if isinstance(cell, str) else cell
        return block.unscaled(name)[found] if KINDS.get(name) == "money" else block.fields[name][found]

    def _address(self, row: int, column: int) -> str:
        return address(self._target.sheet.name, f"{column_letter(column)}{row}")

    def write(self) -> None:
        """Write it all; if that fails half way, what was written is taken back."""
        with ExitStack() as undo:  # of which each step is taken, even if another one fails
            self._write(undo)
            undo.pop_all()

    def _write(self, undo: ExitStack) -> None:
        changes = {(change.row, change.column): change.new for change in self.report.changes}
        for (row, column), values in runs(changes):
            self._put(row, column, values, undo)
        self._target.forget({change.row for change in self.report.changes})
        if not self._rows:
            return
        rows, last = sorted(self._rows.values()), self._target.last
        undo.callback(self._target.shrink, last)
        self._target.grow(rows)
        for column, values in self._new_columns().items():
            self._put(rows[0], column, values, undo)

    def _new_columns(self) -> dict[int, list[object]]:
        """Column to its values in the new rows; columns of formulas stay what they are."""
        target, clients = self._target, self._clients
        columns: dict[int, list[object]] = {}
        if clients.ids is not None and "client_id" in target.columns:
            columns[target.columns["client_id"]] = [self._id(clients.ids[at]) for at in self._rows]
        if "client" in target.columns:
            columns[target.columns["client"]] = [clients.names[at] or None for at in self._rows]
        for name, (column, factor) in self._columns.items():
            values = [_cell(_scaled(clients.columns[name][at], factor), target.lang) for at in self._rows]
            if not all(map(is_blank, values)):
                columns[column] = values
        first = next(iter(self._rows.values()))
        return {column: values for column, values in columns.items() if not self._is_computed(first, column)}

    def _is_computed(self, row: int, column: int) -> bool:
        return str(self._target.sheet.range((row, column)).formula or "").startswith("=")

    def _id(self, client_id: str | None) -> object:
        """An id as the table writes its own: as a number where those are."""
        plain = client_id and client_id.isdigit() and str(int(client_id)) == client_id and len(client_id) < 16
        return int(client_id) if client_id and plain and self._ids_are_numbers else client_id

    @cached_property
    def _ids_are_numbers(self) -> bool:
        """By that of the first client."""
        return bool(self._target.rows) and isinstance(self._target.read(0, self._target.columns["client_id"]), float)

    def _put(self, row: int, column: int, values: Sequence[object], undo: ExitStack) -> None:
        cells = self._target.sheet.range((row, column), (row + len(values) - 1, column))
        undo.callback(put, cells, contents_of(cells))
        put(cells, [[value] for value in values])


def _scaled(value: object, factor: float) -> object:
    return value * factor if isinstance(value, float) and factor != 1 else value


def _cell(value: object, lang: str) -> Any:
    """A value as a person would type it into the table."""
    if isinstance(value, Labelled):
        return value.label.render(lang)
    if isinstance(value, bool):
        return (Text("Yes") if value else Text("No")).render(lang)
    return value
