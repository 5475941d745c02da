"""Whether amounts that come in and those of a table are on one basis: unit, currency, with or without VAT."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.actions.imports.incoming import Incoming, unit_between
from kam_xl.actions.imports.target import Target
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.vat import vat_of

_VAT = {"gross": Text("with VAT"), "net": Text("without VAT")}


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


class MoneyBasis:
    """The bases of all money fields that come into a table: what differs is refused, what one side leaves open is told.

    Attributes
    ----------
    unsaid : list of Text
    """

    def __init__(self, target: Target, clients: Incoming) -> None:
        self._target, self._clients = target, clients
        self._units: list[Text] = []
        self._silent: list[Text] = []
        self._vat: list[Text] = []
        self.unsaid: list[Text] = []

    def factor(self, name: str) -> float:
        """What brings the amounts of a field to the unit of its column."""
        source, wanted = self._clients.units[name], self._target.unit(name)
        factor = unit_between(source, wanted)
        of_table = self._target.block.unit  # other headers may name the currency
        named = wanted.currency or (of_table[1].currency if of_table else None)
        one_sided = bool(source.currency) != bool(named)
        if factor is None or (one_sided and self._clients.adds):
            self._refuse_units(name)
        elif one_sided:
            self._tell(name, source.currency, named)
        self._compare_vat(name)
        return factor or 1.0

    def _refuse_units(self, name: str) -> None:
        source, wanted = self._clients.units[name], self._target.unit(name)
        theirs, ours = self._headers(name)
        self._units.append(Text("{theirs} – {ours}", theirs=theirs, ours=ours))
        for unit, other, header in ((source, wanted, theirs), (wanted, source, ours)):
            if (other.scale and not unit.scale) or (other.currency and not unit.currency):
                self._silent.append(header)

    def _compare_vat(self, name: str) -> None:
        theirs, ours = (vat_of(title) for title in (self._clients.titles.get(name, ""), self._target.title(name)))
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
        elif theirs != ours:
            self._tell(name, _VAT.get(theirs), _VAT.get(ours))

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
