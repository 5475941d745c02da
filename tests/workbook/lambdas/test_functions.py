"""The formulas of the workbook without macros answer what the Python functions answer."""

from __future__ import annotations

from itertools import chain
from math import isclose
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kam_xl.functions import FUNCTIONS
from lambdas.functions import LEFT_OUT
from tests.workbook.lambdas.random_calls import python, random_call

pytest.importorskip("ironcalc", reason="ironcalc calculates the formulas")
from tests.workbook.lambdas.engine import calculated

WHOLE_TABLE = ("KAM_TABLE", "KAM_IS_KEY")  # have tests of their own
MADE = [name for name in FUNCTIONS if name not in (*LEFT_OUT, *WHOLE_TABLE)]


@pytest.fixture(autouse=True)
def spoken_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no language is given Python takes the system's, a workbook its own: here both are English."""
    monkeypatch.setattr("kam_xl.functions.options.default_language", lambda: "en")


def same(answer: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        pairs = zip(chain.from_iterable(answer), chain.from_iterable(wanted), strict=True)
        return all(same(one, other) for one, other in pairs)
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return isinstance(answer, float) and isclose(answer, wanted, rel_tol=1e-9, abs_tol=1e-12)
    return bool(answer == ("" if wanted is None else wanted))


def differences(name: str, number: int, folder: Path) -> list[str]:
    random = Random(f"{name} {number}")  # noqa: S311 (the same calls each time)
    calls = [random_call(name, random) for _ in range(number)]
    found = []
    for call, answer in zip(calls, calculated(calls, folder), strict=True):
        wanted = python(name, call.arguments)
        if not same(answer, wanted):
            found.append(f"{call}: {answer}, Python {wanted}")
    return found


@pytest.mark.parametrize("name", MADE)
def test_a_formula_answers_what_python_answers(name: str, tmp_path: Path) -> None:
    assert differences(name, 150, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_a_formula_answers_what_python_answers_in_thousands_of_cases(name: str, tmp_path: Path) -> None:
    assert differences(name, 3000, tmp_path) == []
