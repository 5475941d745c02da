"""What an import would do to a table, found out without writing: the rows that are there, by id, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cached_property
from math import fsum
from typing import Any

from kam_xl.actions.book.cell_contents import contents_of
from kam_xl.actions.book.record import is_blank, same
from kam_xl.actions.imports.incoming import ImportRefusedError, Incoming
from kam_xl.actions.imports.money_basis import MoneyBasis
from kam_xl.actions.imports.report import CellChange, ImportReport
from kam_xl.actions.imports.similar_clients import spelt_alike, without_zeros
from kam_xl.actions.imports.target import Target
from kam_xl.domain.model import Labelled
from kam_xl.engines.values import put, runs
from kam_xl.errors import KamError
from kam_xl.excel.references import column_letters
from kam_xl.locale import Text, plural
from kam_xl.plan.words import some
from kam_xl.table.finding import address
from kam_xl.table.interpretation import TITLES
from kam_xl.table.lookup import Lookup
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.matching import unit_of, words
from kam_xl.table.words.similar_names import unlike
from kam_xl.table.words.vocabulary import KINDS

_MONEY = "#,##0"  # the format of new columns of amounts


class YearsDifferError(KamError):
    """Revenue of another year than the one that the workbook's header names."""

    def __init__(self, where: str, year: int, header: str) -> None:
        super().__init__(
            Text(
                'the revenue in the file is for {year}, but the column in the workbook is "{header}"',
                year=str(year),
                header=header,
            ),
            where=where,
            remedy=Text(
                "Import them into a new workbook, or into a copy of this one: there write {year} into that header and "
                "clear the figures below it.",
                year=str(year),
            ),
        )


class OldFiguresError(KamError):
    """Figures of another year that would stay beside the new ones, because the file has none for these clients."""

    def __init__(self, where: str, clients: Sequence[str], figures: Sequence[Text], titles: Sequence[str]) -> None:
        super().__init__(
            plural(
                "{n:count} client without new figures would keep those of another year: {figures}",
                "{n:count} clients without new figures would keep those of another year: {figures}",
                n=len(clients),
                figures=[*figures[:8], *["…"] * (len(figures) > 8)],
            ),
            where=where,
            remedy=Text(
                "Keep a copy of the workbook, then clear {titles} and import again. Nothing was changed.",
                titles=[quoted(title) for title in titles],
            ),
        )


class ComputedColumnsError(KamError):
    """A total for a field that the workbook computes from several columns, such as months."""

    def __init__(self, where: str, field: str, titles: Sequence[str]) -> None:
        super().__init__(
            Text(
                '"{field}" in the workbook is computed from the columns {titles}: a total has no place there',
                field=TITLES[field],
                titles=some([quoted(title) for title in titles]),
            ),
            where=where,
            remedy=Text(
                "Import a file with these columns, or name the workbook's own column of totals in a reading file: "
                "kam-xl refresh WORKBOOK --reading FILE. Nothing was changed."
            ),
        )


class AmbiguousClientError(KamError):
    """Clients that stand in the workbook's table more than once."""

    def __init__(self, where: str, cells: Sequence[str]) -> None:
        super().__init__(
            Text("clients from the file are in the table more than once: {cells}", cells=list(cells)),
            where=where,
            remedy=Text("Merge these rows, or give each client an ID of its own."),
        )


class Plan:
    """Everything that an import would do to the client table.

    Attributes
    ----------
    target : Target
    clients : Incoming
    matches : dict
        Position in the source to position in the table.
    report : ImportReport
    """

    keys: frozenset[str] = frozenset()
    """What rows are known by besides the client: it stays as it stands there."""

    def __init__(self, target: Target, clients: Incoming, *, adds_columns: bool = False) -> None:
        self.target, self.clients = target, clients
        if adds_columns:
            target.add({name: self._title(name) for name in self._addable()})
        self._unlike: list[str] = []
        self.matches = self._matched()
        self._basis = MoneyBasis(target, clients, lambda name: len(self._staying(name, target.columns[name])))
        self._columns = dict(self._matched_columns())
        if clients.other_year:
            self._refuse_old_figures()
        new = [at for at in range(len(clients)) if at not in self.matches and self._is_news(at)]
        self._refuse_nameless(new)
        self._rows = dict(zip(new, target.room(len(new)), strict=True)) if new else {}
        self.report = self._report(new)

    def _addable(self) -> list[str]:
        """The fields of a client that the file has and the table does not."""
        known = self.target.columns.keys() | self.target.computed.keys()
        return [
            name
            for name, values in self.clients.columns.items()
            if name in TITLES and name not in known and not all(map(is_blank, values))
        ]

    def _matched_columns(self) -> Iterator[tuple[str, tuple[int, float]]]:
        """Field or header to column and factor."""
        for name in self.clients.columns:
            if name in self.target.computed:
                self._refuse_total(name)
                continue
            is_field = name in self.target.columns
            column = (
                self.target.columns.get(name) if is_field else None if name in KINDS else self.target.column_of(name)
            )
            if column is None:
                continue
            unit = self.clients.units.get(name)
            if name == "revenue" and is_field and unit:
                basis = self.clients.bases.get(name)
                self._refuse_other_year(basis.year if basis else unit.year, self.target.title(name))
            yield name, (column, self._basis.factor(name) if is_field and unit else 1.0)
        self._basis.refuse()

    def _refuse_total(self, name: str) -> None:
        """A total is refused unless columns that it is computed from come along: these are updated by their headers."""
        titles = self.target.computed[name]
        come = {"".join(words(header)) for header in self.clients.columns}
        if come.isdisjoint("".join(words(title)) for title in titles) and any(
            value is not None for value in self.clients.columns[name]
        ):
            raise ComputedColumnsError(self.clients.name, name, titles)

    def _refuse_other_year(self, year: int | None, header: str) -> None:
        named = unit_of(header).year
        if year and named and year != named:
            raise YearsDifferError(self.clients.name, year, header)

    def _refuse_old_figures(self) -> None:
        """Stop where a sum of another year, below a header of this one, would stay."""
        target = self.target
        old: dict[tuple[str, str], float] = {}
        for name, (column, _) in self._columns.items():
            if KINDS.get(name) == "money":
                staying = self._staying(name, column)
                old |= {(target.names[place], target.title(name)): amount for place, amount in staying.items()}
        figures = [Text("{client} {amount:money}", client=client, amount=amount) for (client, _), amount in old.items()]
        if old:
            clients, titles = (list(dict.fromkeys(each)) for each in zip(*old, strict=True))
            raise OldFiguresError(target.sheet.name, clients, figures, titles)

    def _staying(self, name: str, column: int) -> dict[int, float]:
        """The typed amounts of a field that no amount of the file replaces, by position in the table."""
        target, source = self.target, {row: at for at, row in self.matches.items()}
        staying = {}
        for place, row in enumerate(target.rows):
            at, standing = source.get(place), self._standing(name, place, column)
            comes = at is not None and not is_blank(self.clients.columns[name][at])
            if standing and not comes and not target.has_formula(row, column):
                staying[place] = float(str(standing))
        return staying

    def _matched(self) -> dict[int, int]:
        """Position in the source to position in the table: by id, by name where the source or the table has no ids."""
        target, clients = self.target, self.clients
        by_id = clients.ids is not None and "client_id" in target.columns
        theirs = target.ids if by_id else target.names
        ours = list(clients.ids if by_id and clients.ids else clients.names)
        places, names = Lookup(theirs), Lookup(target.names)
        doubles: set[int] = set()
        matches = {}
        for at, key in enumerate(ours):
            candidates = places.candidates(key) if key else names.candidates(clients.names[at])
            doubles.update(candidates if len(candidates) > 1 else ())
            for candidate in candidates[:1]:
                matches[at] = candidate
                if by_id and unlike(target.names[candidate], clients.names[at]):
                    self._unlike.append(f'{key} = "{target.names[candidate]}", "{clients.names[at]}"')
        self._refuse_doubles(theirs, sorted(doubles))
        return matches

    def _refuse_doubles(self, keys: Sequence[str], doubles: Sequence[int]) -> None:
        field = "client_id" if keys is self.target.ids and "client_id" in self.target.columns else "client"
        column = self.target.columns.get(field, min(self.target.columns.values()))
        if doubles:
            cells = [self._address(self.target.rows[at], column) for at in doubles]
            raise AmbiguousClientError(self.target.sheet.name, cells)

    def _refuse_nameless(self, new: Sequence[int]) -> None:
        ids = {(self.clients.ids or self.clients.names)[at] or "" for at in new}
        bad = [each for each in self.clients.nameless if each.client_id in ids or each.client_id.startswith("#")]
        if bad:
            raise ImportRefusedError(self.clients.name, bad)

    def _is_news(self, at: int) -> bool:
        """Whether a row of the source that the table does not have is to be added."""
        return True

    def _report(self, new: Sequence[int]) -> ImportReport:
        target, clients, matches = self.target, self.clients, self.matches
        report = ImportReport(clients.name, target.sheet.name, absent=len(target.rows) - len(set(matches.values())))
        for at, row in matches.items():
            self._compare(at, row, report)
        known = {name.casefold() for name in target.names}
        report.added.extend(((clients.ids or clients.names)[at] or "", self._called(at)) for at in new)
        report.alike.extend(name for _, name in report.added if name and name.casefold() in known)
        report.spelt.extend(spelt_alike(report.added, target.ids, target.names))
        report.zeros.extend(without_zeros(report.added, target.ids))
        report.unlike.extend(self._unlike)
        report.unsaid.extend(self._basis.unsaid)
        report.titles.update({target.title(name): title for name, title in self._basis.titles.items()})
        used = self._columns.keys() | target.computed.keys()
        report.passed.extend(f"{each.address} {quoted(each.value)}" for each in clients.passed)
        report.added_columns.extend(target.added.values())
        report.addable.extend(map(self._title, self._addable()))
        report.left_out.extend(self._title(name) for name in clients.columns if name not in used)
        report.stale.extend(self._address(*cell) for cell in target.stale_totals(self._values(report)))
        return replace(report, unchanged=len(matches) - report.updated)

    def _values(self, report: ImportReport) -> dict[tuple[int, int], object]:
        """What the cells of the table will hold."""
        values: dict[tuple[int, int], object] = {(each.row, each.column): each.new for each in report.changes}
        if self._rows:
            for column, cells in self._new_columns().items():
                values |= {(row, column): value for row, value in zip(self._rows.values(), cells, strict=True)}
        return values

    def _compare(self, at: int, place: int, report: ImportReport) -> None:
        target, row = self.target, self.target.rows[place]
        for name, (column, factor) in self._columns.items():
            new = self._coming(name, at, column, factor)
            old = self._standing(name, place, column)
            if self.clients.adds and isinstance(old, float) and isinstance(new, float) and KINDS.get(name) == "money":
                new = fsum((old, new))
            if name in self.keys or is_blank(new) or same(old, new):
                continue
            if target.has_formula(row, column):
                report.computed.append(self._address(row, column))
                continue
            title = target.title(name) if name in target.columns else name
            value = _cell(new, target.lang)
            shown = old if isinstance(old, (float, date)) else target.typed(row, column)
            change = CellChange(row, column, target.ids[place], self._called(at), title, shown, value)
            report.changes.append(change)

    def _title(self, name: str) -> str:
        """A column of the source in messages; what was computed has no header."""
        title = self.clients.titles.get(name)
        return title or (TITLES[name].render(self.target.lang) if name in TITLES else name)

    def _coming(self, name: str, at: int, column: int, factor: float) -> object:
        """What the source has for a column of the table, in its unit."""
        value = self.clients.columns[name][at]
        return _scaled(value, factor) if name in self.target.columns else self.target.as_in(column, value)

    def _called(self, at: int) -> str:
        """A row of the source in messages."""
        row = self.matches.get(at)
        return self.clients.names[at] or "" if row is None else self.target.names[row]

    def _standing(self, name: str, row: int, column: int) -> object:
        """What the table holds, read as what is compared with it."""
        block = self.target.block
        if name not in block.fields:
            cell = self.target.read(row, column)
            return cell.strip() or None if isinstance(cell, str) else cell
        return block.unscaled(name)[row] if KINDS.get(name) == "money" else block.fields[name][row]

    def _address(self, row: int, column: int) -> str:
        return address(self.target.sheet.name, f"{column_letters(column)}{row}")

    def write(self, undo: ExitStack) -> None:
        """Write it all; each step leaves in `undo` what takes it back."""
        target = self.target
        for name, title in target.added.items():
            self._put(target.header_row, target.columns[name], [title], undo)
            if KINDS.get(name) == "money":
                column = target.columns[name]
                target.sheet.range(
                    (target.header_row + 1, column), (max(target.last, 1), column)
                ).number_format = _MONEY
        undo.callback(target.narrow)
        target.extend()
        for name, title in self._basis.titles.items():
            self._put(self.target.header_row, self.target.columns[name], [title], undo)
        changes = {(change.row, change.column): change.new for change in self.report.changes}
        for (row, column), values in runs(changes):
            self._put(row, column, values, undo)
        self.target.forget({change.row for change in self.report.changes})
        if not self._rows:
            return
        rows, last = sorted(self._rows.values()), self.target.last
        undo.callback(self.target.shrink, last)
        self.target.grow(rows)
        for column, values in self._new_columns().items():
            self._put(rows[0], column, values, undo)

    def _new_columns(self) -> dict[int, list[object]]:
        """Column to its values in the new rows; columns of formulas stay what they are."""
        target, clients = self.target, self.clients
        columns: dict[int, list[object]] = {}
        if clients.ids is not None and "client_id" in target.columns:
            columns[target.columns["client_id"]] = [self._id(clients.ids[at]) for at in self._rows]
        if "client" in target.columns:
            columns[target.columns["client"]] = [clients.names[at] or None for at in self._rows]
        for name, (column, factor) in self._columns.items():
            values = [_cell(self._coming(name, at, column, factor), target.lang) for at in self._rows]
            if not all(map(is_blank, values)):
                columns[column] = values
        first = next(iter(self._rows.values()))
        return {column: values for column, values in columns.items() if not self._is_computed(first, column)}

    def _is_computed(self, row: int, column: int) -> bool:
        return str(self.target.sheet.range((row, column)).formula or "").startswith("=")

    def _id(self, client_id: str | None) -> object:
        """An id as the table writes its own: as a number where those are."""
        plain = client_id and client_id.isdigit() and str(int(client_id)) == client_id and len(client_id) < 16
        return int(client_id) if client_id and plain and self._ids_are_numbers else client_id

    @cached_property
    def _ids_are_numbers(self) -> bool:
        """By that of the first client."""
        return bool(self.target.rows) and isinstance(self.target.read(0, self.target.columns["client_id"]), float)

    def _put(self, row: int, column: int, values: Sequence[object], undo: ExitStack) -> None:
        cells = self.target.sheet.range((row, column), (row + len(values) - 1, column))
        undo.callback(put, cells, contents_of(cells))
        put(cells, [[value] for value in values])


def _scaled(value: object, factor: float) -> object:
    return value * factor if isinstance(value, float) and factor != 1 else value


def _cell(value: object, lang: str) -> Any:
    """A value as a user would type it into the table."""
    if isinstance(value, Labelled):
        return value.label.render(lang)
    if isinstance(value, bool):
        return (Text("Yes") if value else Text("No")).render(lang)
    return value
