"""The functions behind the real `xlwings.udfs`, as far as it goes without Excel: see `excel_server`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).with_name("excel_server.py")
UDFS = Path(__file__).parents[2] / "udfs"
OMITTED, DIV0 = {"omitted": True}, {"error": -2146826281}


def excel(*calls):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SERVER)],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(UDFS)},
        check=False,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def functions():
    return excel()["functions"]


def test_cells_and_columns_arrive_and_return():
    table = [["Client", "Revenue"], ["Alfa", 3], ["Beta", None]]
    assert excel(
        ["KAM_PENETRATION", [30, 120]],
        ["KAM_PENETRATION", [[[30], [None], [DIV0], ["x"]], 120]],
        ["KAM_POSITION", [0.5, OMITTED, OMITTED, "ru"]],
        ["KAM_TRAJECTORY", [100, 0.1, 0.2, 2, None, OMITTED, OMITTED]],
        ["KAM_CLASSIFY", [table, OMITTED, "en"]],
        ["KAM_EXPLAIN", [table, "Alfa", OMITTED, "en"]],
        ["KAM_EXPLAIN", [table, "Gamma", OMITTED, "en"]],
    )["answers"] == [
        [[0.25]],
        [[0.25], ["#N/A"], ["#DIV/0!"], ["#VALUE!"]],
        [["Сильная"]],
        [[0, 100, 0.1, 10, ""], [1, 100, pytest.approx(0.15), pytest.approx(15), ""], [2, 100, 0.2, 20, ""]],
        [
            ["Criteria met", "Rank", "Above the limit", "Position", "Potential", "Strategy", "Status"],
            ["Revenue", 1, "", "", "", "", "Actual"],
            ["", "", "", "", "", "", ""],
        ],
        [
            ["Revenue: 100% of all revenue (3 of 3) is more than 10%."],
            ["Actual account: 100% of all revenue (3 of 3) is at least 1%."],
        ],
        [["#N/A"]],
    ]


def test_the_whole_set_is_registered(functions):
    names = "CLASSIFY COMPETITOR_SHARE EXPLAIN HEADROOM HHI PENETRATION POSITION POTENTIAL REVENUE_SHARE STRATEGY"
    assert [each["name"] for each in functions] == [
        f"KAM_{name}" for name in [*names.split(), "TOP_SHARE", "TRAJECTORY"]
    ]
    assert {each["category"] for each in functions} == {"KAM"}


def test_texts_fit_the_function_wizard(functions):
    for each in functions:
        texts = [each["text"], *each["arguments"].values()]
        assert all(0 < len(text) <= 255 and "\n" not in text for text in texts), each["name"]
        assert len(",".join(each["arguments"])) < 254


def test_every_argument_is_described(functions):
    undescribed = [
        each["name"] for each in functions if any("Positional" in text for text in each["arguments"].values())
    ]
    assert not undescribed


def test_no_annotation_becomes_a_converter(functions):
    assert {converter for each in functions for converter in each["converters"]} == {None}
