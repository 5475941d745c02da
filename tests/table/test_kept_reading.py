"""A reading comes back from a workbook's record as it was given."""

from dataclasses import fields

import pytest

from kam_xl.locale import Text
from kam_xl.table.errors import MappingError
from kam_xl.table.grid import Grid, SingleGrid
from kam_xl.table.interpretation import Given
from kam_xl.table.kept_reading import given_of, refusing_unfit, text_of

GIVEN = {
    "kind": "clients",
    "sheets": ("Clients", "More"),
    "table": "Clients",
    "header_rows": (2, 3),
    "decimal": ",",
    "day_first": False,
    "currency": "EUR",
    "columns": {"revenue": ("Net sales", "2025"), "client": ("Name",)},
    "letters": {"client_id": "A"},
    "competitors": {"Rival": ("Rival, kEUR",)},
    "titles": {"client_id": "No."},
    "history": {"2024": "Sales 2024"},
    "groups": ("territory", "manager"),
    "skip": {"rows": (5, 6.0), "client": ("Sundry",)},
}


@pytest.mark.parametrize("name", [field.name for field in fields(Given) if field.name not in ("file", "encoding")])
def test_every_field_comes_back(name):
    given = Given(**{name: GIVEN[name]})
    assert given_of(text_of(given)) == given


def test_all_fields_come_back_together_without_the_file():
    given = Given(**GIVEN, file="reading.toml", encoding="cp1251")
    assert given_of(text_of(given)) == Given(**GIVEN)
    assert "reading.toml" not in text_of(given)


@pytest.mark.parametrize("first", [None, Text('Available: "Name".')])
def test_a_reading_that_does_not_fit_says_what_the_error_says_and_how_to_drop_it(first):
    source = SingleGrid("plans.xlsx", Grid("Clients", []))
    with pytest.raises(MappingError) as error, refusing_unfit(source):
        raise MappingError(Text("there is no column"), remedy=first)
    remedy = error.value.remedy.render("en")
    assert remedy.startswith('Available: "Name". The workbook is read by' if first else "The workbook is read by")
    assert remedy.endswith("kam-xl refresh WORKBOOK --forget-reading.")
    assert error.value.where == "plans.xlsx"
