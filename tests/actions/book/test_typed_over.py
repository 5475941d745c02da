"""One rule for every user of the record: what people typed stays, whatever stands there and whoever would write it."""

from dataclasses import replace

import pytest

from kam_xl.actions.book.cell_contents import contents_of
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.engines.values import Formula, put
from kam_xl.plan.fields import OurSheet
from tests.actions.imports.test_deals import VALVES, imported
from tests.actions.teamwork import opened

PLACES = {
    "plan": (OurSheet.PLAN, "kam_revenue"),
    "formula": (OurSheet.PLAN, "kam_penetration"),
    "proposal": (OurSheet.PLAN, "kam_target_penetration"),
    "deal": (OurSheet.PLAN, "kam_opportunity_amount"),
    "report": (OurSheet.PORTFOLIO, "kam_kpi_revenue"),
    "list": (OurSheet.KEY_ACCOUNTS, "kam_col_revenue"),
}
STYLE = "0.0000"


def cells(book):
    """User of the record to a cell that it writes."""
    sheets = OurSheets(book)
    found = {}
    for user, (kind, name) in PLACES.items():
        sheet = sheets.plans["C01"][0] if kind == OurSheet.PLAN else sheets.find(kind)
        # The name of a column of the list stands for its header: the first row below is Nordwerk's.
        found[user] = sheet[name].offset(1, 0) if user == "list" else sheet[name][0, 0]
    return found


def held(book):
    return {user: contents_of(cell)[0][0] for user, cell in cells(book).items()}


def typed(value):
    return lambda cell: put(cell, [[value]])


def as_it_was(cell):
    """A formula of a person's own that shows what the program wrote."""
    shows = float(cell.value)
    put(cell, [[Formula(f"={shows}+0", shows)]])


def restyled(cell):
    cell.number_format = STYLE


@pytest.fixture
def rebuilt(build, plans_xlsx):
    """Change every cell in the same way, import a deal, build with other figures; gives before, after and report."""

    def rebuilt(change):
        imported(plans_xlsx, VALVES)
        with opened(plans_xlsx) as book:
            book.sheets["Clients"]["E2"].value = 700
            before = held(book)
            for cell in cells(book).values():
                change(cell)
            typed_now = held(book)
            book.save()
        deals = imported(plans_xlsx, replace(VALVES, amount=900.0))
        report = build(plans_xlsx, plans_xlsx)
        with opened(plans_xlsx) as book:
            addresses = {
                user: f"{cell.sheet.name}!{cell.address}".replace("$", "") for user, cell in cells(book).items()
            }
            kept = {user for user, place in addresses.items() if place in [*deals.kept, *report.kept]}
            rebuilt.styles = {cell.number_format for cell in cells(book).values()}
            return before, typed_now, held(book), kept

    return rebuilt


FRESH = {"plan": 700.0, "deal": 900.0, "report": 907.0, "list": 700.0}


@pytest.mark.parametrize("change", [lambda cell: None, restyled], ids=["untouched", "restyled"])
def test_a_cell_as_the_program_left_it_follows_the_figures(rebuilt, change):
    before, _, after, kept = rebuilt(change)
    formula = Formula(before["formula"].text, 0.7)
    assert (after, kept) == (before | FRESH | {"formula": formula}, set())
    assert (rebuilt.styles == {STYLE}) == (change is restyled)


def test_a_cleared_cell_is_filled_again_but_for_a_proposal(rebuilt):
    before, _, after, kept = rebuilt(typed(None))
    formula = Formula(before["formula"].text, 0.7)
    assert (after, kept) == (FRESH | {"formula": formula, "proposal": None}, set())


@pytest.mark.parametrize(
    "change",
    [typed(77.0), typed("about 70"), typed(Formula("=7*11", 77.0)), typed(Formula('=""', "")), as_it_was],
    ids=["number", "words", "formula", "formula that shows nothing", "formula that shows the same"],
)
def test_what_a_person_typed_stays(rebuilt, change):
    _, now, after, kept = rebuilt(change)
    assert after == now
    # Formulas of a plan may be improved on, and proposals are people's: neither is reported.
    assert kept >= PLACES.keys() - {"formula", "proposal"}


def test_a_formula_that_shows_nothing_keeps_a_proposal_out_for_good(build, plans_xlsx):
    """The first build had nothing to propose there: no record says that the cell was ever filled."""
    with opened(plans_xlsx) as book:
        put(OurSheets(book).plans["C01"][0]["kam_competitor_strengths"][1, 0], [[Formula('=""', "")]])
        sheet = book.sheets["Competitors"]
        sheet["A5"].value = [["C01", "Newcomer", 100, "speed", None, None]]
        book.save()
    build(plans_xlsx, plans_xlsx)
    with opened(plans_xlsx) as book:
        plan = OurSheets(book).plans["C01"][0]
        assert plan["kam_competitor_name"].value[:2] == ["Rival", "Newcomer"]
        assert contents_of(plan["kam_competitor_strengths"])[1][0].text == '=""'
