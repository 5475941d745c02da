"""One currency and one VAT basis: amounts that cannot be added are never added silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kam_xl.ledger.counts.result import VAT, CountedRows, remark
from kam_xl.ledger.counts.sums import ZERO, ClientMonth
from kam_xl.ledger.errors import MixedBasisError
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Text
from kam_xl.table.finding import Finding


class Basis(NamedTuple):
    """The cells that are left on one basis, what was left out, and what is to be known.

    `used` is their money before it was converted.
    """

    cells: list[ClientMonth]
    used: CountedRows
    left_out: list[CountedRows]
    findings: list[Finding]
    currency: str
    vat: str


def on_one_basis(cells: Sequence[ClientMonth], recipe: Recipe, where: str) -> Basis:
    """The cells in one currency and on one VAT basis.

    Raises
    ------
    MixedBasisError
        Naming the currencies or bases with their money, and the way out.
    """
    kept, left_out, findings, currency = _currency(cells, recipe, where)
    kept, more, more_findings = _vat(kept, recipe, where)
    used = CountedRows.of(Text("used"), kept)
    vat = recipe.vat or next((cell.vat for cell in kept if cell.vat), "")
    kept = [_converted(cell, recipe.rates.get(cell.currency, Decimal(1))) for cell in kept] if recipe.rates else kept
    return Basis(kept, used, [*left_out, *more], [*findings, *more_findings], currency, vat)


def _currency(
    cells: Sequence[ClientMonth], recipe: Recipe, where: str
) -> tuple[list[ClientMonth], list[CountedRows], list[Finding], str]:
    named = sorted({cell.currency for cell in cells} - {""})
    rates = dict(recipe.rates)
    base = recipe.currency or (named[0] if len(named) == 1 else "")
    if rates:
        base = base or next((code for code in named if code not in rates), "")
    wanted = {base, *rates} if base or rates else {"", *named}
    kept = [cell for cell in cells if (cell.currency or base) in wanted]
    lost = [cell for cell in cells if (cell.currency or base) not in wanted]
    if not base and len(named) > 1:
        raise MixedBasisError(
            Text("the amounts are in several currencies: {found}", found=_money(cells, named, "currency", {})),
            where=where,
            remedy=Text(
                "Choose one with --currency {code}, or give the exchange rates of the others in the recipe, "
                "in the section [rates].",
                code=named[0],
            ),
        )
    if not recipe.currency and not rates and base:
        _refuse_guess(cells, base, where)
    left_out = [
        CountedRows.of(Text("in {code}", code=code), [each for each in lost if each.currency == code]) for code in named
    ]
    findings = _unstated(kept, "currency", Text(base), where) if base else []
    return kept, [each for each in left_out if each.rows], findings, base


def _refuse_guess(cells: Sequence[ClientMonth], code: str, where: str) -> None:
    """Stop where most rows name no currency, and some name one: it may be the exception.

    Raises
    ------
    MixedBasisError
    """
    silent = [cell for cell in cells if not cell.currency]
    rows, named = sum(cell.rows for cell in silent), sum(cell.rows for cell in cells if cell.currency)
    if silent and rows >= named:
        raise MixedBasisError(
            Text(
                "{rows:count} rows ({amount:money}) give no currency, only {named:count} are in {code}",
                rows=rows,
                amount=float(sum((cell.amount for cell in silent), ZERO)),
                named=named,
                code=code,
            ),
            where=where,
            remedy=Text(
                "Say with --currency which currency the others are in: with --currency {code} all count, with another "
                "one those in {code} are left out.",
                code=code,
            ),
        )


def _converted(cell: ClientMonth, rate: Decimal) -> ClientMonth:
    return cell._replace(
        amount=cell.amount * rate, cost=cell.cost * rate, costed=cell.costed * rate, credits=cell.credits * rate
    )


def _vat(
    cells: Sequence[ClientMonth], recipe: Recipe, where: str
) -> tuple[list[ClientMonth], list[CountedRows], list[Finding]]:
    marks = sorted({cell.vat for cell in cells} - {""})
    if len(marks) > 1 and not recipe.vat:
        raise MixedBasisError(
            Text("some amounts hold VAT, others do not: {found}", found=_money(cells, marks, "vat", VAT)),
            where=where,
            remedy=Text("Choose one kind with --vat excl or --vat incl, or give files of one kind only."),
        )
    basis = recipe.vat or (marks[0] if marks else "")
    if not basis:
        return list(cells), [], []
    kept = [cell for cell in cells if cell.vat in ("", basis)]
    lost = [cell for cell in cells if cell.vat not in ("", basis)]
    left_out = [CountedRows.of(VAT[cell.vat], lost) for cell in lost[:1]]
    return kept, left_out, _unstated(kept, "vat", VAT[basis], where)


def _money(cells: Iterable[ClientMonth], marks: Sequence[str], name: str, labels: dict[str, Text]) -> list[Text]:
    sums = dict.fromkeys(marks, ZERO)
    for cell in cells:
        if getattr(cell, name) in sums:
            sums[getattr(cell, name)] += cell.amount
    return [
        Text("{basis} ({amount:money})", basis=labels.get(each, Text(each)), amount=float(amount))
        for each, amount in sums.items()
    ]


def _unstated(cells: Sequence[ClientMonth], name: str, taken: Text, where: str) -> list[Finding]:
    """A note where some rows do not say what the others do."""
    silent = [cell for cell in cells if not getattr(cell, name)]
    if not silent or len(silent) == len(cells):
        return []
    rows, amount = sum(cell.rows for cell in silent), float(sum((cell.amount for cell in silent), ZERO))
    if name == "currency":
        message = Text(
            "{rows:count} rows ({amount:money}) give no currency; {taken} was assumed.",
            rows=rows,
            amount=amount,
            taken=taken,
        )
        return [
            remark("currency-not-stated", "warning", message, Text("Check these rows, or fill in the currency."), where)
        ]
    message = Text(
        "{rows:count} rows ({amount:money}) do not say whether they include VAT; {taken} was assumed.",
        rows=rows,
        amount=amount,
        taken=taken,
    )
    return [remark("vat-not-stated", "warning", message, Text("Check these rows, or fill in the VAT basis."), where)]
