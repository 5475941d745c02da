import pytest

from kam_xl.table import read
from kam_xl.table.errors import MappingError
from kam_xl.table.mapping import read_mapping


@pytest.fixture
def mapping(tmp_path):
    def write(text):
        path = tmp_path / "mapping.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def refusal(path):
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    return str(caught.value).replace(str(path), path.name)


def test_own_headers_are_understood(mapping, tmp_path):
    table = tmp_path / "debtors.csv"
    table.write_text("Debitor;Umsatz;Beschaffung\nNord;5;10\n", "utf-8")
    path = mapping('client = "Debitor"\nrevenue = ["Erlös", "Umsatz"]\nprocurement_budget = "Beschaffung"\n')
    (client,) = read(table, mapping=path).clients()
    assert (client.client, client.revenue, client.procurement_budget) == ("Nord", 5, 10)


def test_competitors_have_a_section_of_their_own(mapping):
    assert read_mapping(mapping('[competitors]\ncompetitor = "Rivale"')) == ({}, {"competitor": ("Rivale",)})


def test_an_unknown_field_is_told_with_the_one_that_is_meant(mapping):
    assert refusal(mapping('revenu = "X"')) == (
        "mapping.toml: the mapping file names an unknown field, got revenu. Perhaps revenue is meant."
    )


def test_headers_must_be_texts(mapping):
    assert refusal(mapping("revenue = 5")) == (
        "mapping.toml: the headers of revenue must be a text or a list of texts, got 5."
    )


def test_a_file_that_is_no_toml_is_told(mapping):
    assert "the mapping file is not valid TOML" in refusal(mapping("revenue = "))


def test_a_missing_mapping_file_is_told(tmp_path):
    assert "the mapping file cannot be read" in refusal(tmp_path / "no.toml")


def test_competitors_must_be_a_section(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text("competitors = 5", "utf-8")
    with pytest.raises(MappingError, match="competitors must be a section of the mapping file, got 5"):
        read_mapping(path)
