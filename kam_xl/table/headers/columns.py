"""What each column of a table is: its header proposes, its values decide. See section 7 of the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kam_xl.locale import Text, plural
from kam_xl.table.headers.budget_of_category import is_spent_on_category
from kam_xl.table.headers.currency_columns import currency_columns
from kam_xl.table.headers.double_periods import double_periods
from kam_xl.table.headers.header import Header
from kam_xl.table.headers.period_columns import sums
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.headers.revenue_settling import RevenueSettling
from kam_xl.table.headers.settling import Settled
from kam_xl.table.interpretation import Given
from kam_xl.table.values.cells import Cell, quoted
from kam_xl.table.values.column_values import is_damaged, is_in_percent, shares, unclear_share, value_of
from kam_xl.table.values.numbers import ends_of
from kam_xl.table.values.unit_column import scales_in
from kam_xl.table.words.matching import is_bare_budget, words
from kam_xl.table.words.row_words import may_be_total
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, KINDS, section

# An id is one where at least this share of its values is its own.
_MOSTLY = 0.5
_MONEY = tuple(name for name, kind in KINDS.items() if kind == "money")
_OF_BUDGETS = ("procurement_budget", "share_of_wallet")
_JUDGED = ("reference", "expertise", "position", "potential", "budget_date")
# So many columns that only a CRM has make a list one of a CRM.
_OF_CRM = 2
_DEBITS, _CREDITS = (frozenset(section("ledger_columns")[side]) for side in ("debit", "credit"))
# Titles of ids that also head the mere numbers of rows.
_ROW_NUMBERS = (["no"], ["nr"], ["number"])

_DAMAGED = Text("{column} is not used as an ID: a spreadsheet has damaged its values ({values}).")
_DAMAGED_REMEDY = Text("Export the IDs as text; until then the client's name serves as its ID.")
_NO_IDS = Text("{column} is not used as an ID: its values ({values}) do not tell the clients apart.")
_NO_IDS_REMEDY = Text("The client's name serves as its ID.")
_FROM_SHARE = Text("Budgets that are not given are computed from revenue and {column}.")
_SHARE_REMEDY = Text("Enter the budget where it is known.")
_IS_PLAN = Text("{column} stands beside actual figures: it was read as our sales plan, not as the client's budget.")
_BESIDE_PLAN = Text("{column} is not used: beside actual figures and a plan it may be ours or the client's.")
_OF_CATEGORY = Text("{column} was read as the procurement budget: what clients spend on one category.")
_OF_CATEGORY_REMEDY = Text(
    "If your goods are of more categories, name the column of the whole budget in a reading file."
)
_OF_DEALS = Text("{column} is not used: in a CRM's list of companies it is the value of deals.")
_RANGES_REMEDY = Text("Enter one amount where it is known: ratings and goals need it.")
_RIVALS_FROM_SHARE = Text("What competitors earn is computed from the budget and {columns}.")
_RIVALS_REMEDY = Text("Enter what they earn where it is known.")
_NO_SHARES = Text("{column} is not used: {values} are not shares of a budget.")
_UNITS_BY_ROW = Text("{column} gives the rows different units ({values}): no amounts are read.")
_ONE_UNIT = Text("Bring all amounts to one unit.")


def settle(
    columns: Sequence[Sequence[Cell]],
    header: Header,
    given: Given,
    left: int = 1,
    decimal: str = ".",
    scale: float | None = None,
) -> Settled:
    """Decide for every field which column it is.

    Parameters
    ----------
    columns : sequence of columns
        All cells below the header.
    header : Header
        What the columns are called.
    given : Given
        What the user says overrides everything; `left` is the sheet column (from 1) of the first one.
    decimal : str
        The decimal mark that texts are likely to use.
    scale : float, optional
        The unit of amounts whose header names none.

    Examples
    --------
    >>> from kam_xl.table.grid import Grid
    >>> from kam_xl.table.headers.header import find_header
    >>> from kam_xl.table.words.matching import Matcher
    >>> from kam_xl.table.words.vocabulary import OTHER_FIELDS
    >>> rows = [["Client", "Qty", "Price"], ["Nord", 2.0, 50.0], ["Süd", 3.0, 10.0]]
    >>> grid = Grid("", rows)
    >>> header = find_header(grid, Matcher(CLIENT_FIELDS | OTHER_FIELDS))
    >>> settled = settle(grid.columns(1, 3), header, Given())
    >>> settled.header.fields["revenue"], settled.columns[-1]
    (3, [100.0, 30.0])
    """
    return _Settling(columns, header, given, left, decimal, scale).settled()


class _Settling(RevenueSettling):
    def settled(self) -> Settled:
        self._settle_client()
        self._settle_id()
        for name in _JUDGED:
            self._take(name, self._is_rating if name == "potential" else None)
        self._settle_revenue()
        self._settle_plan()
        for name in _MONEY:
            if name != "revenue":
                self._take(name, self._is_plan if name == "sales_plan" else self._is_whole)
                self._sum_parts(name)
                self._subtract_vat(name)
        self._settle_potential()
        self._settle_category()
        self._settle_units()
        self._settle_share()
        self._settle_ranges()
        self._settle_competitor_share()
        for name in CLIENT_FIELDS:
            if KINDS.get(name) not in ("money", "mark", "date", "name") and name not in _JUDGED:
                self._take(name)
        if self._given.kind:  # a reading file names all columns; what it leaves out is not wanted
            named = {*self._given.columns, *self._given.letters}
            computed = self._result.made_of
            self.fields = {name: at for name, at in self.fields.items() if name in named or at in computed}
        return self._finished()

    def _finished(self) -> Settled:
        result, titles = self._result, self._header.titles
        result.parent, result.currencies_in = self._first("parent"), currency_columns(self._header, result.columns)
        result.helping += [*result.currencies_in, *([] if result.parent is None else [result.parent])]
        result.history = self._earlier_years()
        result.header = replace(
            self._header,
            fields={name: self.fields[name] for name in CLIENT_FIELDS if name in self.fields},
            titles=(*titles, *("",) * (len(result.columns) - len(titles))),
        )
        result.remarks += double_periods(result, self._dated_periods(), self._left)
        used, revenue = set(self.fields.values()), self.fields.get("revenue")
        if {*self._header.columns_of("revenue")} <= {revenue, *result.history.values()}:
            used.discard(revenue)  # revenue by year is not ambiguous
        result.remarks += [
            each
            for each in self._header.remarks
            if each.code == "ambiguous-column"
            and each.column in used
            and self.fields.get(self._field_of(each.column), each.column) == each.column
        ]
        return result

    # The client and its id

    def _settle_client(self) -> None:
        """The client by a column of names."""
        names = [*self._header.columns_of("client"), *self._header.columns_of("own_company")]
        texts = [column for column in names if not self._values[column].are_numbers]
        if names:
            self.fields.setdefault("client", (texts or names)[0])

    def _settle_id(self) -> None:
        """The id by a column that identifies; numbers under the header of a client are its id."""
        used = self.fields.get("client")
        numbers = [
            column
            for column in self._header.columns_of("client")
            if column != used and self._values[column].are_numbers
        ]
        ids = [*self._header.columns_of("client_id"), *numbers]
        for column in ids:
            if "client_id" not in self.fields and (self._is_given(column) or self._identifies(column)):
                self.fields["client_id"] = column
        if used is None and ids:
            self.fields.setdefault("client_id", ids[0])

    def _identifies(self, column: int) -> bool:
        """Whether the values of a column tell clients apart; if not, that is told."""
        values = self._values[column].filled
        if "client" not in self.fields or not values:
            return bool(values)
        if damaged := [cell for cell in values if isinstance(cell, str) and is_damaged(cell)]:
            self._remark(column, "damaged-ids", "warning", _DAMAGED, damaged, _DAMAGED_REMEDY)
            return False
        distinct = len(set(map(str, values)))
        names = len(self._values[self.fields["client"]].filled)
        lacking = len(values) < names * _MOSTLY and len(values) < self._records(names) * _MOSTLY
        too_few = len(values) > 2 and (distinct <= len(values) * _MOSTLY or lacking)
        if too_few or self._numbers_rows(column):
            self._remark(column, "no-ids", "note", _NO_IDS, values, _NO_IDS_REMEDY)
            return False
        return True

    def _records(self, count: int) -> int:
        """How many of the first named rows are no totals and say more than a name, as headings of groups do not."""
        columns = self._result.columns
        named = [row for row, name in enumerate(columns[self.fields["client"]]) if name not in (None, "")][:count]
        texts = {row: str(columns[self.fields["client"]][row]) for row in named}
        filled = {row: sum(cells[row] not in (None, "") for cells in columns) for row in named}
        return sum(filled[row] > 1 and not may_be_total(texts[row]) for row in named)

    def _numbers_rows(self, column: int) -> bool:
        """Whether a column only numbers the rows: 1, 2, 3 ... without a gap, below "No."."""
        values = [value_of(cell) for cell in self._values[column].filled]
        counted = [float(number) for number in range(1, len(values) + 1)]
        return words(self._title(column)) in _ROW_NUMBERS and len(values) > 2 and values == counted

    # Budgets, plans and units

    def _settle_plan(self) -> None:
        """A bare "Budget" beside actual figures is our own plan; in a CRM's list without revenue deals have it."""
        crm = "revenue" not in self.fields and len(self._header.columns_of("crm_record")) >= _OF_CRM
        for column in self._header.columns_of("procurement_budget"):
            if not is_bare_budget(self._title(column)) or self._is_given(column):
                continue
            if self._is_compared() and any(map(self._is_plan, self._header.columns_of("sales_plan"))):
                self._plans.add(column)
                self._remark(column, "budget-is-plan", "warning", _BESIDE_PLAN)
            elif self._is_compared() and self._fits(column, "sales_plan"):
                self.fields.setdefault("sales_plan", column)
                self._plans.add(column)
                self._remark(column, "budget-is-plan", "warning", _IS_PLAN)
            elif crm:
                self._plans.add(column)
                self._remark(column, "budget-of-deals", "warning", _OF_DEALS)

    def _is_compared(self) -> bool:
        """Whether the headers compare: actual figures with forecasts, plans or budgets."""
        titles = {column: heading_of(title) for column, title in enumerate(self._header.titles)}
        forecast = any(heading and heading.kind == "forecast" for heading in titles.values())
        revenue = titles.get(self.fields.get("revenue", -1))
        return bool(self._header.columns_of("variance") or forecast or (revenue and revenue.kind == "fact"))

    def _is_plan(self, column: int) -> bool:
        """Whether a plan is not the debit side of an account, which German calls "Soll", too."""
        is_debit = self._title(column).casefold() in _DEBITS
        is_side = is_debit and not _CREDITS.isdisjoint(title.casefold() for title in self._header.titles)
        return self._is_whole(column) and not is_side

    def _settle_potential(self) -> None:
        """The budget of a column of potentials in money."""
        for column in self._header.columns_of("potential"):
            is_money = column != self.fields.get("potential") and not self._is_rating(column)
            if is_money and self.fields.setdefault("procurement_budget", column) == column:
                self._result.why["procurement_budget"] = Text("a potential in money")

    def _settle_category(self) -> None:
        """The budget of the only column of what clients spend on a category, where no other column has budgets."""
        if "procurement_budget" in self.fields or self._given.kind or self._header.columns_of(*_OF_BUDGETS):
            return
        columns = [
            column
            for column, title in enumerate(self._header.titles)
            if column not in self._header.matches and is_spent_on_category(title) and self._values[column].are_numbers
        ]
        if len(columns) == 1 and self._fits(columns[0], "procurement_budget"):
            self.fields["procurement_budget"] = columns[0]
            self._result.why["procurement_budget"] = Text("what is spent on a category")
            self._remark(columns[0], "budget-of-category", "note", _OF_CATEGORY, remedy=_OF_CATEGORY_REMEDY)

    def _settle_units(self) -> None:
        """The unit of amounts from a column of its own; where it differs from row to row, nothing is read."""
        column = self._first("unit")
        scales = scales_in(self._result.columns[column]) if column is not None else set()
        money = [at for name in _MONEY if (at := self.fields.get(name)) is not None and not self._result.unit(at).scale]
        if column is None or not scales or not money:
            return
        self._result.helping.append(column)
        for at in money:
            self._result.units[at] = self._result.unit(at)._replace(scale=max(scales))
            if len(scales) > 1:
                self._result.columns[at] = [None] * len(self._result.columns[at])
        if len(scales) > 1:
            self._remark(column, "units-by-row", "error", _UNITS_BY_ROW, self._values[column].filled, _ONE_UNIT)

    def _settle_share(self) -> None:
        """Budgets that are not given, from revenue and our share of them."""
        column, revenue = self._first("share_of_wallet"), self.fields.get("revenue")
        if column == revenue or column is None or revenue is None or not self._is_whole(revenue):
            return
        known, result = self.fields.get("procurement_budget"), self._result
        parts, earned = self._shares(column), self._amounts_of(revenue)
        given = set() if known is None else self._given_rows(known)
        pairs = enumerate(zip(earned.values, parts, strict=True))
        by_row = {row: value / part for row, (value, part) in pairs if value and part and row not in given}
        if not by_row:
            return
        if known is not None:
            factor = self._scale_of(revenue) / self._scale_of(known)
            filled = {row: value * factor for row, value in by_row.items()}
            result.columns[known] = [filled.get(row, cell) for row, cell in enumerate(result.columns[known])]
            result.currencies[known] = {row: code for row, code in earned.currencies.items() if row in filled}
        else:
            budgets = [by_row.get(row) for row in range(len(parts))]
            self.fields["procurement_budget"] = self._add(
                (revenue, column), budgets, result.unit(revenue), earned.currencies
            )
        result.why["procurement_budget"] = Text("revenue divided by our share")
        result.helping.append(column)
        message = Text(_FROM_SHARE.message, column=quoted(self._title(column)))
        self._remark(column, "budget-from-share", "note", message, remedy=_SHARE_REMEDY)

    def _settle_ranges(self) -> None:
        """Budgets that are ranges become their low and high ends, where these have no columns of their own."""
        column = self.fields.get("procurement_budget")
        if column is None or not self.fields.keys().isdisjoint(("budget_low", "budget_high")):
            return
        result = self._result
        cells, unit = result.columns[column], result.unit(column)
        ranges = {row: ends for row, cell in enumerate(cells) if isinstance(cell, str) and (ends := ends_of(cell))}
        if not ranges:
            return
        first = cells[next(iter(ranges))]
        result.columns[column] = [None if row in ranges else cell for row, cell in enumerate(cells)]
        for at, name in enumerate(("budget_low", "budget_high")):
            amounts = [ranges[row][at] or None if row in ranges else None for row in range(len(cells))]
            self.fields[name] = self._add((column,), amounts, unit)
            result.why[name] = Text("the ends of ranges")
        message = plural(
            "{n:count} budget is a range, such as {first}: it was read as budget low and budget high.",
            "{n:count} budgets are ranges, such as {first}: they were read as budget low and budget high.",
            n=len(ranges),
            first=quoted(first),
        )
        self._remark(column, "budget-ranges", "note", message, remedy=_RANGES_REMEDY)

    def _given_rows(self, column: int) -> set[int]:
        """The rows in which something stands for an amount, if only what the user is to mend."""
        read = self._amounts_of(column)
        wrong = {remark.row for remark in read.remarks if remark.row is not None and remark.grade == "error"}
        return wrong | {row for row, amount in enumerate(read.values) if amount is not None}

    def _shares(self, column: int) -> list[float | None]:
        """The shares of a column as fractions; those that may be per cent or fractions are told and unknown."""
        cells = self._result.columns[column]
        read = shares(cells)
        self._result.parts[column] = [cell if is_in_percent(cell) else value_of(cell) for cell in cells]
        self._result.remarks += [unclear_share(row, column, cells[row]) for row in read.unclear]
        return read.values

    def _settle_competitor_share(self) -> None:
        """What competitors earn, from the client's budget and their share of it."""
        result, budget = self._result, self.fields.get("procurement_budget")
        columns = self._header.columns_of("competitor_share")[:1] or [*self._header.parts.get("competitor_share", ())]
        if not columns or "competitor_revenue" in self.fields:
            return
        if len(columns) == 1 and result.unit(columns[0]).scale:  # "Competitors' share, EUR" is an amount
            self.fields["competitor_revenue"] = columns[0]
            return
        parts = sums([self._shares(column) for column in columns])
        if any(part and not 0 <= part <= 1 for part in parts):
            self._remark(columns[0], "not-this-field", "warning", _NO_SHARES, self._values[columns[0]].filled)
        elif budget is not None and any(part is not None for part in parts):
            whole = self._amounts_of(budget)
            amounts = [None if a is None or b is None else a * b for a, b in zip(whole.values, parts, strict=True)]
            self.fields["competitor_revenue"] = self._add(
                (budget, *columns), amounts, result.unit(budget), whole.currencies
            )
            result.why["competitor_revenue"] = Text("their share of the budget")
            result.helping += self._header.columns_of("competitor_share")[:1]
            titles = [quoted(self._title(column)) for column in columns]
            message = Text(_RIVALS_FROM_SHARE.message, columns=titles)
            self._remark(columns[0], "competitors-from-share", "note", message, remedy=_RIVALS_REMEDY)
