"""Clients that stand in several rows, one for each product: one client each, the amounts added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Remark
from kam_xl.table.headers.header import KEYS
from kam_xl.table.holdings import Holding, joined
from kam_xl.table.values.cells import quoted, read_name
from kam_xl.table.words.vocabulary import KINDS

PRODUCT_ROWS = "product-rows"
_REMEDY = Text("Give a table with one row for each client if the rows are something else.")


def join_products(block: Block) -> Block:
    """Make one client of all rows that name the same one beside different products; other tables stay as they are.

    Revenue is added up; of another amount that is the same in all rows of each client, one counts.
    """
    products = block.header.columns_of("category")
    if not products:
        return block
    cells = block.settled.columns[products[0]]
    holdings = _holdings(block, [read_name(cells[row]) for row in block.rows])
    if holdings is None:
        return block
    repeating = [
        field for field in block.fields if field != "revenue" and _repeats(block.fields[field], field, holdings)
    ]
    return replace(joined(block, holdings, repeating), remarks=[*block.remarks, _remark(block, products[0], repeating)])


def _holdings(block: Block, products: Sequence[str | None]) -> list[Holding] | None:
    """The rows of each client; None where no client has several, or any of these is not of a product of its own."""
    by_client: dict[object, list[int]] = {}
    keys = [block.fields[key] for key in KEYS[::-1] if key in block.fields]
    for row, names in enumerate(zip(*keys, strict=True)):
        name = next((str(each).casefold() for each in names if each not in (None, "")), f"#{row}")
        by_client.setdefault(name, []).append(row)
    several = [rows for rows in by_client.values() if len(rows) > 1]
    apart = all(len({products[row] for row in rows} - {None}) == len(rows) for rows in several)
    return [Holding("", "", rows) for rows in by_client.values()] if several and apart else None


def _repeats(values: Sequence[object], field: str, holdings: Sequence[Holding]) -> bool:
    several = [{values[row] for row in each.rows} for each in holdings if len(each.rows) > 1]
    return (
        KINDS.get(field) == "money"
        and all(len(each) == 1 for each in several)
        and any(each != {None} for each in several)
    )


def _remark(block: Block, product: int, repeating: Sequence[str]) -> Remark:
    titles = block.header.titles
    column = quoted(titles[product])
    once = [quoted(titles[block.header.fields[field]]) for field in repeating]
    message = (
        Text(
            "Clients have a row for each {column}: their amounts are added up, {once} counts once.",
            column=column,
            once=once,
        )
        if once
        else Text("Clients have a row for each {column}: their amounts are added up.", column=column)
    )
    return Remark(None, product, PRODUCT_ROWS, "note", message, None, _REMEDY)
