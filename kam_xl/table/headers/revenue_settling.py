"""Which columns are our revenue, of this year and of earlier ones, and what is told of the choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isclose

from kam_xl.domain.periods import QUARTER, YEAR
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.headers.period_columns import OfPeriods, months_of, months_within, of_latest_year, sums
from kam_xl.table.headers.period_words import Heading, is_to_date, months_of_span
from kam_xl.table.headers.revenue_columns import Candidate, better, is_less, is_sum, without_sums_of_years
from kam_xl.table.headers.settling import Settling
from kam_xl.table.headers.vat_amounts import less_vat, tax_beside, unclear
from kam_xl.table.records.groups import ROUNDING
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.column_values import read_amount, value_of
from kam_xl.table.words.matching import is_net_of_returns, nature_of
from kam_xl.table.words.vat import vat_of

# What no CRM records of a company: beside it an annual revenue is what we sold to it.
_OURS = ("procurement_budget", "competitor_revenue", "margin", "sales_plan", "share_of_wallet", "revenue_earlier")
# How 1C names the account of sales among the clients below it.
_ACCOUNT_90 = re.compile(r"90(?:\.0?1(?:\.\d)?)?")
_MANY = 5
# What may stand above periods of revenue: also "Order date" above its years, as a pivot table has it.
_OF_PERIODS = ("", "revenue", "amount", "total", "revenue_earlier", "order", "invoice")
_VAT_ORDER: Mapping[str, int] = {"net": 0, "": 1, "gross": 2}

_TURNOVER = Text("{column} is the client's own turnover, not our revenue: it is not used.")
_TURNOVER_TAKEN = Text("{column} was read as our revenue; in CRM exports such a column is the client's own turnover.")
_TURNOVER_REMEDY = Text("Add a column with what we sold to the client, or name it in a reading file.")
PART_OF_YEAR_REMEDY = Text(
    "Compare it with budgets of the same period, or name the columns of another year in a reading file."
)


def grade_of_part(months: int) -> Grade:
    """How grave it is that the revenue is of so many months: of a quarter or less it says nothing about a year."""
    return "error" if months <= QUARTER else "warning"


_NO_YEAR = Text("{columns} name no year and do not add up to {used}, which was read as our revenue: they are not used.")
_NO_YEAR_REMEDY = Text("Write the year into their headers, or name the column of revenue in a reading file.")
_TO_DATE = Text("{column} was read as our revenue; it is that of a year to date, not of a whole year.")
_RETURNS = Text("{used} was read as our revenue as it stands: {column} is not subtracted.")
_RETURNS_REMEDY = Text(
    "Name a column of revenue less returns in a reading file; if this one is net of them, name it there instead."
)
_NO_AMOUNTS = Text("{column} is not in the sum of the periods: {values} are not amounts.")
_DIFFERS = Text("The revenue is {stated:money}, and its periods add up to {total:money}.")
_DIFFERS_REMEDY = Text("Correct the one or the other; the total counts.")
_BLANK = Text("The revenue is blank, and its periods add up to {total:money}: it counts as unknown.")
_BLANK_REMEDY = Text("Enter the total of the periods.")
_LIFETIME = Text("{column} was read as our revenue, but adds up all years.")
_LIFETIME_REMEDY = Text("Add a column with the revenue of one year, and name it in a reading file.")


class RevenueSettling(Settling):
    """The part of the decisions that is about our revenue."""

    def _settle_revenue(self) -> None:
        """Our revenue, and whether returns stand beside it."""
        self._choose_revenue()
        self._subtract_vat("revenue")
        self._tell_returns()

    def _subtract_vat(self, name: str) -> None:
        """A field without VAT, where its column is with it and the VAT itself stands beside it."""
        column = self.fields.get(name)
        if column is None or column in self._result.made_of or self._is_given(column):
            return
        computed = self._without_vat(column)
        if computed is not None:
            self.fields[name] = computed
            self._result.why[name] = Text("the amount with VAT less the VAT")

    def _without_vat(self, column: int) -> int | None:
        """The amounts of a column less the VAT that stands beside it; None where none does."""
        tax = tax_beside(self._header, column, self._result.columns, self._result.unit)
        if tax is None:
            return None
        parts: list[list[float | None]] = []

        def make(numbers: Sequence[list[float | None]]) -> list[float | None]:
            parts.extend(numbers)
            return less_vat(numbers)

        computed = self._computed((column, tax), make)
        if computed is not None:
            self._result.net.add(computed)
            self._result.remarks += unclear(parts[0], parts[1], tax)
        return computed

    def _choose_revenue(self) -> None:
        """Our revenue: a column of that name; else an amount or a total, net of VAT first; else what adds up to it."""
        periods = self._periods()
        if "revenue" in self.fields:
            chosen = self._of_year_added(self._candidate(self.fields["revenue"], "revenue"))
            self._tell_period(chosen, self._candidates(periods), periods)
            return
        candidates = self._candidates(periods)
        given = [each for each in candidates if self._is_given(each.column)]
        if len(given) > 1 and self._sum_periods(self._all_parts([each.column for each in given])):
            return
        likely = given or [each for each in candidates if not periods or self._values[each.column].are_numbers]
        first = next((each for each in likely if self._fits(each.column, "revenue")), None)
        if first is None:
            if self._sum_parts("revenue"):
                return
            if not (self._settle_turnover() or self._sum_periods(periods) or self._multiply()):
                self._settle_lifetime()
            return
        alike = [each for each in candidates if self._values[each.column].are_numbers]
        returned = self._first("returns")
        back = self._result.columns[returned] if returned is not None else ()
        chosen = first if given else better(first, alike, back)
        is_older = periods and periods.year and chosen.year and periods.year > chosen.year
        if is_older and not given and self._sum_periods(periods, alike):
            return
        self.fields["revenue"] = chosen.column
        if chosen.kind == "amount" or chosen is not first:
            others = [each for each in alike if each is first or each.kind == "amount" == chosen.kind]
            self._tell_choice(chosen, [each.title for each in others if each is not chosen])
        elif chosen.kind == "total":
            self._result.why["revenue"] = Text("the total of the periods")
        self._tell_period(chosen, alike, periods)

    def _tell_period(self, chosen: Candidate, alike: Sequence[Candidate], periods: OfPeriods | None) -> None:
        """What part of a year the revenue is of, and months beside it of which nobody knows the year."""
        added = self._months_of(chosen)
        self._tell_contradictions(chosen, added.columns if added else ())
        if months := months_of_span(chosen.title) or (added.months if added else 0):
            self._result.why["revenue"] = Text("the total of the periods")
            self._tell_part_of_year(chosen.column, chosen.year, months, alike, periods)
        elif is_to_date(chosen.title):
            self._remark(chosen.column, "part-of-year", "warning", _TO_DATE, remedy=PART_OF_YEAR_REMEDY)
        elif chosen.year and periods and not periods.year and len(periods.columns) > 1:
            values = {"columns": [quoted(self._title(column)) for column in periods.columns[:_MANY]]}
            message = Text(_NO_YEAR.message, used=quoted(chosen.title), **values)
            self._remark(periods.columns[0], "months-without-year", "warning", message, remedy=_NO_YEAR_REMEDY)

    def _tell_contradictions(self, chosen: Candidate, periods: Sequence[int]) -> None:
        """Rows whose revenue is not what their periods add up to, although that of most rows is."""
        parts = [self._result.columns[column] for column in periods]
        for row, (cell, *beside) in enumerate(zip(chosen.cells, *parts, strict=True) if parts else ()):
            known = [value for each in beside if (value := value_of(each)) is not None]
            total, stated = sum(known), value_of(cell)
            if not known or (stated is not None and isclose(stated, total, rel_tol=ROUNDING, abs_tol=0.01)):
                continue
            grade: Grade = "error"
            if stated is not None:
                grade, message, remedy = "warning", Text(_DIFFERS.message, stated=stated, total=total), _DIFFERS_REMEDY
            elif cell in (None, "") and total:
                message, remedy = Text(_BLANK.message, total=total), _BLANK_REMEDY
            else:
                continue  # a text, which is told as such
            self._result.remarks.append(Remark(row, chosen.column, "periods-differ", grade, message, stated, remedy))

    def _candidates(self, periods: OfPeriods | None) -> list[Candidate]:
        """The columns that may be our revenue, best first; no total of several years is one."""
        of_several_years = bool(periods and periods.earlier)
        candidates = [
            self._candidate(column, name)
            for name in ("revenue", "amount", "total")
            for column in self._header.columns_of(name)
            if self._is_whole(column)
        ]
        candidates = [self._of_year_added(each) for each in candidates]
        candidates.sort(key=lambda each: _VAT_ORDER[vat_of(each.title)] if each.kind == "amount" else 0)
        candidates.sort(key=lambda each: ("revenue", "amount", "total").index(each.kind))
        candidates = [each for each in candidates if each.kind != "total" or each.year or not of_several_years]
        return [*self._of_account_90(), *without_sums_of_years(candidates), *self._shares_in_money()]

    def _of_year_added(self, candidate: Candidate) -> Candidate:
        """A total without a year has that of the months that add up to it."""
        added = None if candidate.year else self._months_of(candidate)
        if added is None:
            return candidate
        unit = self._result.unit(candidate.column)
        self._result.units[candidate.column] = unit._replace(year=added.year)
        return candidate._replace(year=added.year)

    def _months_of(self, candidate: Candidate) -> OfPeriods | None:
        """The months, or quarters, that add up to a column."""
        actual = self._dated_periods()
        added = of_latest_year({at: each for at, each in actual.items() if (each.months or YEAR) < YEAR})
        if added is None or len(added.columns) < 2:
            return None
        parts = [self._result.columns[column] for column in added.columns]
        return added if is_sum(candidate.cells, parts) else None

    def _of_account_90(self) -> list[Candidate]:
        """The credit turnovers of account 90 in 1C, which has sales on its credit side."""
        client = self.fields.get("client")
        accounts = [] if client is None else [str(cell) for cell in self._values[client].filled[:_MANY]]
        sells = any(map(_ACCOUNT_90.fullmatch, accounts))
        return [self._candidate(column, "revenue") for column in self._header.columns_of("credit_turnover") if sells]

    def _shares_in_money(self) -> list[Candidate]:
        """What is called our share and is an amount: "Наша доля, тыс. руб."."""
        columns = self._header.columns_of("share_of_wallet")
        return [self._candidate(column, "revenue") for column in columns if self._result.unit(column).scale]

    def _candidate(self, column: int, name: str) -> Candidate:
        return Candidate(
            column, self._title(column), name, self._result.unit(column).year, self._result.columns[column]
        )

    def _tell_choice(self, chosen: Candidate, others: Sequence[str]) -> None:
        if chosen.kind == "amount":
            net = vat_of(chosen.title) == "net"
            self._result.why["revenue"] = Text("the amount without VAT") if net else Text("an amount")
        if others:
            message = Text(
                "{used} was read as our revenue, not {others}.",
                used=quoted(chosen.title),
                others=list(map(quoted, others)),
            )
            self._remark(chosen.column, "amount-chosen", "note", message)

    def _tell_part_of_year(
        self,
        column: int,
        year: int | None,
        months: int,
        candidates: Sequence[Candidate] = (),
        periods: OfPeriods | None = None,
    ) -> None:
        """Revenue of some months of a year beside that of more months of an earlier one."""
        self._result.months = months
        covered = [(each.year, months_of_span(each.title) or YEAR) for each in candidates]
        covered += periods.covered.items() if periods else ()
        earlier = max((part for named, part in covered if named and year and named < year), default=0)
        if months < earlier:
            message = plural(
                "The revenue is that of {n:count} month of {year}; an earlier year has {earlier}.",
                "The revenue is that of {n:count} months of {year}; an earlier year has {earlier}.",
                n=months,
                year=str(year),
                earlier=earlier,
            )
            self._remark(column, "part-of-year", grade_of_part(months), message, remedy=PART_OF_YEAR_REMEDY)
        elif months < YEAR and self._has_whole_years():
            message = plural(
                "The revenue is that of {n:count} month; the budget or plan beside it may be of a whole year.",
                "The revenue is that of {n:count} months; the budget or plan beside it may be of a whole year.",
                n=months,
            )
            self._remark(column, "part-of-year", grade_of_part(months), message, remedy=PART_OF_YEAR_REMEDY)

    def _has_whole_years(self) -> bool:
        """Whether a budget or a plan stands beside the revenue whose header names no part of a year."""
        columns = self._header.columns_of("procurement_budget", "sales_plan")
        return any(self._is_whole(column) and not months_of_span(self._title(column)) for column in columns)

    def _tell_returns(self) -> None:
        """Returns in a column of their own, unless the user named the revenue, or it is net of them."""
        revenue, returned = self.fields.get("revenue"), self._first("returns")
        if revenue is None or returned is None or not any(each.value for each in self._values[returned].numbers):
            return
        parts = self._result.made_of.get(revenue, (revenue,))
        if all(map(self._is_given, parts)):
            return
        titles = [self._title(column) for column in parts]
        columns, back = self._result.columns, self._result.columns[returned]
        gross = [columns[at] for at in self._header.columns_of("revenue", "amount", "total") if at != revenue]
        if all(map(is_net_of_returns, titles)) or any(is_less(each, back, columns[revenue]) for each in gross):
            return
        message = Text(_RETURNS.message, used=[*map(quoted, titles[:_MANY])])
        self._remark(returned, "returns-beside", "warning", message, remedy=_RETURNS_REMEDY)

    def _settle_lifetime(self) -> None:
        """The revenue of all years, where there is no other."""
        column = self._first("revenue_lifetime")
        if column is not None and self._fits(column, "revenue"):
            self.fields["revenue"] = column
            self._remark(column, "revenue-of-all-years", "warning", _LIFETIME, remedy=_LIFETIME_REMEDY)

    def _settle_turnover(self) -> bool:
        """A client's own turnover, as a CRM records it, is never our revenue; in other tables it is taken, and told."""
        column = self._first("client_turnover")
        if column is None:
            return False
        ours = self._header.columns_of(*_OURS) and not self._header.columns_of("crm_record", "person", "stage")
        if not ours or not self._fits(column, "revenue"):
            self._remark(column, "clients-own-turnover", "warning", _TURNOVER, remedy=_TURNOVER_REMEDY)
            return False
        self.fields["revenue"] = column
        self._remark(column, "clients-own-turnover", "warning", _TURNOVER_TAKEN, remedy=_TURNOVER_REMEDY)
        return True

    def _periods(self) -> OfPeriods | None:
        """The columns of actual revenue by month, quarter or year."""
        return of_latest_year(self._dated_periods())

    def _dated_periods(self) -> Mapping[int, Heading]:
        """The periods of actual revenue, months without a year with the year that they can be told to be of."""
        numbers = {at: each for at, each in self._actual_periods().items() if self._values[at].are_numbers}
        actual = self._without_months_to_come(numbers)
        parts = {at: each for at, each in actual.items() if (each.months or YEAR) < YEAR}
        if len(parts) < 2 or any(each.year for each in parts.values()):
            return actual
        year = self._year_of_parts(parts, [each.year for each in actual.values() if each.year])
        return {column: heading | Heading(year) for column, heading in actual.items()}

    def _without_months_to_come(self, periods: Mapping[int, Heading]) -> Mapping[int, Heading]:
        """The periods without the last months of a year that hold nothing but zeros, as sums of blanks do."""
        begun: dict[int | None, int] = {}
        parts = {at: each for at, each in periods.items() if months_of(each) < YEAR}
        for column, heading in parts.items():
            if any(value_of(cell) for cell in self._result.columns[column]):
                begun[heading.year] = max(begun.get(heading.year, 0), months_within(heading)[0] + 1)
        to_come = {at for at, each in parts.items() if months_within(each)[0] >= begun.get(each.year, 0)}
        return {at: each for at, each in periods.items() if at not in to_come}

    def _year_of_parts(self, parts: Mapping[int, Heading], years: Sequence[int]) -> int | None:
        """The year of months that name none: of the revenue that they add up to, or of our plan, if that is later."""
        named = {at: year for at in self._header.columns_of("revenue") if (year := self._result.unit(at).year)}
        added = of_latest_year(parts)
        cells = [self._result.columns[part] for part in (added.columns if added else ())]
        for at, year in named.items():
            if is_sum(self._result.columns[at], cells):
                return year
        plans = [self._result.unit(at).year or 0 for at in self._header.columns_of("sales_plan")]
        latest = max(plans, default=0)
        return latest if (years or named) and latest > max(*years, *named.values(), 0) else None

    def _actual_periods(self) -> dict[int, Heading]:
        return {
            column: heading
            for column, heading in self._header.periods.items()
            if heading.kind not in ("plan", "forecast", "last_year")
            and heading.measure != "margin"
            and not nature_of(self._title(column))
            and self._field_of(column) in _OF_PERIODS
        }

    def _tell_no_amounts(self) -> None:
        """Periods whose cells are mostly no amounts, and therefore are in no sum."""
        for column in self._actual_periods():
            values = self._values[column]
            if not values.are_numbers and (wrong := values.unreadable(read_amount)):
                self._remark(column, "not-this-field", "error", _NO_AMOUNTS, wrong)

    def _sum_periods(self, periods: OfPeriods | None, candidates: Sequence[Candidate] = ()) -> bool:
        """Months or quarters across add up to the revenue; of several years the latest counts."""
        self._tell_no_amounts()
        if periods is None or not self._says_enough(periods):
            return False
        if len(periods.columns) == 1:
            self.fields["revenue"] = column = periods.columns[0]
            unit = self._result.unit(column)
            self._result.units[column] = unit._replace(year=unit.year or periods.year)
            self._result.why["revenue"] = Text("the latest year") if periods.earlier else Text("a part of a year")
        else:
            added = self._computed(periods.columns, sums)
            if added is None:
                return False
            self.fields["revenue"], unit = added, self._result.unit(added)
            self._result.units[added] = unit._replace(year=unit.year or periods.year)
            latest = Text("the sum of the periods of {year}", year=str(periods.year))
            self._result.why["revenue"] = latest if periods.earlier else Text("the sum of the periods")
        self._tell_part_of_year(periods.columns[0], periods.year, periods.months, candidates, periods)
        return True

    def _says_enough(self, periods: OfPeriods) -> bool:
        """Whether periods are our revenue: several, one beside those of earlier years, or one that says so alone."""
        if len(periods.columns) > 1 or periods.earlier or periods.months >= YEAR:
            return True
        return self._header.periods[periods.columns[0]].is_revenue_of_part

    def _all_parts(self, columns: Sequence[int]) -> OfPeriods | None:
        """The columns as parts of a year, such as the months that a reading file names; None where one is none."""
        headings = {column: self._header.periods.get(column, Heading()) for column in columns}
        return of_latest_year(headings) if all(months_of(each) < YEAR for each in headings.values()) else None

    def _sum_parts(self, name: str) -> bool:
        """A field whose title stands over several columns of products, regions ...: these add up to it."""
        parts = [at for at in self._header.parts.get(name, ()) if self._values[at].are_numbers]
        if not parts or name in self.fields or not self._compute(name, parts, sums):
            return False
        self._result.why[name] = Text("the sum of its parts")
        return True

    def _multiply(self) -> bool:
        """Quantity times unit price."""
        quantity, price = self._first("quantity"), self._first("unit_price")
        if quantity is None or price is None:
            return False
        if not (self._values[quantity].are_numbers and self._values[price].are_numbers):
            return False
        self._compute("revenue", (quantity, price), _products, self._result.unit(price))
        self._result.helping += [quantity, price]
        self._result.why["revenue"] = Text("quantity times unit price")
        return True

    def _earlier_years(self) -> dict[int, int]:
        """Revenue of earlier years: as the user names them, else columns with a year before that of the revenue."""
        named = self._given.history
        columns: dict[int, tuple[int, ...]] = {int(year): (self._named(text),) for year, text in named.items()}
        revenue = self.fields.get("revenue")
        year = None if revenue is None else self._result.unit(revenue).year
        if revenue is not None and year is not None:
            columns = self._earlier_than(year, revenue) | columns
        years: dict[int, int] = {}
        for each in sorted(columns):
            if len(columns[each]) == 1:
                years[each] = columns[each][0]
            elif (added := self._computed(columns[each], sums)) is not None:
                years[each] = added
        return years

    def _earlier_than(self, year: int, revenue: int) -> dict[int, tuple[int, ...]]:
        periods = self._periods()
        columns = dict(periods.before(year)) if periods else {}
        for column in self._header.columns_of("revenue_earlier"):
            if self._values[column].are_numbers:
                columns.setdefault(self._result.unit(column).year or year - 1, (column,))
        for column in self._alike(revenue):
            named = self._result.unit(column).year
            if named and named < year and self._values[column].are_numbers:
                columns.setdefault(named, (column,))
        return {each: on_basis for each, made_of in columns.items() if (on_basis := self._on_basis(made_of, revenue))}

    def _on_basis(self, columns: tuple[int, ...], revenue: int) -> tuple[int, ...]:
        """Columns of an earlier year on the VAT basis of the revenue; none where theirs is another one."""
        title = self._title(self._result.made_of.get(revenue, (revenue,))[0])
        basis = "net" if revenue in self._result.net else vat_of(title)
        others = [column for column in columns if basis and vat_of(self._title(column)) not in ("", basis)]
        if not others:
            return columns
        less = self._without_vat(columns[0]) if basis == "net" and len(columns) == 1 else None
        return () if less is None else (less,)

    def _alike(self, revenue: int) -> list[int]:
        """The columns that are called like our revenue; amounts with VAT are not like those without."""
        kind = self._field_of(revenue)
        alike = self._header.columns_of(kind) if kind in ("amount", "total") else []
        vat = vat_of(self._title(revenue)) if alike else ""
        return [*self._header.columns_of("revenue"), *(at for at in alike if vat_of(self._title(at)) == vat)]


def _products(columns: Sequence[list[float | None]]) -> list[float | None]:
    return [None if a is None or b is None else a * b for a, b in zip(*columns, strict=True)]
