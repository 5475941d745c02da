"""What the refusal of a ledger proposes to write into a reading file: the columns that look like what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.ledger.columns.evidence import Sample, is_code, is_date, is_number
from kam_xl.locale import Text
from kam_xl.table.headers.proposals import all_numbers, like_money
from kam_xl.table.values.cells import Cell, quoted

DEALS = Text("Open deals go into the plans instead: kam-xl import opportunities FILE --into WORKBOOK")
"""What to do with a list of deals of which none was won."""

LISTED = Text("If each client has one row, this is a client table already: kam-xl plan FILE")
"""What to do with a file without dates."""


def proposed(missing: Sequence[str], titles: Sequence[str], rows: Sequence[Sequence[Cell]], used: set[int]) -> str:
    """The lines of a reading file that name the missing fields; blank where no column looks like any of them.

    >>> rows = [["15.01.2025", "Alfa", 7.5], ["16.01.2025", "Nord", 9.0]]
    >>> print(proposed(["date", "amount"], ["When", "Who", "How much"], rows, {1}))
        [columns]
        date = "When"
        amount = "How much"
    """
    sample = Sample(rows)
    free = [at for at, title in enumerate(titles) if title and at not in used]
    dates = [at for at in free if sample.mostly(at, is_date) and not all_numbers(sample.cells(at))]
    others = [at for at in free if at not in dates]
    columns = {"date": dates[0]} if dates else {}
    codes = [at for at in others if sample.mostly(at, is_code) and sample.mostly(at, lambda cell: str(cell)[:1] == "0")]
    texts = [
        at for at in others if sample.cells(at) and not sample.mostly(at, is_code) and not sample.mostly(at, is_number)
    ]
    numbers = [at for at in others if at not in codes and all_numbers(sample.cells(at))]
    columns |= {"client": texts[0], "supplier": texts[-1]} if texts else {}
    columns |= {"amount": max(numbers, key=lambda at: like_money(all_numbers(sample.cells(at))))} if numbers else {}
    lines = [f"    {name} = {quoted(titles[columns[name]])}" for name in missing if name in columns]
    return "\n".join(["    [columns]", *lines]) if lines else ""


def how_to_name(
    missing: Sequence[str], titles: Sequence[str], rows: Sequence[Sequence[Cell]], used: set[int], shown: Sequence[str]
) -> Text:
    """How to name the missing columns, with the lines to write where some look like them; `shown` are the headers."""
    if example := proposed(missing, titles, rows, used):
        return Text(
            "The headers are: {titles}. Say which columns are meant in a file reading.toml, and give it with --reading "
            "reading.toml:\n{example}",
            titles=shown,
            example=example,
        )
    return Text("Name their headers in the recipe, in the section [columns]. The headers are: {titles}.", titles=shown)
