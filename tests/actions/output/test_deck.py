"""The review deck: what the plans say, on slides."""

import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from kam_xl import actions
from kam_xl.actions.output.deck import deck
from kam_xl.actions.output.pdf import NoPlansError
from kam_xl.actions.output.slide_drawing import INK, OVERDUE
from kam_xl.actions.output.slides import DeckTemplateError, presentation
from kam_xl.engines.values import Formula
from kam_xl.plan.account.formulas import FORMER
from kam_xl.plan.deck.slide_parts import PARTS, Lines, Paragraph, Slide
from tests.actions.teamwork import opened, type_into
from tests.tables import TODAY, write_table


def made(path, lang="en", template=None, only=(), today=TODAY):
    with opened(path) as book:
        return deck(book, actions.Options(lang=lang, today=today), template=template, only=only)


def texts(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def slide_of(content, title):
    found = Presentation(BytesIO(content)).slides
    return next(slide for slide in found if slide.shapes.title and slide.shapes.title.text_frame.text == title)


def test_a_slide_for_the_whole_and_one_for_each_key_account_by_rank(plans_xlsx):
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(BytesIO(made(plans_xlsx).content)).slides]
    assert titles[:5] == [
        "Key account review", "Portfolio", "Goals of the key accounts", "Ranking of the key accounts", "What changed",
    ]  # fmt: skip
    assert titles[5:] == ["1. Nordwerk", "2. Северсталь: Юг/Север", "3. =1+1", "4. Alfa"]


def test_an_account_s_slide_shows_what_people_typed_and_the_formulas_that_follow(plans_xlsx):
    type_into(
        plans_xlsx,
        {
            ("C01", "kam_goal[0]"): "Win the tender",
            ("C01", "kam_action_what[0]"): "Visit the plant",
            ("C01", "kam_action_who[0]"): "Eve",
            ("C01", "kam_action_when[0]"): datetime(2026, 4, 1),
            ("C01", "kam_budget[0]"): 1200.0,  # typed over: penetration follows, which no program has calculated since
        },
    )
    said = list(texts(slide_of(made(plans_xlsx).content, "1. Nordwerk")))
    assert {"Visit the plant", "Eve", "2026-04-01", "1,200", "50%"} <= set(said)
    assert any("Win the tender" in text for text in said)


def test_an_account_s_slide_gives_the_program_s_own_answers_beside_others(plans_xlsx):
    type_into(plans_xlsx, {("C01", "kam_position[0]"): "Weak", ("C01", "kam_horizon[0]"): 5})
    said = "\n".join(texts(slide_of(made(plans_xlsx).content, "1. Nordwerk")))
    assert "By the client table: Strong." in said
    assert re.search(r"Proposed: [\d,.]+ in 2028.", said)


@pytest.mark.parametrize(
    ("position", "title"),
    [
        ("Strong", "Our goal: keep the position Strong"),
        ("Weak", "Our goal: revenue of "),
        ("Medium", "Our goal: revenue of "),
    ],
)
def test_only_a_strong_position_is_one_to_keep(plans_xlsx, position, title):
    type_into(plans_xlsx, {("C01", name): position for name in ("kam_position[0]", "kam_target_position[0]")})
    said = "\n".join(texts(slide_of(made(plans_xlsx).content, "1. Nordwerk"))).replace('"', "")
    assert title in said
    assert ("keep the position" in said) == (position == "Strong")


def test_the_chart_of_an_account_is_native_and_shows_its_plan(plans_xlsx):
    slide = slide_of(made(plans_xlsx).content, "1. Nordwerk")
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    series = {each.name: list(each.values) for each in chart.plots[0].series}
    assert series["Revenue and goal"][0] == 600
    assert list(chart.plots[0].categories) == ["2025", "2026", "2027", "2028"]
    assert chart.value_axis.minimum_scale == 0


def test_goals_add_up_as_on_the_portfolio(plans_xlsx):
    with opened(plans_xlsx) as book:
        from kam_xl.actions.book.sheets import OurSheets

        expected = OurSheets(book).find("portfolio").cells("kam_total_goals")[:4]
    slide = slide_of(made(plans_xlsx).content, "Goals of the key accounts")
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == expected


def test_a_plan_that_is_older_than_the_table_is_named(plans_xlsx):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 500
        book.save()
    told = made(plans_xlsx, today=date(2026, 4, 2))
    assert [note.render("en")[:70] for note in told.notes] == [
        "Plans built from other figures than the client table has now: Nordwerk"
    ]
    said = list(texts(slide_of(told.content, "What changed")))
    assert {"Alarm", "Nordwerk", "600", "500"} <= set(said)


def test_a_table_without_plans_is_shown_with_what_a_build_would_propose(tmp_path):
    path = write_table(tmp_path / "clients.xlsx")
    told = made(path, lang="ru")
    note = told.notes[0].render("ru")
    assert note.startswith("Ключевые клиенты без плана показаны с тем, что предложило бы построение")
    assert "600" in texts(slide_of(told.content, "1. Nordwerk"))


def test_a_deck_of_a_part_of_a_year_says_so_where_positions_and_goals_stand(tmp_path):
    header = ["Client ID", "Client", "Jan 2026", "Feb 2026", "Procurement budget"]
    rows = [["C01", "Nordwerk", 50, 60, 900], ["C02", "Alfa", 10, 10, 900]]
    path = write_table(tmp_path / "clients.xlsx", rows, header, competitors=[])
    content = made(path).content
    for title in ("Portfolio", "Goals of the key accounts"):
        assert any("Revenue of 2 months of 2026 only" in text for text in texts(slide_of(content, title)))
    assert any("Period: 2 months of 2026" in text for text in texts(slide_of(content, "1. Nordwerk")))


def test_only_some_accounts_get_a_slide_and_others_than_key_accounts_are_refused(plans_xlsx):
    assert made(plans_xlsx, only=("C02",)).slides == 6
    with pytest.raises(NoPlansError, match="C05"):
        made(plans_xlsx, only=("C05",))


def test_nothing_is_written_into_the_workbook(plans_xlsx):
    before = Path(plans_xlsx).read_bytes()
    made(plans_xlsx)
    assert Path(plans_xlsx).read_bytes() == before


@pytest.fixture
def template(tmp_path):
    """Somebody's presentation, with a layout for accounts and a slide of its own."""
    theirs = Presentation()
    layout = theirs.slide_layouts[1]
    layout.name = "kam_account"
    title, body, *_ = layout.placeholders
    title.name, body.name = "kam_title", "kam_goal_revenue"
    theirs.slides.add_slide(theirs.slide_layouts[0])
    path = tmp_path / "theirs.pptx"
    theirs.save(path)
    return path


def test_placeholders_of_a_template_are_filled_by_name(plans_xlsx, template):
    content = made(plans_xlsx, template=template, only=("C01",)).content
    slide = list(Presentation(BytesIO(content)).slides)[-1]
    assert slide.slide_layout.name == "kam_account"
    assert list(texts(slide)) == ["1. Nordwerk", "700"]
    assert len(Presentation(BytesIO(content)).slides) == 6  # theirs is left out


def test_every_part_that_a_placeholder_may_name_is_said_on_some_slide(plans_xlsx, monkeypatch):
    drawn = []
    monkeypatch.setattr("kam_xl.actions.output.slides._draw", lambda made, slide: drawn.append(slide))
    made(plans_xlsx)
    said = {kind: {part for slide in drawn if slide.kind == kind for part in slide.parts} for kind in PARTS}
    quiet = {"changes": {"table"}}  # where nothing changed
    assert {kind: parts | quiet.get(kind, set()) for kind, parts in said.items()} == {
        kind: set(parts) for kind, parts in PARTS.items()
    }


def test_a_placeholder_that_nothing_is_known_for_is_refused_by_name(template, tmp_path):
    theirs = Presentation(template)
    list(theirs.slide_layouts.get_by_name("kam_account").placeholders)[1].name = "kam_gaol"
    theirs.save(tmp_path / "slip.pptx")
    with pytest.raises(DeckTemplateError, match="kam_gaol"):
        presentation([], tmp_path / "slip.pptx")


def test_what_is_no_presentation_is_refused(tmp_path):
    (tmp_path / "x.pptx").write_text("no")
    with pytest.raises(DeckTemplateError):
        presentation([], tmp_path / "x.pptx")


def test_a_long_text_gets_small_letters():
    text = Lines((Paragraph("word " * 400),))
    slide = Presentation(BytesIO(presentation([Slide("changes", "T", {"summary": text})]))).slides[0]
    (box,) = (shape for shape in slide.shapes if not shape.is_placeholder)
    assert box.text_frame.paragraphs[0].font.size.pt == 9


def test_a_next_step_that_is_overdue_is_red(plans_xlsx):
    steps = {"Late": datetime(2026, 2, 1), "Soon": datetime(2026, 4, 1)}
    for at, (what, when) in enumerate(steps.items()):
        type_into(plans_xlsx, {("C01", f"kam_action_what[{at}]"): what, ("C01", f"kam_action_when[{at}]"): when})
    slide = slide_of(made(plans_xlsx).content, "1. Nordwerk")
    rows = [row.cells for shape in slide.shapes if shape.has_table for row in shape.table.rows]
    days = {cells[0].text: cells[2].text_frame.paragraphs[0].font.color.rgb for cells in rows if cells[0].text in steps}
    assert {what: str(color) for what, color in days.items()} == {"Late": OVERDUE, "Soon": INK}


def test_a_fall_of_the_revenue_and_a_shortfall_against_the_plan_stand_on_the_slide(plans_xlsx):
    cells = {"period": "2026", "to_date": 200.0, "fact": 150.0}
    type_into(plans_xlsx, {("C01", f"kam_operational_{name}[0]"): value for name, value in cells.items()})
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 480
        book.save()
    said = list(texts(slide_of(made(plans_xlsx, today=date(2026, 4, 2)).content, "1. Nordwerk")))
    fell = "Revenue of the key account fell by 20%, from 600 to 480."
    assert any(f"{fell} 2026: 25% below the operational plan to date, 150 instead of 200." in text for text in said)


@pytest.mark.parametrize("formula", FORMER.values())
def test_a_formula_of_an_earlier_version_shows_what_that_of_today_says(plans_xlsx, formula):
    typed = {"kam_goal_revenue[0]": 950.0, "kam_goal_open[0]": Formula(formula, 100.0)}
    type_into(plans_xlsx, {("C01", name): value for name, value in typed.items()})
    assert "350" in list(texts(slide_of(made(plans_xlsx).content, "1. Nordwerk")))


def test_reasons_of_changes_are_cut_to_their_column(plans_xlsx, monkeypatch):
    monkeypatch.setattr("kam_xl.plan.deck.review._REASON", 40)
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 480
        book.save()
    slide = slide_of(made(plans_xlsx, today=date(2026, 4, 2)).content, "What changed")
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    reasons = {row.cells[2].text: row.cells[6].text for row in table.rows if row.cells[1].text == "Nordwerk"}
    assert reasons["Revenue"] == "the budget stayed at 1,000; our share …"


def test_of_two_key_accounts_with_one_id_only_that_of_the_plan_gets_a_slide(tmp_path):
    rows = [["C01", "Nord", "", "Ann", 500, 900, None, None], ["C01", "Nordwerk", "", "Ann", 600, 1000, None, None]]
    path = write_table(tmp_path / "clients.xlsx", rows, competitors=[])
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(BytesIO(made(path).content)).slides]
    assert titles[5:] == ["2. Nord"]
