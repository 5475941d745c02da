"""Whether amounts that come in and those of a table are on one basis: unit, currency, with or without VAT."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kam_xl.actions.imports.incoming import Incoming, unit_between
from kam_xl.actions.imports.target import Target
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.plan.units import TableUnit, period_label
from kam_xl.table.basis import Basis, basis_of_title
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.matching import Unit
from kam_xl.table.years import names_financial

_VAT = {"gross": Text("with VAT"), "net": Text("without VAT")}
_VAT_IN_HEADERS = {"gross": Text("incl. VAT"), "net": Text("excl. VAT")}


class UnitsDifferError(KamError):
    """Amounts in units that cannot be told to be the same."""

    def __init__(self, where: str, pairs: Sequence[Text], silent: Sequence[Text]) -> None:
        super().__init__(
            Text("amounts of the file and of the workbook may be in different units: {columns}", columns=list(pairs)),
            where=where,
            remedy=Text(
                'Name unit and currency for {headers}, such as "Revenue, kEUR", and import it again.',
                headers=list(silent),
            )
            if silent
            else Text("Bring the amounts of the file to the unit and currency of the workbook, and import it again."),
        )


class VatDiffersError(KamError):
    """Amounts with VAT for a column without it, or the other way round."""

    def __init__(self, where: str, columns: Sequence[Text]) -> None:
        super().__init__(
            Text("the amounts of the file and of the workbook differ in VAT: {columns}", columns=list(columns)),
            where=where,
            remedy=Text("Import amounts of the same kind, or correct the header that is wrong. Nothing was changed."),
        )


class PeriodsDifferError(KamError):
    """Revenue of another part of the year than that which the workbook's header names."""

    def __init__(self, where: str, months: int, header: str) -> None:
        super().__init__(
            plural(
                'the revenue in the file is for {n:count} month, but the column in the workbook is "{header}"',
                'the revenue in the file is for {n:count} months, but the column in the workbook is "{header}"',
                n=months,
                header=header,
            ),
            where=where,
            remedy=Text(
                "Keep a copy of the workbook, then clear the figures below that header, write the new period into it, "
                "and import again. Nothing was changed."
            ),
        )


class MoneyBasis:
    """The bases of all money fields that come into a table: what differs is refused, what one side leaves open is told.

    The header of a column without figures takes over what the file says.

    Parameters
    ----------
    target : Target
    clients : Incoming
    stays : callable
        Says of a field how many figures below its header stay as they are.

    Attributes
    ----------
    unsaid : list of Text
    titles : dict
        Field to the header that it gets.
    """

    def __init__(self, target: Target, clients: Incoming, stays: Callable[[str], int]) -> None:
        self._target, self._clients, self._stays = target, clients, stays
        self._units: list[Text] = []
        self._silent: list[Text] = []
        self._vat: list[Text] = []
        self.unsaid: list[Text] = []
        self.titles: dict[str, str] = {}

    def factor(self, name: str) -> float:
        """What brings the amounts of a field to the unit of its column."""
        source, wanted = self._clients.units[name], self._target.unit(name)
        may_say = self._target.may_be_retitled(name)
        silent = may_say and not (wanted.scale or wanted.currency) and self._target.has_no_money
        factor = source.scale or 1.0 if silent else unit_between(source, wanted)
        named = self._currency(wanted, source)
        one_sided = bool(source.currency) != bool(named)
        differ = not one_sided and (source.currency or "") != (named or "")
        says_currency = may_say and one_sided and bool(source.currency)
        if factor is None or differ or (one_sided and self._clients.adds and not says_currency):
            self._refuse_units(name, named)
        elif one_sided and not says_currency:
            self._tell(name, source.currency, named)
        self._compare_vat(name, may_say=may_say)
        self._compare_periods(name, may_say=may_say)
        if may_say:
            self._retitle(name, source.currency if says_currency else None)
        return factor or 1.0

    def _currency(self, wanted: Unit, source: Unit) -> str | None:
        """The currency that a header names, or that cells do; to amounts that name none cells do not matter."""
        of_table = self._target.block.unit  # other headers may name it
        of_cells = self._target.block.currency if source.currency else None
        return wanted.currency or (of_table[1].currency if of_table else None) or of_cells

    def _refuse_units(self, name: str, named: str | None) -> None:
        source, wanted = self._clients.units[name], self._target.unit(name)
        theirs, ours = self._headers(name)
        self._units.append(Text("{theirs} – {ours}", theirs=theirs, ours=ours))
        if source.currency and named and source.currency != named:
            return  # nothing is left to be named
        for unit, other, header in ((source, wanted, theirs), (wanted, source, ours)):
            if (other.scale and not unit.scale) or (other.currency and not unit.currency):
                self._silent.append(header)

    def _compare_vat(self, name: str, *, may_say: bool) -> None:
        theirs, ours = (basis.vat for basis in self._bases(name))
        if theirs and ours and theirs != ours:
            source, wanted = self._headers(name)
            self._vat.append(
                Text(
                    "{source} {theirs}, {wanted} {ours}",
                    source=source,
                    theirs=_VAT[theirs],
                    wanted=wanted,
                    ours=_VAT[ours],
                )
            )
        elif theirs != ours and not (theirs and may_say):
            self._tell(name, _VAT.get(theirs), _VAT.get(ours))

    def _compare_periods(self, name: str, *, may_say: bool) -> None:
        """Whether both sides are of one year and one part of it; figures that are added may be of other parts."""
        theirs, ours = self._bases(name)
        if theirs.months and ours.months and theirs.months != ours.months and name == "revenue":
            again = retold(self._target.title(name), ours.months, theirs.months)
            if self._clients.adds or self._stays(name) or not again:
                raise PeriodsDifferError(self._clients.name, theirs.months, self._target.title(name))
            self.titles[name] = again
        elif theirs.months != ours.months and not (theirs.months is not None and may_say):
            self._tell(name, _period(theirs), _period(ours) if theirs.months is None else None)
        elif theirs.year and not ours.year and not may_say:
            self._tell(name, _period(theirs), None)

    def _retitle(self, name: str, currency: str | None) -> None:
        """Have the header of a column without figures say what the file says and it does not."""
        theirs, ours = self._bases(name)
        vat = _VAT_IN_HEADERS.get(theirs.vat) if not ours.vat else None
        added = [_period(_missing(theirs, ours), self._clients.titles.get(name, "")), currency, vat]
        lang = self._target.lang
        texts = [each.render(lang) if isinstance(each, Text) else each for each in added if each]
        if texts:
            self.titles[name] = ", ".join([self._target.title(name).rstrip(" ,;"), *texts])

    def _bases(self, name: str) -> tuple[Basis, Basis]:
        return self._clients.bases.get(name, Basis()), self._target.basis(name)

    def _tell(self, name: str, theirs: Text | str | None, ours: Text | str | None) -> None:
        source, wanted = self._headers(name)
        self.unsaid.append(
            Text(
                "Check: {known}: {basis}; {silent}: not stated.",
                known=source if theirs else wanted,
                basis=theirs or ours,
                silent=wanted if theirs else source,
            )
        )

    def _headers(self, name: str) -> tuple[Text, Text]:
        """The header of a field in the file, and in the workbook with its sheet."""
        title, file = self._clients.titles.get(name, ""), self._clients.name
        theirs = Text("{header} of {file}", header=quoted(title), file=file)
        if self._clients.of_ledger or not title:
            theirs = Text("the amounts in {file}", file=file)
        ours = Text(
            "{header} on the sheet {sheet}",
            header=quoted(self._target.title(name)),
            sheet=quoted(self._target.sheet.name),
        )
        return theirs, ours

    def refuse(self) -> None:
        """Stop where anything differs.

        Raises
        ------
        UnitsDifferError, VatDiffersError
        """
        if self._units:
            raise UnitsDifferError(self._clients.name, self._units, list(dict.fromkeys(self._silent)))
        if self._vat:
            raise VatDiffersError(self._clients.name, self._vat)


def _period(basis: Basis, title: str = "") -> Text | str | None:
    """The period as headers say it: "2026", "10 months of 2026"; None where nothing is known of it.

    A financial year, as `title` names one, is called so.
    """
    year = f"{'FY' if names_financial(title) else ''}{basis.year}" if basis.year else ""
    if basis.months == 0:
        return Text("YTD {year}", year=year) if year else Text("year to date")
    if basis.months and not year:
        return plural("{n:count} month", "{n:count} months", n=basis.months)
    return period_label(TableUnit(months=basis.months), year) or None


def _missing(theirs: Basis, ours: Basis) -> Basis:
    """What the file says of a period and a header leaves open."""
    months = theirs.months if ours.months is None else None
    return Basis(None if ours.year else theirs.year, months)


def retold(title: str, months: int, now: int) -> str:
    """A header with another number of months; blank where it does not name them by number.

    >>> retold("Выручка, 10 мес. 2026 г.", 10, 11), retold("Sales Jan-Oct 2026", 10, 11)
    ('Выручка, 11 мес. 2026 г.', '')
    """
    again = re.sub(rf"(?<!\d){months}(?!\d)", str(now), title, count=1)
    return again if basis_of_title(again) == basis_of_title(title)._replace(months=now) else ""
