"""A person's own plan template."""

import openpyxl
import pytest

from tests.tables import edited


@pytest.fixture
def template(run, tmp_path):
    path = tmp_path / "ours.xlsx"
    assert run("template", "export", "-o", path, "--lang", "en")[0] == 0
    return path


def change(path, edit):
    with edited(path) as book:
        edit(book["Plan template"])


def test_the_template_may_have_the_name_of_the_workbook(run, template, clients_xlsx, tmp_path):
    other = tmp_path / "styles" / clients_xlsx.name
    other.parent.mkdir()
    template.rename(other)
    assert run("plan", clients_xlsx, "--template", other, "-o", tmp_path / "plans.xlsx")[::2] == (0, "")
    assert "Nordwerk" in openpyxl.load_workbook(tmp_path / "plans.xlsx").sheetnames


def test_our_template_is_sound(run, template):
    assert run("template", "check", template, "--lang", "en")[:2] == (0, "All fields are there.\n")


def test_missing_and_misspelt_names_are_all_named(run, template):
    def edit(sheet):
        name = sheet.defined_names.pop("kam_revenue")
        name.name = "kam_revenu"
        sheet.defined_names.add(name)
        del sheet.defined_names["kam_goal"]

    change(template, edit)
    code, out, _ = run("template", "check", template, "--lang", "en")
    assert code == 1
    assert out.splitlines() == [
        "kam_revenu is not a field; did you mean kam_revenue?",
        'kam_revenue is missing: plans will not show "Revenue".',
        'kam_goal is missing: plans will not show "Our goal".',
    ]


def test_a_book_without_a_template_is_3(run, clients_xlsx):
    code, _, err = run("template", "check", clients_xlsx, "--lang", "en")
    assert (code, err.count("\n")) == (3, 1)


def test_plans_are_made_from_the_person_s_own_template(run, template, clients_xlsx, tmp_path):
    def edit(sheet):
        sheet["J1"] = "Our company"

    change(template, edit)
    assert run("plan", clients_xlsx, "--template", template, "--lang", "en")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "clients-plans.xlsx")
    assert (book["Nordwerk"]["J1"].value, book["Plan template"]["J1"].value) == ("Our company", "Our company")


def test_a_template_without_some_fields_makes_plans_without_them(run, template, clients_xlsx, tmp_path):
    def edit(sheet):
        del sheet.defined_names["kam_goal"]
        del sheet.defined_names["kam_revenue_share"]

    change(template, edit)
    assert run("plan", clients_xlsx, "--template", template, "--lang", "en")[0] == 0
    assert "Nordwerk" in openpyxl.load_workbook(tmp_path / "clients-plans.xlsx").sheetnames
    assert run("plan", tmp_path / "clients-plans.xlsx", "--lang", "en")[0] == 0


def test_a_template_for_a_workbook_that_has_one_is_refused_with_the_way(run, template, clients_xlsx):
    plans = clients_xlsx.with_name("clients-plans.xlsx")
    assert run("plan", clients_xlsx, "-o", plans)[0] == 0
    before = plans.read_bytes()
    code, _, err = run("plan", plans, "--template", template, "--lang", "en")
    assert (code, plans.read_bytes()) == (2, before)
    assert "the workbook has a plan template of its own" in err
