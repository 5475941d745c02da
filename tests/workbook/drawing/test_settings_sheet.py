"""The settings sheet: every setting, blank, with its default and meaning."""

from drawing.style import PAD
from kam_xl.domain.model import PathShape
from kam_xl.domain.settings import Settings
from tests.workbook.drawing.cells import area, cells


def column(sheet, name):
    return [cell.value for cell in cells(sheet, name)]


def test_each_setting_is_listed_blank_with_its_title_and_meaning(sheets, lang):
    sheet, listed = sheets["settings"], Settings().listed()
    assert column(sheet, "kam_setting_title") == [setting.title.render(lang) for setting in listed]
    assert column(sheet, "kam_setting_name") == [setting.name for setting in listed]
    assert column(sheet, "kam_setting_value") == [None] * len(listed)
    assert column(sheet, "kam_setting_meaning") == [setting.meaning.render(lang) for setting in listed]


def test_the_defaults_stand_beside_in_their_own_formats(sheets):
    rows = {name.value: value.offset(column=1) for name, value in pairs(sheets["settings"])}
    shown = {name: (rows[name].value, rows[name].number_format) for name in ("abc_a", "horizon_years", "currency")}
    assert shown == {
        "abc_a": (0.8, "0.0%" + PAD),
        "horizon_years": (3, "#,##0" + PAD),
        "currency": ("–", "General"),
    }


def test_the_defaults_as_shown_give_the_default_settings(sheets):
    values = {name.value: value.offset(column=1).value for name, value in pairs(sheets["settings"])}
    assert Settings.from_mapping({name: value for name, value in values.items() if value != "–"}) == Settings()


def test_the_path_is_picked_from_its_shapes(sheets, lang):
    sheet = sheets["settings"]
    (check,) = sheet.data_validations.dataValidation
    place = next(value for name, value in pairs(sheet) if name.value == "target_path")
    assert (str(check.sqref), check.formula1) == (
        place.coordinate,
        '"' + ",".join(shape.label.render(lang) for shape in PathShape) + '"',
    )


def test_it_prints_on_one_a4_page_wide(sheets):
    sheet = sheets["settings"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert area(sheet, "kam_setting_meaning").rpartition("E")[2] == sheet.print_area.rpartition("$")[2]


def pairs(sheet):
    return list(zip(cells(sheet, "kam_setting_name"), cells(sheet, "kam_setting_value"), strict=True))
