"""The amounts of a table: its money columns read and brought to one unit."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.table.finding import Remark
from kam_xl.table.headers.magnitudes import Disproportion, disproportions, read_as_whole
from kam_xl.table.headers.settling import Settled
from kam_xl.table.headers.units import base_unit, settle_units
from kam_xl.table.values.money import Amounts, read_money
from kam_xl.table.words.matching import Unit
from kam_xl.table.words.vocabulary import KINDS


def read_amounts(
    settled: Settled, decimal: str, base: tuple[str, Unit] | None
) -> tuple[dict[int, Amounts], dict[int, float], list[Remark]]:
    """The money columns by position, revenue first, in one unit, and the factors that brought them there.

    A column without a unit has that of the others, unless only whole amounts are in proportion to theirs.
    """
    units, titles = money_units(settled)
    first = base or base_unit(units, titles)
    amounts, factors, remarks = _in_one_unit(settled, decimal, base)
    doubts = _disproportions(settled, amounts, factors)
    whole = {each.column for each in doubts if each.whole and _may_be_whole(settled, each.column)}
    if whole and first:
        settled.units.update({column: units[column]._replace(scale=1.0) for column in whole})
        amounts, factors, remarks = _in_one_unit(settled, decimal, base)
        doubts = _disproportions(settled, amounts, factors)
        remarks = [each for each in remarks if each.code != "units-differ" or each.column not in whole]
        remarks += [read_as_whole(column, first[0], titles) for column in sorted(whole)]
    return amounts, factors, [*remarks, *(each.remark(titles) for each in doubts)]


def _in_one_unit(
    settled: Settled, decimal: str, base: tuple[str, Unit] | None
) -> tuple[dict[int, Amounts], dict[int, float], list[Remark]]:
    units, titles = money_units(settled)
    columns = settled.columns
    factors, remarks = settle_units(units, titles, base)
    amounts = {}
    for column, unit in units.items():
        beside = [columns[other] for other in units if other != column]
        amounts[column] = read_money(columns[column], column, unit, decimal, beside, factors[column])
        amounts[column].currencies.update(settled.currencies.get(column, {}))
    for column, each in amounts.items():
        remarks += each.remarks
        if factors[column] != 1:
            each.values[:] = [None if value is None else value * factors[column] for value in each.values]
    return amounts, factors, remarks


def _disproportions(
    settled: Settled, amounts: Mapping[int, Amounts], factors: Mapping[int, float]
) -> list[Disproportion]:
    units = money_units(settled)[0]
    assumed = {column: factor for column, factor in factors.items() if factor != 1 and not units[column].scale}
    found = disproportions(settled.header.fields, {at: each.values for at, each in amounts.items()}, assumed)
    return [each for each in found if len({units[each.column].currency, units[each.beside].currency} - {None}) < 2]


def _may_be_whole(settled: Settled, column: int) -> bool:
    """Whether nothing else was computed from a column in the unit that was assumed for it."""
    return column not in settled.made_of and not any(column in parts for parts in settled.made_of.values())


def money_units(settled: Settled) -> tuple[dict[int, Unit], dict[int, str]]:
    """The money columns, revenue first, with what is known of their units, and all headers by column."""
    header = settled.header
    money = [header.fields[field] for field, kind in KINDS.items() if kind == "money" and field in header.fields]
    titles = dict(enumerate(header.titles)) | {at: header.titles[parts[0]] for at, parts in settled.made_of.items()}
    return {column: settled.unit(column) for column in money}, titles


def with_vat(settled: Settled) -> dict[int, str]:
    """The headers of amounts that may hold VAT, of earlier years, too, never of a margin.

    What was computed is called "Gross - VAT".
    """
    units, titles = money_units(settled)
    names = {at: " - ".join(settled.header.titles[part] for part in settled.made_of[at]) for at in settled.net}
    columns = [*units, *settled.history.values()]
    return {column: (titles | names)[column] for column in columns if column != settled.header.fields.get("margin")}
