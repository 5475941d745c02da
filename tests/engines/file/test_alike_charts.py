"""Charts that are alike keep the values of their cells as any chart does, whatever the sheet is called and holds."""

import pytest

from kam_xl.engines.file.parts import alike_charts
from kam_xl.engines.file.parts.caches import Values
from kam_xl.excel.references import Area, quoted

AREA = Area.parse("$A$1:$B$1")
CELLS = {(1, 1): 7.0, (1, 2): None}


def chart(sheet, cache, kind="num", more=""):
    return (
        f'<c:chart xmlns:c="c"><c:val><c:{kind}Ref><c:f>{sheet}!$A$1:$B$1</c:f>{cache}</c:{kind}Ref></c:val>'
        f"{more}</c:chart>"
    )


def kept(*values, form="<c:formatCode>0.0</c:formatCode>"):
    points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    return f'<c:numCache>{form}<c:ptCount val="2"/>{points}</c:numCache>'


def refreshed(text, sheet, changed=(1, 1), cells=CELLS):
    def values(areas) -> Values:
        return {cell: cells[cell] for area in areas for cell in area.cells()}

    return alike_charts.refreshed(text, sheet, {changed}, values)


@pytest.mark.parametrize("sheet", ["Nordwerk", "Nord werk", "It's", "Q1", "Ж", "v", "Cache"])
def test_a_chart_keeps_the_values_of_its_own_sheet(sheet):
    assert refreshed(chart(quoted(sheet), kept(1, 2)), sheet) == chart(quoted(sheet), kept(7))


def test_a_chart_that_shows_none_of_the_changed_cells_stays_as_it_is():
    text = chart("Nordwerk", kept(1, 2))
    assert refreshed(text, "Nordwerk", changed=(2, 1)) == text


@pytest.mark.parametrize(
    "text",
    [
        chart("Another", kept(1, 2)),
        chart("Nordwerk", kept(1, 2), more="<c:f>kam_xl_own_sheet!$A$1</c:f>"),
        chart("Nordwerk", kept("&lt;", 2)),
        chart("Nordwerk", kept("<b/>", 2)),
        chart("Nordwerk", kept("\x01", 2)),
        chart("Nordwerk", kept(1, 2).replace("</c:v>", "</c:w>", 1)),
        chart("Nordwerk", kept(1, 2).replace("</c:numCache>", "</c:strCache>")),
        chart("Nordwerk", ""),
        chart("Nordwerk", "<c:numCache/>"),
        chart("Nordwerk", kept(1, 2), more="<c:open>"),
        chart("Nordwerk", kept(1, 2), more="<c:f>"),
        chart("kam_revenue", kept(1, 2)),
        chart("Nordwerk", kept(1, 2), more=chart("Nordwerk", "")),
    ],
)
def test_any_other_chart_is_looked_at_by_itself(text):
    assert refreshed(text, "Nordwerk") is None


@pytest.mark.parametrize("sheet", ["A & B", "<v>", 'The "best"'])
def test_a_sheet_whose_name_is_markup_is_looked_at_by_itself(sheet):
    assert refreshed(chart(quoted(sheet), kept(1, 2)), sheet) is None
