"""KAM_TABLE and KAM_IS_KEY as formulas: they answer what Python answers, or #VALUE! where they cannot read a table."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from drawing.key_accounts.columns import FIELDS
from kam_xl.domain.model import Labelled
from kam_xl.table import read
from kam_xl.table.headers.choose import client_matcher
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.words.matching import unit_of
from tests.workbook.lambdas.random_tables import OTHER_TITLES, plain_table, table_answer, table_call, wild_table
from tests.workbook.lambdas.test_functions import same, spoken_english

pytest.importorskip("ironcalc", reason="ironcalc calculates the formulas")
from tests.workbook.lambdas.engine import Call, calculated

__all__ = ["spoken_english"]
EXAMPLES = Path(__file__).parents[3] / "examples"


def refused(answer: Any) -> bool:
    cells = chain.from_iterable(answer) if isinstance(answer, list) else [answer]
    return set(map(str, cells)) == {"#VALUE!"}


def asked(make: Any, number: int, folder: Path) -> tuple[list[str], int]:
    """What differs, and how many were refused although Python reads them."""
    random = Random(f"{make.__name__} {number}")  # noqa: S311 (the same tables each time)
    calls = [table_call(make(random), random) for _ in range(number)]
    differing, refusals = [], 0
    for call, answer in zip(calls, calculated(calls, folder), strict=True):
        wanted = table_answer(call)
        if same(answer, wanted):
            continue
        refusals += refused(answer)
        if not refused(answer):
            differing.append(f"{call}: {answer}, Python {wanted}")
    return differing, refusals


def test_a_plain_table_is_answered_as_python_answers(tmp_path: Path) -> None:
    assert asked(plain_table, 60, tmp_path) == ([], 0)


def test_any_table_is_answered_as_python_answers_or_refused(tmp_path: Path) -> None:
    differing, refusals = asked(wild_table, 60, tmp_path)
    assert differing == []
    assert refusals < 45


@pytest.mark.slow
def test_plain_tables_by_the_thousand(tmp_path: Path) -> None:
    assert asked(plain_table, 1500, tmp_path) == ([], 0)


@pytest.mark.slow
def test_tables_of_all_kinds_by_the_thousand(tmp_path: Path) -> None:
    differing, refusals = asked(wild_table, 1500, tmp_path)
    assert differing == []
    assert refusals < 1100


def test_a_title_that_means_something_to_python_is_never_passed_over(tmp_path: Path) -> None:
    """One that formulas do not know for sure is refused: what stands below it would count in Python."""
    fields = calculated([Call("kam_field", title) for title in OTHER_TITLES], tmp_path)
    for title, field in zip(OTHER_TITLES, fields, strict=True):
        match = client_matcher().match(title)
        wanted = {"unsure", match.field, "harmless", "instead"} if match else {"", "unsure"}
        assert field in ({"unsure"} if (unit_of(title).scale or 1.0) > 1 else wanted), title
        if heading_of(title) and not match:
            assert field == "unsure", title


@pytest.mark.parametrize("name", ["clients_en.xlsx", "clients_ru.xlsx"])
def test_the_examples_are_answered_as_python_answers(name: str, tmp_path: Path) -> None:
    assert_answered(EXAMPLES / name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clients_public_it_2019", "clients_wide_800"])
def test_a_table_of_a_file_is_answered_as_python_answers(name: str, shared: Path, tmp_path: Path) -> None:
    assert_answered(shared / "data" / f"{name}.xlsx", tmp_path)


def assert_answered(path: Path, folder: Path) -> None:
    """A table that is typed as the sheet Clients has it: under its own titles, amounts as numbers."""
    table = read(path)
    columns = {FIELDS[field].title.render("en"): cells for field, cells in table.fields.items() if field in FIELDS}
    grid = [list(columns), *([typed(cell) for cell in line] for line in zip(*columns.values(), strict=True))]
    call = Call("KAM_TABLE", grid, "rank, criteria_codes, position, potential, strategy, goal", shape=(len(grid), 6))
    answer = calculated([call], folder)[0]
    assert same(answer, table_answer(call))
    assert sum(line[0] != "" for line in answer[1:]) > 5


def typed(cell: Any) -> Any:
    """A cell as people type it; dates are of no matter to the answers."""
    if isinstance(cell, Labelled):
        return cell.label.render("ru")
    return cell if isinstance(cell, (int, float, str)) else ""
