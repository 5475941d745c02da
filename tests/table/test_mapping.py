import openpyxl
import pytest

from kam_xl.table import read
from kam_xl.table.errors import MappingError
from kam_xl.table.interpretation import Given
from kam_xl.table.mapping import read_given


@pytest.fixture
def mapping(text_file):
    def write(text):
        return text_file("mapping.toml", text)

    return write


def refusal(path):
    with pytest.raises(MappingError) as caught:
        read_given(path)
    return str(caught.value).replace(str(path), path.name)


def test_own_headers_are_understood(mapping, text_file):
    table = text_file("debtors.csv", "Debitor;Umsatz;Beschaffung\nNord;5;10\n")
    path = mapping('client = "Debitor"\nrevenue = ["Erlös", "Umsatz"]\nprocurement_budget = "Beschaffung"\n')
    (client,) = read(table, mapping=path).clients()
    assert (client.client, client.revenue, client.procurement_budget) == ("Nord", 5, 10)


@pytest.mark.parametrize(("named", "warns"), [('client = "Client"', True), ('revenue = "Sales"', False)])
def test_returns_beside_the_revenue_are_no_doubt_where_the_reading_names_the_revenue(mapping, text_file, named, warns):
    table = text_file("returns.csv", "Client;Sales;Returns\nNord;500;10\n")
    found = [each.code for each in read(table, mapping=mapping(f"[columns]\n{named}\n")).findings]
    assert ("returns-beside" in found) == warns


def test_months_that_the_reading_names_are_the_revenue_as_they_stand(mapping, text_file):
    table = text_file("returns.csv", "Client;Jan 2025;Feb 2025;Returns\nNord;500;300;10\n")
    read_with = read(table, mapping=mapping('revenue = ["Jan 2025", "Feb 2025"]\n'))
    assert ("returns-beside" in [each.code for each in read_with.findings], read_with.clients()[0].revenue) == (
        False,
        800,
    )


def test_competitors_have_a_section_of_their_own(mapping):
    assert read_given(mapping('[competitors]\ncompetitor = "Rivale"')) == Given(competitors={"competitor": ("Rivale",)})


def test_an_unknown_field_is_told_with_the_one_that_is_meant(mapping):
    assert refusal(mapping('revenu = "X"')) == (
        "mapping.toml: the mapping file names an unknown field, got revenu. Perhaps revenue is meant."
    )


def test_several_unknown_fields_are_told_together(mapping):
    assert refusal(mapping('revenu = "X"\nclint = "Y"\nfoo = "Z"')) == (
        "mapping.toml: the mapping file names unknown fields: revenu, clint, foo. Perhaps meant: revenue, client."
    )


def test_a_letter_alone_names_a_column_where_no_header_is_called_so(mapping, text_file):
    table = text_file("debtors.csv", "C;Debitor;;Umsatz\nx;Nord;5;10\n")
    (client,) = read(table, mapping=mapping('client = "B"\nrevenue = "C"\nterritory = "D"\n')).clients()
    assert (client.client, client.revenue, client.territory) == ("Nord", None, "10")
    (client,) = read(table, mapping=mapping('client = "B"\nrevenue = { column = "C" }\n')).clients()
    assert client.revenue == 5


def test_headers_must_be_texts(mapping):
    assert refusal(mapping("revenue = 5")) == (
        "mapping.toml: the headers of revenue must be a text or a list of texts, got 5."
    )


def test_a_file_that_is_no_toml_is_told(mapping):
    assert "the mapping file is not valid TOML" in refusal(mapping("revenue = "))


def test_a_missing_mapping_file_is_told(tmp_path):
    assert "the mapping file cannot be read" in refusal(tmp_path / "no.toml")


def test_competitors_must_be_a_section(text_file):
    path = text_file("mapping.toml", "competitors = 5")
    with pytest.raises(MappingError, match="competitors must be a section of the reading file, got 5"):
        read_given(path)


def test_headers_that_the_table_lacks_are_told_with_the_nearest_and_one_of_several_is_enough(mapping, text_file):
    table = text_file("debtors.csv", "Client;Amount;Netto\nNord;5;10\n")
    path = mapping('[columns]\nclient = ["Kunde", "Client"]\nrevenue = "Neto"\nmargin = "Xyz"\n')
    with pytest.raises(MappingError) as caught:
        read(table, mapping=path)
    assert str(caught.value).replace(str(path), path.name) == (
        'mapping.toml: there is no column "Neto", perhaps "Netto", "Xyz". The table has: "Client", "Amount", "Netto".'
    )


def test_a_header_of_competitors_that_their_sheet_lacks_is_told(mapping, tmp_path):
    book = openpyxl.Workbook()
    for sheet, rows in (
        (book.active, [["Client", "Revenue", "Industry"], ["Nord", 5, "Steel"]]),
        (book.create_sheet("Competitors"), [["Client", "Competitor", "Umsatz"], ["Nord", "Rival", 7]]),
    ):
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(MappingError, match='there is no column "Umsaz", perhaps "Umsatz"'):
        read(tmp_path / "book.xlsx", mapping=mapping('[competitors]\nrevenue = "Umsaz"\n'))


def test_wrong_names_of_both_sections_are_told_at_once(mapping, tmp_path):
    with pytest.raises(MappingError, match=r"unknown fields: revnue, rival\. Perhaps"):
        read_given(mapping('[columns]\nrevnue = "Netto"\n[competitors]\nrival = "Rival"\n'))
    book = openpyxl.Workbook()
    book.active.append(["Client", "Netto", "Industry"])
    book.active.append(["Nord", 5, "Steel"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    wrong = mapping('[columns]\nrevenue = "Neto"\n[competitors]\nrevenue = "Umsaz"\n')
    with pytest.raises(MappingError, match='there is no column "Neto", perhaps "Netto", "Umsaz"'):
        read(path, mapping=wrong)
    sheet = book.create_sheet("Competitors")
    sheet.append(["Client", "Competitor", "Umsatz"])
    sheet.append(["Nord", "Rival", 7])
    book.save(path)
    with pytest.raises(MappingError) as caught:
        read(path, mapping=wrong)
    assert str(caught.value).endswith(
        'there is no column "Neto", perhaps "Netto", "Umsaz", perhaps "Umsatz". '
        'The tables have: "Client", "Netto", "Industry", "Client", "Competitor", "Umsatz".'
    )


def test_a_header_that_stands_nowhere_is_told_where_no_header_row_is_found_without_it(mapping, text_file):
    table = text_file("debtors.csv", "Debtor;Net value\nNord;5\n")
    with pytest.raises(MappingError, match='there is no column "Debitor", perhaps "Debtor"'):
        read(table, mapping=mapping('[columns]\nclient = "Debitor"\nrevenue = "Net value"\n'))
    with pytest.raises(MappingError, match='there is no column "Debitor", perhaps "Debtor", "Rival"'):
        read(table, mapping=mapping('[columns]\nclient = "Debitor"\n[competitors]\ncompetitor = "Rival"\n'))


def test_wrong_sheets_and_headers_are_told_at_once(mapping, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Q1"
    book.active.append(["Client", "Netto"])
    book.active.append(["Nord", 5])
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(MappingError) as caught:
        read(
            tmp_path / "book.xlsx", mapping=mapping('sheets = ["Q3"]\n[columns]\nclient = "Client"\nrevenue = "Neto"\n')
        )
    assert 'there is no sheet "Q3", and no column "Neto", perhaps "Netto". The workbook has: "Q1".' in str(caught.value)


def test_a_section_of_competitors_without_their_sheet_is_told(mapping, text_file):
    table = text_file("clients.csv", "Client;Revenue\nNord;5\n")
    with pytest.raises(MappingError, match="no sheet lists competitors"):
        read(table, mapping=mapping('[competitors]\ncompetitor = "Rival"\n'))


def test_months_that_are_named_add_up_to_the_revenue(mapping, text_file):
    path = text_file("clients.csv", "Client;Nov 2026;Dec 2026;Jan 2027\nNordwerk;10;20;5\nAlfa;1;2;50\n")
    given = mapping('kind = "clients"\n[columns]\nclient = "Client"\nrevenue = ["Nov 2026", "Dec 2026"]\n')
    table = read(path, mapping=given)
    assert (table.fields["revenue"], table.unit("revenue").year) == ([30.0, 3.0], 2026)
    again = text_file("again.toml", table.interpretation.toml())
    assert read(path, mapping=again).fields["revenue"] == [30.0, 3.0]
