"""Clients from elsewhere: by id, nothing erased, nothing half-written, known before it is done."""

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.table import Table, TableFormula

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.book.lists import NoRoomError
from kam_xl.actions.imports import plan
from kam_xl.actions.imports.clients import import_table
from kam_xl.actions.imports.incoming import ImportRefusedError, incoming
from kam_xl.actions.imports.money_basis import PeriodsDifferError, UnitsDifferError, VatDiffersError
from kam_xl.actions.imports.plan import AmbiguousClientError
from kam_xl.actions.imports.report import import_lines
from kam_xl.engines.values import Formula, put
from kam_xl.table import read
from kam_xl.table.basis import basis_of_title
from kam_xl.table.errors import FileUnreadableError
from tests.tables import CLIENTS, HEADER, edited, write_table


@pytest.fixture
def take(text_file, clients_xlsx):
    """Import a csv text into the workbook; returns the report and the rows of the client table afterwards."""
    app = xw.engines["file"].apps.add()

    def take(text, path=clients_xlsx, **options):
        source = text_file("new.csv", text)
        book = app.books.open(path)
        try:
            report = import_table(book, incoming(read(source)), **options)
            book.save()
        finally:
            book.close()
        sheet = next(sheet for sheet in openpyxl.load_workbook(path) if sheet.title in ("Clients", "Клиенты"))
        return report, [list(row) for row in sheet.values]

    yield take
    app.quit()


def changed(rows):
    """The rows that differ from the table as it was."""
    return [row for row, old in zip(rows[1:], CLIENTS, strict=False) if row != old] + rows[1 + len(CLIENTS) :]


def test_known_clients_are_updated_by_id_and_new_ones_added(take):
    report, rows = take("Client ID;Client;Revenue\nC02;Alfa;15\nC09;New;7\n")
    assert changed(rows) == [
        ["C02", "Alfa", "Telecom", "Bob", 15, 900, None, None],
        ["C09", "New", None, None, 7, None, None, None],
    ]
    assert (report.updated, report.added, report.unchanged, report.absent) == (1, [("C09", "New")], 0, 5)


def test_what_was_written_is_taken_back_even_where_one_step_back_fails(clients_xlsx, text_file, monkeypatch):
    source = text_file("new.csv", "Client ID;Client;Revenue;Notes\nC01;Nordwerk;1;one\nC02;Alfa;2;two\n")
    book = xw.engines["file"].apps.add().books.open(clients_xlsx)
    before = book.sheets["Clients"].used_range.value
    calls = []

    def failing(cells, rows):
        calls.append(cells.address)
        if len(calls) in (2, 3):  # the second run of cells, and its way back
            raise OSError("the program went away")
        put(cells, rows)

    monkeypatch.setattr(plan, "put", failing)
    with pytest.raises(OSError, match="went away"):
        import_table(book, incoming(read(source)))
    assert len(calls) == 4
    assert book.sheets["Clients"].used_range.value == before


def test_a_blank_erases_nothing(take):
    report, rows = take("Client ID;Client;Revenue;Manager;Notes\nC01;Nordwerk;;;\n")
    assert changed(rows) == []
    assert report.is_empty


def test_what_says_the_same_is_not_written(take):
    report, rows = take("Код клиента;Клиент;Выручка;Референс\nC03;Северсталь: Юг/Север;100;да\nC01;Nordwerk;600,0;\n")
    assert changed(rows) == []
    assert report.unchanged == 2


def test_columns_are_found_by_what_they_mean_and_words_written_in_the_table_s_language(take, tmp_path):
    path = write_table(tmp_path / "ru.xlsx", [["1", "Альфа", 5, None]], ["Код клиента", "Клиент", "Выручка", "Позиция"])
    _, rows = take("ID;Name;Sales;Position\n1;Альфа;6;strong\n", path)
    assert rows[1] == ["1", "Альфа", 6, "Сильная"]


def test_own_columns_meet_by_their_headers_and_others_are_named(take):
    report, rows = take("Client ID;Client;notes;Rating\nC05;Small;call;A\n")
    assert changed(rows) == [["C05", "Small", "Energy", "Ann", 5, 20, None, "call"]]
    assert report.left_out == ["Rating"]


def test_a_column_that_the_table_lacks_is_named_by_its_header(take, tmp_path):
    path = write_table(tmp_path / "few.xlsx", [["1", "A", 5]], ["ID", "Client", "Revenue"], None)
    report, _ = take("ID;Client;Revenue;Key account manager\n1;A;6;Ann\n", path)
    assert report.left_out == ["Key account manager"]


def test_fields_that_the_table_lacks_are_offered_and_become_columns_where_wanted(take, tmp_path):
    path = write_table(tmp_path / "few.xlsx", [["1", "A", 5], ["2", "B", 7]], ["ID", "Client", "Revenue, EUR"], None)
    text = "ID;Client;Procurement budget incl. VAT, EUR;Key account manager;Rating\n2;B;6;Ann;A\n3;C;8;Bo;B\n"
    report, rows = take(text, path)
    assert report.addable == ["Procurement budget incl. VAT, EUR", "Key account manager"]
    assert "use --add-columns" in " ".join(import_lines(report, "en"))
    assert len(rows[0]) == 3
    report, rows = take(text, path, adds_columns=True)
    assert rows == [
        ["ID", "Client", "Revenue, EUR", "Procurement budget incl. VAT, EUR", "Key account manager"],
        ["1", "A", 5, None, None],
        ["2", "B", 7, 6, "Ann"],
        ["3", "C", None, 8, "Bo"],
    ]
    assert (report.added_columns, report.addable, report.left_out, report.unsaid) == (rows[0][3:], [], ["Rating"], [])


def test_an_excel_table_grows_by_the_columns_that_are_added(take, tmp_path):
    path = write_table(tmp_path / "few.xlsx", [["1", "A", 5]], ["ID", "Client", "Revenue"], None)
    with edited(path) as book:
        book["Clients"].add_table(Table(displayName="Sold", ref="A1:C2"))
    take("ID;Client;Budget\n1;A;6\n2;B;7\n", path, adds_columns=True)
    table = openpyxl.load_workbook(path)["Clients"].tables["Sold"]
    assert (table.ref, table.column_names) == ("A1:D3", ["ID", "Client", "Revenue", "Budget"])


def test_no_column_is_added_over_what_stands_beside_the_table(take, tmp_path):
    path = write_table(tmp_path / "few.xlsx", [["1", "A", 5]], ["ID", "Client", "Revenue"], None)
    with edited(path) as book:
        book["Clients"]["D2"] = "my note"
    before = path.read_bytes()
    with pytest.raises(NoRoomError, match="grows by 1 column"):
        take("ID;Client;Budget\n1;A;6\n", path, adds_columns=True)
    assert path.read_bytes() == before


def test_a_source_without_ids_knows_clients_by_name(take):
    _, rows = take("Client;Revenue\nALFA;11\n")
    assert changed(rows) == [["C02", "Alfa", "Telecom", "Bob", 11, 900, None, None]]


def test_a_new_client_that_is_called_like_a_known_one_is_pointed_out(take):
    report, _ = take("Client ID;Client;Revenue\nX1;Tiny;3\n")
    assert report.alike == ["Tiny"]


def test_a_new_client_that_is_spelt_like_a_known_one_is_pointed_out(take):
    report, _ = take("Client;Revenue\nLLC Alfa;3\nOther;1\n")
    assert 'may be existing ones, spelt differently: "LLC Alfa" – "Alfa" (C02).' in " ".join(import_lines(report, "en"))


def test_an_id_that_lost_its_leading_zeros_is_pointed_out(take, tmp_path):
    path = write_table(tmp_path / "zeros.xlsx", [["0277", "A", 5]], ["ID", "Client", "Revenue"], None)
    report, _ = take("ID;Client;Revenue\n277;Alfa;6\n", path)
    assert "in leading zeros only, which spreadsheet programs drop: 277 – 0277." in " ".join(import_lines(report, "en"))


def test_a_cell_with_a_formula_stays_and_is_named(take, clients_xlsx):
    with edited(clients_xlsx) as book:
        book["Clients"]["E2"] = "=500+100"
    report, rows = take("Client ID;Client;Revenue;Manager\nC01;Nordwerk;700;Zoe\n")
    assert rows[1][3:5] == ["Zoe", "=500+100"]
    assert report.computed == ["Clients!E2"]


def test_values_of_formulas_in_changed_rows_are_not_kept_stale(take, clients_xlsx):
    with edited(clients_xlsx) as book:
        book["Clients"]["I1"] = "Double"
    app = xw.engines["file"].apps.add()
    cells = app.books.open(clients_xlsx)
    put(cells.sheets["Clients"]["I2"], [[Formula("=E2*2", 1200)], [Formula("=E3*2", 20)]])
    cells.save()
    take("Client ID;Client;Revenue\nC01;Nordwerk;650\n")
    sheet = openpyxl.load_workbook(clients_xlsx, data_only=True)["Clients"]
    assert (sheet["I2"].value, sheet["I3"].value) == (None, 20)
    assert openpyxl.load_workbook(clients_xlsx)["Clients"]["I2"].value == "=E2*2"


def test_a_name_that_begins_with_an_equals_sign_is_text(take, clients_xlsx):
    take('Client ID;Client;Revenue\nC77;"=HYPERLINK(1)";1\n')
    cell = openpyxl.load_workbook(clients_xlsx)["Clients"]["B8"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_ids_that_are_numbers_stay_numbers(take, tmp_path):
    path = write_table(tmp_path / "numbers.xlsx", [[101, "A", 1], [102, "B", 2]], ["ID", "Client", "Revenue"], None)
    _, rows = take("ID;Client;Revenue\n101;A;5\n103;C;3\n0104;D;4\n", path)
    assert rows[1:] == [[101, "A", 5], [102, "B", 2], [103, "C", 3], ["0104", "D", 4]]


def test_an_excel_table_grows_with_its_formulas_and_formats(take, clients_xlsx):
    with edited(clients_xlsx) as book:
        sheet = book["Clients"]
        sheet["I1"] = "Double"
        for row in range(2, 8):
            sheet.cell(row, 9, f"=E{row}*2")
            sheet.cell(row, 5).number_format = "#,##0"
        table = Table(displayName="T", ref="A1:I7")
        table._initialise_columns()
        table.tableColumns[8].name = "Double"
        for column, cell in zip(table.tableColumns, sheet[1], strict=True):
            column.name = cell.value
        table.tableColumns[8].calculatedColumnFormula = TableFormula(attr_text="T[[#This Row],[Revenue]]*2")
        sheet.add_table(table)
    take("Client ID;Client;Revenue\nC08;New;7\nC09;Newer;8\n")
    sheet = openpyxl.load_workbook(clients_xlsx)["Clients"]
    assert sheet.tables["T"].ref == "A1:I9"
    assert [(sheet.cell(row, 5).value, sheet.cell(row, 5).number_format) for row in (8, 9)] == [
        (7, "#,##0"),
        (8, "#,##0"),
    ]
    assert all("*2" in sheet.cell(row, 9).value for row in (8, 9))


def test_plain_rows_continue_the_formulas_and_formats_above(take, clients_xlsx):
    with edited(clients_xlsx) as book:
        sheet = book["Clients"]
        sheet["I1"] = "Double"
        for row in range(2, 8):
            sheet.cell(row, 9, f"=E{row}*2")
            sheet.cell(row, 5).number_format = "#,##0"
    take("Client ID;Client;Revenue\nC08;New;7\n")
    sheet = openpyxl.load_workbook(clients_xlsx)["Clients"]
    assert (sheet["E8"].value, sheet["E8"].number_format, sheet["I8"].value) == (7, "#,##0", "=E8*2")


@pytest.mark.parametrize(("header", "value"), [("Revenue, kEUR", 0.6), ("Revenue, EUR", 600)])
def test_amounts_are_brought_to_the_unit_of_the_column(take, tmp_path, header, value):
    path = write_table(tmp_path / "unit.xlsx", [["1", "A", 5]], ["ID", "Client", header], None)
    assert take("ID;Client;Revenue, EUR\n1;A;600\n", path)[1][1] == ["1", "A", value]


@pytest.mark.parametrize("source", ["Revenue", "Revenue, USD"])
def test_amounts_in_units_that_may_differ_are_refused(take, tmp_path, source):
    path = write_table(tmp_path / "unit.xlsx", [["1", "A", 5]], ["ID", "Client", "Revenue, kEUR"], None)
    before = path.read_bytes()
    with pytest.raises(UnitsDifferError, match="Revenue, kEUR"):
        take(f"ID;Client;{source}\n1;A;600\n", path)
    assert path.read_bytes() == before


def test_amounts_with_and_without_vat_are_refused(take, tmp_path):
    path = write_table(tmp_path / "vat.xlsx", [["1", "A", 5]], ["ID", "Client", "Revenue excl. VAT"], None)
    with pytest.raises(
        VatDiffersError, match=r'"Revenue incl. VAT" of new.csv with VAT, "Revenue excl. VAT" on the sheet'
    ):
        take("ID;Client;Revenue incl. VAT\n1;A;600\n", path)


@pytest.mark.parametrize(
    ("source", "wanted", "silent"),
    [
        ("Revenue, kEUR", "Revenue", 'for "Revenue" on the sheet "Clients", such as'),
        ("Revenue", "Revenue, kEUR", 'for "Revenue" of new.csv, such as'),
    ],
)
def test_the_header_that_names_no_unit_is_told(take, tmp_path, source, wanted, silent):
    path = write_table(tmp_path / "unit.xlsx", [["1", "A", 5]], ["ID", "Client", wanted], None)
    with pytest.raises(UnitsDifferError, match=silent):
        take(f"ID;Client;{source}\n1;A;600\n", path)


@pytest.mark.parametrize(
    ("source", "wanted", "told"),
    [
        ("Revenue incl. VAT", "Revenue", '"Revenue incl. VAT" of new.csv: with VAT; "Revenue" on the sheet'),
        ("Revenue", "Revenue, EUR", 'Check: "Revenue, EUR" on the sheet "Clients": EUR; "Revenue" of new.csv: not'),
    ],
)
def test_a_basis_that_only_one_side_names_is_told(take, tmp_path, source, wanted, told):
    path = write_table(tmp_path / "basis.xlsx", [["1", "A", 5]], ["ID", "Client", wanted], None)
    report, _ = take(f"ID;Client;{source}\n1;A;600\n", path)
    assert told in " ".join(import_lines(report, "en"))


@pytest.mark.parametrize(("title", "value"), [("Sales, kEUR", 0.6), ("Sales", 600)])
def test_the_unit_above_a_table_is_that_of_its_columns(take, tmp_path, title, value):
    rows = [["ID", "Client", "Revenue"], ["1", "A", 5]]
    path = write_table(tmp_path / "unit.xlsx", rows, [title, None, None], None)
    assert take("ID;Client;Revenue, EUR\n1;A;600\n", path)[1][2] == ["1", "A", value]


def test_plain_amounts_are_not_written_below_a_title_in_thousands(take, tmp_path):
    path = write_table(tmp_path / "unit.xlsx", [["ID", "Client", "Revenue"], ["1", "A", 5]], ["In kEUR"], None)
    with pytest.raises(UnitsDifferError, match="Revenue"):
        take("ID;Client;Revenue\n1;A;600\n", path)


def sold(tmp_path, header="Revenue", amount=None, *, beside="Procurement budget"):
    """A workbook with one client, whose revenue is blank or known."""
    return write_table(tmp_path / "sold.xlsx", [["1", "A", amount, None]], ["ID", "Client", header, beside], None)


@pytest.mark.parametrize(
    ("source", "header"),
    [
        ("Revenue Jan-Oct 2026, excl. VAT", "Revenue, 10 months of 2026, excl. VAT"),
        ("Revenue 2026, EUR incl. VAT", "Revenue, 2026, EUR, incl. VAT"),
        ("Revenue YTD 2026", "Revenue, YTD 2026"),
        ("Revenue YTD Jan 2026", "Revenue, 1 month of 2026"),
        ("Revenue FY26", "Revenue, FY2026"),
        ("Revenue, 10 months", "Revenue, 10 months"),
    ],
)
def test_the_header_of_a_column_without_figures_takes_over_what_the_file_says(take, tmp_path, source, header):
    report, rows = take(f"ID;Client;{source}\n1;A;600\n", sold(tmp_path))
    assert rows[0][2] == header
    assert (report.titles, report.unsaid) == ({"Revenue": header}, [])
    assert basis_of_title(header) == basis_of_title(source)


@pytest.mark.parametrize(
    "source", ["Выручка январь-октябрь 2026 без НДС", "Выручка с начала года, 2026", "Выручка 2026"]
)
def test_a_header_that_takes_something_over_is_read_again_as_it_was_meant(take, tmp_path, source):
    path = write_table(tmp_path / "ru.xlsx", [["1", "А", None]], ["Код клиента", "Клиент", "Выручка"], None)
    _, rows = take(f"Код клиента;Клиент;{source}\n1;А;600\n", path)
    assert basis_of_title(rows[0][2]) == basis_of_title(source)


def test_period_and_vat_above_the_table_of_the_file_go_into_the_header(take, tmp_path):
    text = "Sales by client, Jan - Oct 2026, excl. VAT\n\nID;Client;Jan 2026;Oct 2026;Revenue\n1;A;1;599;600\n"
    _, rows = take(text, sold(tmp_path))
    assert basis_of_title(rows[0][2])[1:] == (2, "net")  # these months count, whatever the title says


def test_amounts_of_an_empty_table_are_in_whole_units(take, tmp_path):
    _, rows = take("ID;Client;Revenue, kEUR\n1;A;600\n", sold(tmp_path))
    assert (rows[0][2], rows[1][2]) == ("Revenue, EUR", 600000)


def test_a_header_above_figures_stays_and_what_the_file_says_is_told(take, tmp_path):
    report, rows = take("ID;Client;Revenue Jan-Oct 2026\n1;A;700\n", sold(tmp_path, amount=600))
    assert rows[0][2] == "Revenue"
    assert '"Revenue Jan-Oct 2026" of new.csv: 10 months of 2026; "Revenue" on' in " ".join(import_lines(report, "en"))


def test_more_months_of_the_same_year_replace_all_figures_and_the_number_in_the_header(take, tmp_path):
    _, rows = take("ID;Client;Revenue Jan-Nov 2026\n1;A;700\n", sold(tmp_path, "Revenue, 10 months of 2026", 600))
    assert (rows[0][2], rows[1][2]) == ("Revenue, 11 months of 2026", 700)


@pytest.mark.parametrize("header", ["Revenue Jan-Oct 2026", "Revenue, 10 months of 2026"])
def test_figures_of_different_parts_of_a_year_are_never_mixed(take, tmp_path, header):
    path = write_table(tmp_path / "two.xlsx", [["1", "A", 600], ["2", "B", 5]], ["ID", "Client", header], None)
    with pytest.raises(PeriodsDifferError, match="for 11 months, but the column"):
        take("ID;Client;Revenue Jan-Nov 2026\n1;A;700\n", path)


def test_all_bad_rows_are_told_at_once_and_nothing_is_written(take, clients_xlsx):
    before = clients_xlsx.read_bytes()
    with pytest.raises(ImportRefusedError) as refused:
        take("Client ID;Client;Revenue;Reference\nC01;Nordwerk;много;\nC02;Alfa;5;maybe\nC02;Alfa;6;\nC03;x;7;\n")
    assert sorted(finding.code for finding in refused.value.findings) == [
        "duplicate-id",
        "not-a-number",
        "unknown-mark",
    ]
    assert "3 cells cannot be imported" in str(refused.value)
    assert clients_xlsx.read_bytes() == before


def test_a_budget_that_cannot_be_read_is_unknown_and_leaves_what_stands_there(take):
    report, rows = take("Client ID;Client;Revenue;Procurement budget\nC01;Nordwerk;650;to be checked\nC02;Alfa;5;900\n")
    assert [(row[4], row[5]) for row in rows[1:3]] == [(650, 1000), (5, 900)]
    assert [text.split()[-1] for text in report.passed] == ['checked"']
    assert any("Cells that cannot be read change nothing: " in line for line in import_lines(report, "en"))


def test_budgets_that_are_ranges_reach_the_columns_of_bounds_or_are_named(take, tmp_path):
    header = ["ID", "Client", "Revenue", "Budget", "Budget low", "Budget high"]
    path = write_table(tmp_path / "bounds.xlsx", [["1", "A", 5, None, None, None]], header, None)
    report, rows = take("ID;Client;Potential\n1;A;5-7 m\n", path)
    assert (rows[1][3:], report.left_out) == ([None, 5e6, 7e6], [])
    path = write_table(tmp_path / "none.xlsx", [["1", "A", 5, None]], header[:4], None)
    assert take("ID;Client;Potential\n1;A;5-7 m\n", path)[0].left_out == ["Budget, low", "Budget, high"]


def test_a_word_that_is_not_known_is_refused_with_those_that_are(take):
    with pytest.raises(ImportRefusedError, match=r"not a word known here\. Use one of: High, Medium, Low\."):
        take("Client ID;Client;Position;Potential\nC01;N;Strong;Huge\nC02;A;Weak;High\nC03;B;Weak;Low\n")


def test_many_bad_cells_are_counted(take):
    rows = "".join(f"Z{number};n{number};{'x' if number < 40 else 5}\n" for number in range(90))
    with pytest.raises(ImportRefusedError, match=r"40 cells cannot be imported\. .*And 28 more\."):
        take(f"Client ID;Client;Revenue\n{rows}")


def test_a_new_client_without_a_name_is_refused_a_known_one_is_not(take):
    with pytest.raises(ImportRefusedError):
        take("Client ID;Client;Revenue\nC01;;650\nC99;;5\n")
    assert changed(take("Client ID;Client;Revenue\nC01;;650\n")[1])[0][:5] == ["C01", "Nordwerk", "Energy", "Ann", 650]


def test_a_client_that_stands_in_the_table_twice_is_refused(take, tmp_path):
    path = write_table(tmp_path / "twice.xlsx", [*CLIENTS, ["C01", "Other", None, None, 1, None, None, None]])
    with pytest.raises(AmbiguousClientError, match="Clients!A2, Clients!A8"):
        take("Client ID;Client;Revenue\nC01;Nordwerk;650\n", path)


def test_a_total_below_plain_rows_leaves_no_room(take, tmp_path):
    total = ["Total", None, None, None, "=SUM(E2:E7)", None, None, None]
    path = write_table(tmp_path / "total.xlsx", [*CLIENTS, total])
    with pytest.raises(NoRoomError, match="Insert 1 empty row there"):
        take("Client ID;Client;Revenue\nC09;New;7\n", path)


def test_empty_rows_above_a_total_are_filled(take, tmp_path):
    total = ["Total", None, None, None, "=SUM(E2:E8)", None, None, None]
    path = write_table(tmp_path / "total.xlsx", [*CLIENTS, [None] * 8, total])
    _, rows = take("Client ID;Client;Revenue\nC09;New;7\n", path)
    assert [row[:5] for row in rows[7:]] == [["C09", "New", None, None, 7], total[:5]]


def test_an_empty_table_is_filled_from_its_first_row(take, tmp_path):
    path = write_table(tmp_path / "empty.xlsx", [], HEADER, None)
    _, rows = take("Client ID;Client;Revenue\nC01;Nordwerk;650\nC02;Alfa;5\n", path)
    assert [row[:5] for row in rows[1:]] == [["C01", "Nordwerk", None, None, 650], ["C02", "Alfa", None, None, 5]]


def test_nothing_is_written_before_it_is_confirmed(take):
    seen = []
    report, rows = take(
        "Client ID;Client;Revenue\nC01;Nordwerk;650\n", confirm=lambda report: bool(seen.append(report))
    )
    assert (report, changed(rows)) == (None, [])
    assert [(each.client, each.title, each.old, each.new) for each in seen[0].changes] == [
        ("Nordwerk", "Revenue", 600, 650)
    ]


def test_what_fails_half_way_is_taken_back(take, monkeypatch):
    real = plan.put
    calls = []

    def failing(cells, rows):
        calls.append(cells)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(cells, rows)

    monkeypatch.setattr(plan, "put", failing)
    text = "Client ID;Client;Revenue;Manager\nC01;Nordwerk;650;Zoe\nC03;x;1;Zoe\nC09;New;7;Zoe\n"
    with pytest.raises(KeyboardInterrupt):
        take(text, confirm=lambda report: True)
    assert [cells.value for cells in calls] == ["Ann", "Ann", 600, 600, "Ann", "Ann"]


def test_the_report_tells_the_first_changes_and_counts_the_others(take):
    text = "Client ID;Client;Revenue;Manager\nC01;Nordwerk;650;Zoe\nC09;New;7;Zoe\n"
    report, _ = take(text)
    assert import_lines(report, "en", cells=1) == [
        "new.csv: 1 changed, 1 new, 0 unchanged. Not in it, and kept: 5.",
        "Nordwerk: Revenue 600 → 650",
        "and 1 cell more",
        "New: New",
    ]


def test_a_file_that_is_no_table_is_refused(take):
    with pytest.raises(FileUnreadableError):
        take("")


def test_of_names_that_differ_in_letter_case_the_exact_one_is_updated_and_another_spelling_is_refused(take, tmp_path):
    twin = ["C98", "NORDWERK", None, None, 1, None, None, None]
    path = write_table(tmp_path / "twins.xlsx", [*CLIENTS, twin])
    assert changed(take("Client;Revenue\nNORDWERK;9\n", path)[1]) == [[*twin[:4], 9, *twin[5:]]]
    with pytest.raises(AmbiguousClientError, match="Clients!B2, Clients!B8"):
        take("Client;Revenue\nnordwerk;7\n", path)


GROUPS = [
    ["Client ID", "Client", "Revenue", "Budget"],
    ["1", "Alfa", 10, 50],
    ["2", "Beta", 20, 60],
    [None, "Total", 30, "=SUM(D2:D3)"],
    [None, None, None, None],
]


def table_of_totals(path):
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in GROUPS:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("figures", "stale"),
    [("10;50", []), ("15;50", ["Clients!C4"]), ("10;55", [])],  # the total of the budgets is a formula
)
def test_typed_totals_that_will_not_fit_are_named_before_anything_is_written(take, tmp_path, figures, stale):
    path = table_of_totals(tmp_path / "totals.xlsx")
    report, _ = take(f"Client ID;Client;Revenue;Budget\n1;Alfa;{figures}\n", path)
    assert report.stale == stale
    said = "Totals that were typed and will not fit the new figures; correct them or make them formulas: Clients!C4"
    assert (said in import_lines(report, "en")) == bool(stale)


@pytest.mark.parametrize(
    ("titles", "source"),
    [("Revenue", "100 USD"), ("Revenue;Currency", "100;USD"), ("Revenue, USD", "100")],
)
@pytest.mark.parametrize(("wanted", "of"), [("Revenue, EUR", 5), ("Revenue", "5 EUR")])
def test_amounts_in_another_currency_are_refused_wherever_it_is_named(take, tmp_path, titles, source, wanted, of):
    path = write_table(tmp_path / "euros.xlsx", [["1", "A", of]], ["ID", "Client", wanted], None)
    with pytest.raises(UnitsDifferError) as refused:
        take(f"ID;Client;{titles}\n1;A;{source}\n", path)
    assert "Bring the amounts of the file to the unit and currency" in str(refused.value)


def test_amounts_in_the_currency_of_the_cells_are_taken_without_a_question(take, tmp_path):
    path = write_table(tmp_path / "euros.xlsx", [["1", "A", "5 EUR"]], ["ID", "Client", "Revenue"], None)
    report, rows = take("ID;Client;Revenue\n1;A;100 EUR\n", path)
    assert (rows[1], list(report.unsaid)) == (["1", "A", 100], [])


@pytest.mark.parametrize("title", ["Parent company", "Share of wallet", "Phone", "Contract no", "Quantity"])
def test_columns_that_are_no_field_meet_by_their_headers_whatever_they_are_called(take, tmp_path, title):
    path = write_table(tmp_path / "own.xlsx", [["1", "A", 5, "25%"]], ["ID", "Client", "Revenue", title], None)
    report, rows = take(f"ID;Client;Revenue;{title}\n1;A;5;30%\n", path)
    assert (rows[1], report.left_out) == (["1", "A", 5, "30%"], [])


def test_a_number_of_a_text_file_is_a_number_among_numbers_and_a_text_among_texts(take, tmp_path):
    header = ["ID", "Client", "Revenue", "Employees", "Phone"]
    path = write_table(tmp_path / "own.xlsx", [["1", "A", 5, 70, "0123"]], header, None)
    _, rows = take("ID;Client;Revenue;Employees;Phone\n1;A;5;80;456\n2;B;6;90;789\n", path)
    assert rows[1:] == [["1", "A", 5, 80, "456"], ["2", "B", 6, 90, "789"]]
