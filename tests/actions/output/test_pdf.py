"""Plans as PDF files: which, where, and nothing else in them."""

import shutil
import subprocess
import sys

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.output import pdf
from kam_xl.actions.output.pdf import NoPlansError, export_pdf
from kam_xl.actions.output.places import PlaceError
from kam_xl.engines import printing
from kam_xl.engines.printing import PrintError
from tests.tables import CLIENTS, write_table


@pytest.fixture
def plans(built_xlsx, opened, clients_xlsx):
    """A workbook with four plans, open."""
    return opened(shutil.copy(built_xlsx, clients_xlsx))


@pytest.fixture
def printer(monkeypatch):
    """Instead of LibreOffice: notes which sheets each copy shows, and "prints" their names."""
    shown = []

    def to_pdf(paths, folder, region):
        made = []
        for path in paths:
            app = xw.engines["file"].apps.add()
            sheets = app.books.open(path).sheets
            shown.append([sheet.name for sheet in sheets if sheet.visible])
            made.append(folder / f"{path.stem}.pdf")
            made[-1].write_text(repr(shown[-1]))
            app.quit()
        return made

    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    return shown


def test_each_plan_alone_goes_into_a_file_of_its_name_beside_the_workbook(plans, printer, tmp_path):
    made = export_pdf(plans)
    assert sorted(path.name for path in made) == sorted(
        ["Nordwerk.pdf", "Alfa.pdf", "Северсталь- Юг-Север.pdf", "=1+1.pdf"]
    )
    assert {path.parent for path in made} == {tmp_path / "clients-pdf"}
    assert [path.read_text() for path in made] == [repr([path.stem]) for path in made]


def test_all_plans_together_in_one_file(plans, printer, tmp_path):
    assert export_pdf(plans, one_file=True, folder=tmp_path / "mail") == [tmp_path / "mail" / "clients.pdf"]
    assert len(printer) == 1
    assert sorted(printer[0]) == sorted(["Nordwerk", "Alfa", "Северсталь- Юг-Север", "=1+1"])


def test_one_page_prints_the_first_page_and_leaves_the_workbook_as_it_is(plans, monkeypatch):
    areas = []

    def to_pdf(files, folder, region=""):
        for path in files:
            app = xw.engines["file"].apps.add()
            names = app.books.open(path).sheets["Alfa"].names
            areas.extend(name.refers_to for name in names if name.name.endswith("_xlnm.Print_Area"))
            app.quit()
        return [path.with_suffix(".pdf") for path in files if not path.with_suffix(".pdf").write_text("")]

    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    last = plans.sheets["Alfa"].names["kam_unfilled"].refers_to_range.row
    whole = plans.sheets["Alfa"].names["_xlnm.Print_Area"]
    whole.refers_to = whole.refers_to.replace("$G$", "$H$")  # somebody has added a column
    for one_page in (True, False):
        export_pdf(plans, only=["C02"], one_page=one_page)
    assert areas[0] == f"=Alfa!$A$1:$H${last}"
    assert areas[1] not in (areas[0], "")


@pytest.mark.parametrize("only", [["C02"], ["alfa"]])
def test_one_plan_by_id_or_sheet(plans, printer, only):
    assert [path.name for path in export_pdf(plans, only=only)] == ["Alfa.pdf"]


def test_the_workbook_itself_is_not_changed(plans, printer, clients_xlsx):
    before = clients_xlsx.read_bytes()
    export_pdf(plans)
    assert clients_xlsx.read_bytes() == before
    assert all(sheet.visible for sheet in plans.sheets if sheet.name != "KAM record")


def test_a_plan_that_speaks_of_another_is_printed_too(plans, printer):
    plans.sheets["Alfa"]["A1"].formula = "=Nordwerk!$A$1"
    assert len(export_pdf(plans)) == 4


def test_files_of_an_earlier_export_are_replaced(plans, printer, tmp_path):
    (tmp_path / "clients-pdf").mkdir()
    (tmp_path / "clients-pdf" / "Alfa.pdf").write_text("old")
    export_pdf(plans)
    assert (tmp_path / "clients-pdf" / "Alfa.pdf").read_text() == "['Alfa']"


def test_a_workbook_without_plans_and_a_client_without_one_are_told(opened, plans, printer, tmp_path):
    with pytest.raises(NoPlansError, match="the workbook has no plans yet"):
        export_pdf(opened(write_table(tmp_path / "none.xlsx")))
    with pytest.raises(NoPlansError, match="there is no such plan, got C05"):
        export_pdf(plans, only=["C01", "C05"])


def test_a_file_in_the_folder_s_place_is_told(plans, printer, tmp_path):
    (tmp_path / "clients-pdf").write_text("")
    with pytest.raises(PlaceError, match="a file is in the place of the folder"):
        export_pdf(plans)


def test_without_libreoffice_it_says_what_to_install(plans, monkeypatch):
    monkeypatch.setattr(printing, "office_binary", lambda: None)
    with pytest.raises(PrintError, match="Install LibreOffice Calc"):
        export_pdf(plans)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script of a shell")
def test_a_libreoffice_that_makes_nothing_is_told_with_its_words(plans, monkeypatch, tmp_path, text_file):
    fake = text_file("soffice", "#!/bin/sh\necho no space left >&2\n")
    fake.chmod(0o755)
    monkeypatch.setattr(printing, "office_binary", lambda: fake)
    with pytest.raises(PrintError, match="no space left"):
        export_pdf(plans)
    assert not (tmp_path / "clients-pdf").exists()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice") or not shutil.which("pdftotext"), reason="LibreOffice is not here")
def test_libreoffice_prints_the_plan_s_pages_and_no_others(build, opened, tmp_path):
    path = write_table(tmp_path / "Ключевые клиенты.xlsx", CLIENTS[:3])
    build(path, path, lang="ru")
    made = export_pdf(opened(path), only=["C01", "C03"])
    assert sorted(file.name for file in made) == ["Nordwerk.pdf", "Северсталь- Юг-Север.pdf"]
    for file in made:
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        assert "стр. 1 из 3" in text
        assert "Проверка данных" not in text
        assert ("60,0%" in text.replace(" ", "")) == (file.stem == "Nordwerk")  # as Russians write it
        assert ("Nordwerk" in text) == (file.stem == "Nordwerk")
