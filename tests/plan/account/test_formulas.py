"""The native formulas: they name declared fields only, and a spreadsheet program gets our values from them."""

import math
import re
import shutil
import subprocess
from datetime import date, datetime
from itertools import product, zip_longest

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from kam_xl.plan.account.formulas import FORMULAS, Computed, link
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.account.values import serial, with_formulas
from kam_xl.plan.fields import Kind

BASE = {
    "kam_revenue": 120.0,
    "kam_margin": 30.0,
    "kam_budget": 1000.0,
    "kam_competitor_total": 400.0,
    "kam_competitor_revenue": [300.0, None, 100.0, "unknown", 0.0, None, None, None],
    "kam_target_penetration": 0.4,
    "kam_horizon": 3,
    "kam_budget_growth": 0.05,
    "kam_path": "Linear",
    "kam_margin_rate": 0.25,
    "kam_trajectory_plan": [110.0, 150.0, None, None, None, None],
    "kam_operational_to_date": [110.0, 30.0, 0.0, None, -5.0, "much", None],
    "kam_operational_fact": [120.0, 20.0, 5.0, 7.0, 1.0, 1.0, None],
    "kam_base_year": 2025,
    "kam_year_start": 1,
    "kam_goal_floor": [None] * 6,
    "kam_stale_text": "Figures were typed over",
    "kam_was_revenue": 120.0,
    "kam_was_budget": 1000.0,
    "kam_was_competitors": 400.0,
    "kam_position": "Weak",
    "kam_was_position": "weak",
    "kam_position_own": "By the client table: Weak.",
    "kam_potential": "High",
    "kam_was_potential": None,
    "kam_potential_own": "By the client table: not rated.",
    "kam_goal_own": "Proposed: 463 in 2028.",
    "kam_was_goal": 1000 * 1.05**3 * 0.4,
    "kam_was_goal_year": 2028,
    "kam_competitor_name": ["Alfa", None, 7, "Beta", None, None, None, None],
    "kam_opportunity_amount": [100.0, 50.0, 40.0, 30.0, "much", 10.0, *[None] * 6],
    "kam_opportunity_probability": [0.5, 0.2, 1.0, 0.5, 0.5, 40.0, *[None] * 6],
    "kam_opportunity_when": [datetime(2026, 12, 31), datetime(2027, 1, 1), datetime(2026, 1, 1), None, *[None] * 8],
    "kam_opportunity_stage": ["Proposal", None, "Won", "Lead", *[None] * 8],
    "kam_action_what": ["Later", "Done", "First", None, "Some day", 5, *[None] * 6],
    "kam_action_who": ["Ann", "Ben", None, "Cleo", "Dan", *[None] * 7],
    "kam_action_when": [datetime(2026, 5, 2), datetime(2026, 1, 1), datetime(2026, 4, 1), None, "soon", *[None] * 7],
    "kam_action_state": ["Planned", "выполнено", None, None, "In progress", *[None] * 7],
}
CHANGES = [
    {},
    {"kam_path": "S-shaped", "kam_horizon": 5},
    {"kam_path": "S-образный", "kam_horizon": 2},
    {"kam_path": "s-SHAPED", "kam_horizon": 4.5},
    {"kam_path": None, "kam_budget_growth": None, "kam_margin_rate": None},
    {"kam_horizon": None},
    {"kam_horizon": 7},
    {"kam_horizon": -1},
    {"kam_horizon": "three", "kam_budget_growth": "some", "kam_margin_rate": "?"},
    {"kam_budget": None},
    {"kam_budget": 0.0},
    {"kam_budget": 0.0, "kam_revenue": 0.0, "kam_competitor_total": 0.0},
    {"kam_budget": -5.0},
    {"kam_budget": "unknown"},
    {"kam_revenue": None, "kam_margin": None},
    {"kam_revenue": 0.0},
    {"kam_revenue": -10.0},
    {"kam_revenue": 1500.0},
    {"kam_target_penetration": None},
    {"kam_target_penetration": "40 %"},
    {"kam_target_penetration": 40.0},
    {"kam_target_penetration": -0.1},
    {"kam_target_penetration": 1.0},
    {"kam_competitor_total": -1.0, "kam_competitor_revenue": [-1.0] + [None] * 7},
    {"kam_budget_growth": -0.5},
    {"kam_budget_growth": 10.0},
    {"kam_budget_growth": 1e200},
    {"kam_trajectory_plan": [None, "much", 0.0, 900.0, 1.0, 1.0]},
    {"kam_trajectory_plan": [None] * 6},
    {"kam_trajectory_plan": [None] * 6, "kam_goal_floor": [120.0, *[None] * 5], "kam_budget": None},
    {
        "kam_trajectory_plan": [100.0, -5.0, None, -7.0, None, None],
        "kam_goal_floor": ["much", None, 120.0, None, 90.0, None],
        "kam_horizon": 5,
    },
    {"kam_goal_floor": [500.0, 400.0, 600.0, None, None, None]},
    {"kam_goal_floor": [None, 700.0, 700.0, 800.0, None, None]},
    {"kam_margin_rate": 25.0},
    {"kam_margin_rate": -1.0},
    {"kam_base_year": None},
    {"kam_base_year": 1899},
    {"kam_base_year": 9001},
    {"kam_base_year": "2025"},
    {"kam_base_year": 2024.9, "kam_year_start": 4},
    {"kam_year_start": 99},
    {"kam_base_year": None, "kam_year_start": 7},
    {"kam_year_start": "April"},
    {"kam_was_revenue": 121.0},
    {"kam_position": "Strong", "kam_was_goal": 463.05, "kam_potential": None},
    {"kam_was_goal": 463.06, "kam_position": None},
    {"kam_was_goal": None},
    {"kam_was_goal_year": "2028/29", "kam_year_start": 4},
    {"kam_was_goal_year": 2029},
    {"kam_was_budget": None},
    {"kam_competitor_total": 0.0, "kam_was_competitors": None},
    {"kam_revenue": "Much", "kam_was_revenue": "much"},
    {"kam_opportunity_amount": [None] * 12},
    {"kam_opportunity_stage": ["Lost", "Проиграна", "won", "x", *[None] * 8]},
    {"kam_action_what": [None] * 12},
    {"kam_action_when": [datetime(2026, 5, 2)] * 12, "kam_action_what": [f"Step {row}" for row in range(12)]},
]


TYPED = [
    {"kam_penetration": [0.5]},
    {"kam_penetration": ["half"]},
    {"kam_trajectory_year": [2030]},
    {"kam_trajectory_year": [None, None, None, None, 2031]},
    {"kam_trajectory_year": [None, None, "later"]},
    {"kam_trajectory_year": [None, None, 2040]},
    {"kam_trajectory_label": [None, "first"]},
    {"kam_trajectory_budget": [None, 2000.0, "much", None]},
    {"kam_trajectory_revenue": [None, 900.0, None, 50.0]},
    {"kam_trajectory_revenue": [5.0, "5 million", None, "5 million"]},
    {"kam_trajectory_penetration": [None, 0.9]},
    {"kam_trajectory_weighted": [None, 5.0, None, "some"]},
    {"kam_trajectory_secured": [50.0, None, 70.0]},
    {"kam_trajectory_secured": [None, None, "much"]},
    {"kam_trajectory_gap": [None, None, None, 3.0]},
    {"kam_trajectory_gap": [None, None, None, "closed"]},
    {"kam_opportunity_weighted": [None, 500.0, 7.0, "much"]},
    {"kam_action_order": [None, 5.0, None, "first", 46144.001]},
    {"kam_goal_revenue": [500.0]},
    {"kam_goal_revenue": ["5 million"]},
    {"kam_goal_year": [2029]},
    {"kam_goal_secured": [300.0], "kam_goal_revenue": [500.0], "kam_goal_weighted": ["much"]},
    {"kam_operational_deviation": [5.0, "much"]},
]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_belongs_to_a_computed_field_with_one_text_per_row(name):
    field, formula = PLAN_FIELDS[name], FORMULAS[name]
    assert field.kind is Kind.COMPUTED
    assert (1 if isinstance(formula, str) else len(formula)) == field.rows


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_names_declared_fields_and_no_cell(name):
    formula = FORMULAS[name]
    for text in [formula] if isinstance(formula, str) else formula:
        code = re.sub(r'"[^"]*"', '""', text)
        assert set(re.findall(r"kam_\w+", code)) <= set(PLAN_FIELDS)
        assert not re.findall(r"\$?\b[A-Z]{1,3}\$?\d+\b", code)
        assert ";" not in code


def test_a_link_doubles_the_quotes_of_sheet_and_text():
    assert link("Bob's", 'the "plan"', "D7") == Computed('=HYPERLINK("#\'Bob\'\'s\'!D7","the ""plan""")', 'the "plan"')


def test_a_link_keeps_to_excels_255_characters_of_a_literal():
    assert link("S", "x" * 300).formula == '=HYPERLINK("#\'S\'!A1","' + "x" * 255 + '")'


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_spreadsheet_program_calculates_the_values_that_we_cache(tmp_path):
    cases = [(BASE | change, typed) for change, typed in [*product(CHANGES, [{}]), *product(CHANGES[:3], TYPED)]]
    seen = recalculated([sheet_cells(case, typed) for case, typed in cases], tmp_path)
    for (case, typed), cells in zip(cases, seen, strict=True):
        ours = {name: over(column(value), typed.get(name, ())) for name, value in with_formulas(case, typed).items()}
        assert {name: cells[name] for name in ours} == approximately(ours), (case, typed)


def over(column, typed):
    """A column with what was typed over it."""
    return [value if own is None else own for value, own in zip_longest(column, typed)]


def column(value):
    """The values; days as the numbers that cells of no date format show."""
    values = [each.value for each in value] if isinstance(value, list) else [value.value]
    return [serial(each) if isinstance(each, date) else each for each in values]


def approximately(values):
    return {
        name: [
            pytest.approx(each, rel=1e-12, abs=1e-15) if isinstance(each, float) and math.isfinite(each) else each
            for each in column
        ]
        for name, column in values.items()
    }


def sheet_cells(case, typed):
    """Field name -> what stands in its cells before a calculation."""
    cells = {name: value if isinstance(value, list) else [value] for name, value in case.items()}
    formulas = {name: [text] if isinstance(text, str) else text for name, text in FORMULAS.items()}
    return cells | {name: over(texts, typed.get(name, ())) for name, texts in formulas.items()}


def recalculated(sheets, folder):
    """The same cells after LibreOffice has calculated them."""
    book = Workbook()
    book.remove(book.active)
    for number, cells in enumerate(sheets):
        sheet = book.create_sheet(f"Case {number}")
        for place, (name, values) in enumerate(cells.items(), start=1):
            letter = get_column_letter(place)
            refers_to = f"'{sheet.title}'!${letter}$1:${letter}${len(values)}"
            sheet.defined_names.add(DefinedName(name, attr_text=refers_to))
            for row, value in enumerate(values, start=1):
                sheet.cell(row, place, value)
    book.save(folder / "in.xlsx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")),
            str(folder / "in.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    done = load_workbook(folder / "out" / "in.xlsx", data_only=True)
    return [
        {
            name: [shown(done.worksheets[number].cell(row, place).value) for row in range(1, len(values) + 1)]
            for place, (name, values) in enumerate(cells.items(), start=1)
        }
        for number, cells in enumerate(sheets)
    ]


def shown(value):
    """What a cell shows; LibreOffice gives a cell of no format that of a day where its formula looks at one."""
    return serial(value) if isinstance(value, date) else "" if value is None else value
