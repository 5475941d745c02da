"""Stamped copies hold what their fills say, what the template says elsewhere, and no number of another sheet."""

import datetime as dt
import math
import re
import zipfile

import pytest

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts import sweep
from kam_xl.engines.file.parts.copies.stamp import stamp
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.stamp import DoesNotFitError, Fill
from kam_xl.engines.values import Formula
from tests.engines.file import raw

CELLS = (
    '<row r="2"><c r="A2" s="1"/><c r="B2"><v>5</v></c><c r="C2" t="s"><v>0</v></c></row>'
    '<row r="4"><c r="A4"><f>B2*2</f><v>10</v></c><c r="B4" t="str"><f>"a"&amp;C2</f><v>ax</v></c>'
    '<c r="C4"><f t="shared" ref="C4:C6" si="0">A4+1</f><v>11</v></c></row>'
    '<row r="5"><c r="C5"><f t="shared" si="0"/><v>1</v></c></row>'
    '<row r="6"><c r="C6"><f t="shared" si="0"/><v>1</v></c></row>'
)
NAMES = {
    "blank": "$A$2",
    "number": "$B$2",
    "text": "$C$2",
    "double": "$A$4",
    "column": "$E$1:$E$4",
    "row": "$G$1:$J$1",
    "block": "$G$3:$H$5",
    "master": "$C$4",
    "beyond": "$Z$99",
}
STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def template(**more):
    """The parts of a book with a template, on which the cells above have the names above."""
    names = "".join(
        f'<definedName name="{name}" localSheetId="0">Plan!{cells}</definedName>' for name, cells in NAMES.items()
    )
    names += '<definedName name="kind" localSheetId="0">"plan"</definedName>'
    names += '<definedName name="away" localSheetId="0">Other!$A$1</definedName>'
    found = raw.parts(
        raw.sheet(CELLS, before='<dimension ref="A2:C6"/>'),
        raw.sheet(),
        names=["Plan", "Other"],
        workbook=f"<definedNames>{names}</definedNames>",
    )
    rels = "xl/_rels/workbook.xml.rels"
    found[rels] = raw.rels(
        ("worksheet", "worksheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    )
    found["xl/styles.xml"] = STYLES
    found["xl/sharedStrings.xml"] = f'<sst xmlns="{raw.MAIN}"><si><t>shared</t></si></sst>'
    return found | more


@pytest.fixture
def book(tmp_path):
    return raw.opened(tmp_path, template())


def stamped(book, **cells):
    """The text of the rows of one copy."""
    (entry,) = stamp(book, book.sheets[0], [Fill("New", cells)], 1)
    text = book.package.text(entry.part)
    return text[text.index("<sheetData>") + 11 : text.index("</sheetData>")]


# --- single cells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (7, '<c r="B2"><v>7</v></c>'),
        (0.1, '<c r="B2"><v>0.1</v></c>'),
        (3.0, '<c r="B2"><v>3</v></c>'),
        (True, '<c r="B2" t="b"><v>1</v></c>'),
        ("Норд & <b>", '<c r="B2" t="inlineStr"><is><t>Норд &amp; &lt;b&gt;</t></is></c>'),
        (" spaced ", '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> spaced </t></is></c>'),
        ("bell\a", '<c r="B2" t="inlineStr"><is><t>bell_x0007_</t></is></c>'),
        ("#N/A", '<c r="B2" t="inlineStr"><is><t>#N/A</t></is></c>'),
        (None, '<c r="B2"/>'),
        (math.nan, '<c r="B2"/>'),
        (Formula("=A2+1", 1), '<c r="B2"><f>A2+1</f><v>1</v></c>'),
        (Formula("=A2+1"), '<c r="B2"><f>A2+1</f></c>'),
    ],
)
def test_a_cell_holds_what_its_fill_says(book, content, cell):
    assert cell in stamped(book, number=content)


@pytest.mark.parametrize("text", ["=1+1", "+7", "-x", "@SUM(A1)"])
def test_text_stays_text_even_when_somebody_edits_it(book, text):
    found = re.search(r'<c r="B2" s="(\d)" t="inlineStr"><is><t>(.*?)</t>', stamped(book, number=text))
    assert found[2] == text
    assert book.styles.is_quoted(int(found[1]))


@pytest.mark.parametrize(("content", "value"), [(dt.datetime(2024, 1, 1, 12), "><v>45292.5</v></c>"), (None, "/>")])
def test_a_cell_keeps_its_format(book, content, value):
    assert f'<c r="A2" s="1"{value}' in stamped(book, blank=content)


def test_a_date_in_a_cell_without_a_format_gets_one(book):
    number = re.search(r'<c r="B2" s="(\d+)"><v>45292</v></c>', stamped(book, number=dt.date(2024, 1, 1)))[1]
    assert book.styles.is_date(int(number))


def test_numbers_of_numpy_and_pandas_are_numbers(book):
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    text = stamped(
        book,
        number=numpy.float64(0.1),
        text=numpy.int64(3),
        double=numpy.nan,
        column=[pandas.Timestamp("2024-01-01"), pandas.NaT],
    )
    for cell in ('<c r="B2"><v>0.1</v></c>', '<c r="C2"><v>3</v></c>', '<c r="A4"/>', "<v>45292</v>"):
        assert cell in text


def test_cells_that_the_template_does_not_have_come_where_they_belong(book):
    text = stamped(book, column=[1, 2, 3], beyond="z")
    assert re.findall(r'r="([A-Z]+\d+)"', text) == [
        "E1",
        "A2",
        "B2",
        "C2",
        "E2",
        "E3",
        "A4",
        "B4",
        "C4",
        "C5",
        "C6",
        "Z99",
    ]
    (entry,) = stamp(book, book.sheets[0], [Fill("Two", {"beyond": 1})], 1)
    assert '<dimension ref="A2:Z99"/>' in book.package.text(entry.part)


# --- ranges ----------------------------------------------------------------------------------------------------------


def test_a_list_fills_a_column_downwards_a_row_across_and_rows_fill_a_block(book):
    stamp(
        book, book.sheets[0], [Fill("New", {"column": [1, 2], "row": (1, 2, 3), "block": [[1, 2], [3], [None, 6]]})], 1
    )
    sheet = book.sheet_part(book.sheets[1])
    assert [row[0] for row in sheet.block(1, 5, 4, 5)] == [1, 2, None, None]
    assert sheet.block(1, 7, 1, 10) == [[1, 2, 3, None]]
    assert sheet.block(3, 7, 5, 8) == [[1, 2], [3, None], [None, 6]]


@pytest.mark.parametrize("cells", [{"column": [1] * 5}, {"row": [1] * 5}, {"block": [[1, 2, 3]]}, {"number": [1, 2]}])
def test_more_values_than_cells_are_refused(book, cells):
    with pytest.raises(DoesNotFitError, match=f"New, {next(iter(cells))}: .*Give fewer values"):
        stamp(book, book.sheets[0], [Fill("New", cells)], 1)


def test_names_are_found_whatever_their_capitals_and_unknown_ones_are_passed_over(book):
    assert '<c r="B2"><v>1</v></c>' in stamped(book, NUMBER=1, nothing=2, kind=3, away=4)


def test_of_a_large_range_only_the_cells_that_are_filled_are_touched(tmp_path):
    found = template()
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("$E$1:$E$4", "$E$1:$E$1048576")
    assert stamped(raw.opened(tmp_path, found), column=[1, 2]).count('r="E') == 2


# --- formulas --------------------------------------------------------------------------------------------------------


def test_values_of_formulas_that_nobody_gave_are_left_out(book):
    text = stamped(book, number=6)
    assert '<c r="A4"><f>B2*2</f></c><c r="B4"><f>"a"&amp;C2</f></c>' in text
    assert '<c r="C4"><f t="shared" ref="C4:C6" si="0">A4+1</f></c>' in text
    assert book.recalculate


def test_the_value_of_the_templates_own_formula_is_kept_beside_it(book):
    fills = [Fill("One", {"double": Formula("=B2*2", 12)}), Fill("Two", {"double": Formula("B2*2", "#N/A")})]
    one, two = (book.package.text(entry.part) for entry in stamp(book, book.sheets[0], fills, 1))
    assert '<c r="A4"><f>B2*2</f><v>12</v></c>' in one
    assert '<c r="A4" t="e"><f>B2*2</f><v>#N/A</v></c>' in two


def test_a_template_with_a_better_formula_keeps_it_without_our_value(book):
    assert '<c r="A4"><f>B2*2</f></c>' in stamped(book, double=Formula("=B2*3", 15))


def test_a_plain_value_takes_the_place_of_a_formula_and_others_that_shared_it_stay_whole(book):
    text = stamped(book, master=1, double=None)
    assert '<c r="A4"/>' in text
    assert '<c r="C4"><v>1</v></c>' in text
    assert '<c r="C5"><f>A5+1</f></c>' in text
    assert '<c r="C6"><f>A6+1</f></c>' in text


def test_a_copy_whose_fill_leaves_out_what_another_fills_has_the_templates_own(book):
    fills = [Fill("One", {"number": 1, "double": 2}), Fill("Two", {"text": "x"})]
    one, two = stamp(book, book.sheets[0], fills, 2)
    assert '<c r="B2"><v>1</v></c><c r="C2" t="s"><v>0</v></c>' in book.package.text(one.part)
    text = book.package.text(two.part)
    assert '<c r="B2"><v>5</v></c><c r="C2" t="inlineStr"><is><t>x</t></is></c>' in text
    assert '<c r="A4"><f>B2*2</f></c>' in text


def test_formulas_of_the_template_that_name_it_name_the_copy(tmp_path):
    found = template()
    found["xl/worksheets/sheet1.xml"] = raw.sheet('<row r="4"><c r="A4"><f>Plan!B2*2</f><v>1</v></c></row>')
    text = stamped(raw.opened(tmp_path, found), double=Formula("=Plan!B2*2", 4))
    assert text == '<row r="4"><c r="A4"><f>New!B2*2</f><v>4</v></c></row>'


# --- charts ----------------------------------------------------------------------------------------------------------

CHART = (
    '<c:c xmlns:c="c"><c:tx><c:strRef><c:f>Plan!$C$2</c:f><c:strCache>stale</c:strCache></c:strRef></c:tx>'
    "<c:cat><c:numRef><c:f>Plan!column</c:f></c:numRef></c:cat>"
    '<c:val><c:numRef><c:f>Plan!$B$2</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="9"/></c:numCache>'
    "</c:numRef></c:val><c:val><c:numRef><c:f>Plan!$A$4</c:f><c:numCache>stale</c:numCache></c:numRef></c:val></c:c>"
)


@pytest.fixture
def charted(tmp_path):
    return raw.opened(
        tmp_path,
        template()
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("drawing", "../d1.xml")),
            "xl/d1.xml": "<d/>",
            "xl/_rels/d1.xml.rels": raw.rels(("chart", "charts/chart1.xml")),
            "xl/charts/chart1.xml": CHART,
        },
    )


def points(chart, reference):
    """What a chart keeps of a reference; None where it keeps nothing."""
    found = re.search(rf"<c:f>{re.escape(reference)}</c:f>(<c:\w+Cache>.*?</c:\w+Cache>)?", chart)
    return re.findall(r"<c:v>(.*?)</c:v>", found[1]) if found[1] else None


def test_charts_keep_the_values_of_their_own_copy(charted):
    fills = [
        Fill("One", {"text": "Nordwerk", "number": 7, "column": ["a", None, 3], "double": Formula("=B2*2", 14)}),
        Fill("Two", {"number": None, "double": Formula("=other", 14)}),
    ]
    stamp(charted, charted.sheets[0], fills, 1)
    one, two = (charted.package.text(f"xl/charts/chart{number}.xml") for number in (2, 3))
    assert points(one, "One!$C$2") == ["Nordwerk"]
    assert points(one, "One!column") == ["a", "3"]
    assert "<c:strRef><c:f>One!column" in one
    assert points(one, "One!$B$2") == ["7"]
    assert points(one, "One!$A$4") == ["14"]
    assert (points(two, "Two!$C$2"), points(two, "Two!$B$2"), points(two, "Two!$A$4")) == (["shared"], [], None)
    assert "stale" not in one + two
    assert charted.package.text("xl/charts/chart1.xml") == CHART


def test_charts_of_the_newer_kinds_refer_to_the_copy_in_plain_words_and_keep_nothing(tmp_path):
    names = '<definedName name="_xlchart.v1.0" hidden="1">Plan!$B$2</definedName></definedNames>'
    found = template() | {
        "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("drawing", "../d1.xml")),
        "xl/d1.xml": "<d/>",
        "xl/_rels/d1.xml.rels": raw.rels(("chartEx", "charts/chartEx1.xml")),
        "xl/charts/chartEx1.xml": (
            '<cx:c xmlns:cx="cx"><cx:numDim type="val"><cx:f>_xlchart.v1.0</cx:f><cx:lvl ptCount="1"><cx:pt>5</cx:pt>'
            "</cx:lvl></cx:numDim></cx:c>"
        ),
    }
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("</definedNames>", names)
    book = raw.opened(tmp_path, found)
    (entry,) = stamp(book, book.sheets[0], [Fill("New", {"number": 6})], 1)
    expected = '<cx:c xmlns:cx="cx"><cx:numDim type="val"><cx:f>New!$B$2</cx:f></cx:numDim></cx:c>'
    assert book.package.text("xl/charts/chartEx2.xml") == expected
    assert book.names.get("_xlchart.v1.0", entry) is None


# --- the book --------------------------------------------------------------------------------------------------------


def test_copies_come_in_order_behind_a_sheet_and_are_shown_even_if_the_template_is_hidden(book):
    book.sheets[0].state = "hidden"
    stamp(book, book.sheets[0], [Fill("One"), Fill("Two")], 1)
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("Plan", "hidden"),
        ("One", "visible"),
        ("Two", "visible"),
        ("Other", "visible"),
    ]


def test_every_copy_has_the_names_of_the_template(book):
    (entry,) = stamp(book, book.sheets[0], [Fill("It's new")], 1)
    found = {name.name: name.refers_to for name in book.names.of(entry)}
    expected = {name: f"'It''s new'!{cells}" for name, cells in NAMES.items()}
    assert found == expected | {"kind": '"plan"', "away": "Other!$A$1"}


def test_a_stamped_sheet_can_be_read_and_edited_before_and_after_it_is_saved(book, tmp_path):
    (entry,) = stamp(book, book.sheets[0], [Fill("New", {"number": 1})], 2)
    sheet = book.sheet_part(entry)
    assert sheet.value(2, 2) == 1
    sheet.set(2, 2, 2)
    sweep.rename(book, entry, "Newer")
    save(book, tmp_path / "one.xlsx")
    again = Workbook.open(tmp_path / "one.xlsx")
    assert again.sheet_part(again.tabs.get("newer")).value(2, 2) == 2
    assert again.names.get("number", again.tabs.get("Newer")).refers_to == "Newer!$B$2"
    (copy,) = stamp(again, again.tabs.get("Newer"), [Fill("Newest", {"number": 3})], 3)
    assert again.sheet_part(copy).value(2, 2) == 3


@pytest.mark.parametrize("content", [math.inf, "x" * 40_000, object(), 10**20 + 1, dt.date(1800, 1, 1)])
def test_what_no_cell_can_hold_is_refused_before_the_book_is_saved(book, content):
    with pytest.raises(EditError):
        stamp(book, book.sheets[0], [Fill("New", {"number": content})], 1)


@pytest.mark.parametrize("bad", [Fill("a/b"), Fill("other"), Fill("fine"), Fill("X", {"number": math.inf})])
def test_where_one_copy_is_refused_none_is_made(book, bad):
    with pytest.raises(EditError):
        stamp(book, book.sheets[0], [Fill("Fine"), bad], 1)
    assert [sheet.name for sheet in book.sheets] == ["Plan", "Other"]


def test_a_template_can_be_stamped_into_another_book(book, tmp_path):
    target = Workbook.open(raw.write(tmp_path / "target.xlsx", raw.parts(raw.sheet(), names=["Mine"])))
    with pytest.raises(EditError, match="does not have: Other"):
        stamp(book, book.sheets[0], [Fill("One")], 1, target)
    book.names.delete(book.names.get("away", book.sheets[0]))
    stamp(book, book.sheets[0], [Fill("One", {"number": 1}), Fill("Two", {"number": 2})], 1, target)
    save(target, tmp_path / "out.xlsx")
    again = Workbook.open(tmp_path / "out.xlsx")
    assert [sheet.name for sheet in again.sheets] == ["Mine", "One", "Two"]
    assert [again.sheet_part(sheet).block(2, 2, 2, 3) for sheet in again.sheets[1:]] == [
        [[1, "shared"]],
        [[2, "shared"]],
    ]
    assert [name.sheet.name for name in again.names if name.name == "number"] == ["One", "Two"]


def test_a_refused_template_changes_nothing(tmp_path):
    found = template() | {"xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("slicer", "../s.xml")), "xl/s.xml": "<s/>"}
    book = raw.opened(tmp_path, found)
    with pytest.raises(UnsupportedError, match="slicer"):
        stamp(book, book.sheets[0], [Fill("New")], 1)
    save(book, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert set(archive.namelist()) == set(found)


# --- odd files -------------------------------------------------------------------------------------------------------


def prefixed(found):
    """The parts as programs write them that give every element a prefix."""
    parts = (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    )
    texts = {part: re.sub(r"(</?)(?=\w)", r"\1x:", found[part]).replace("xmlns=", "xmlns:x=") for part in parts}
    return found | texts


def test_a_book_that_gives_every_element_a_prefix_is_stamped_in_its_own_spelling(tmp_path):
    book = raw.opened(tmp_path, prefixed(template()))
    fill = Fill("New", {"number": 7, "text": "=x", "double": Formula("=B2*2", 14), "beyond": None, "column": [1]})
    (entry,) = stamp(book, book.sheets[0], [fill], 1)
    save(book, tmp_path / "out.xlsx")
    again = Workbook.open(tmp_path / "out.xlsx")
    text = again.package.text(entry.part)
    for cell in ('<x:c r="B2"><x:v>7</x:v></x:c>', "<x:is><x:t>=x</x:t></x:is>", "<x:f>B2*2</x:f><x:v>14</x:v>"):
        assert cell in text
    assert "<c " not in text
    assert again.names.get("number", again.tabs.get("New")).refers_to == "New!$B$2"


def test_a_sheet_with_a_prefix_goes_into_a_book_without_one_and_back(tmp_path):
    plain = {name: text.replace("Other!$A$1", "Plan!$A$1") for name, text in template().items()}
    for name, source, target in (("one", prefixed(plain), plain), ("two", plain, prefixed(plain))):
        origin = Workbook.open(raw.write(tmp_path / f"{name}.xlsx", source))
        book = Workbook.open(raw.write(tmp_path / f"{name}_target.xlsx", target))
        stamp(origin, origin.sheets[0], [Fill("New", {"number": dt.date(2024, 1, 1)})], 1, book)
        save(book, tmp_path / "out.xlsx")
        again = Workbook.open(tmp_path / "out.xlsx")
        sheet = again.sheet_part(again.tabs.get("New"))
        assert sheet.block(2, 2, 2, 3, as_dates=True) == [[dt.datetime(2024, 1, 1), "shared"]]


def test_cells_and_rows_that_do_not_say_where_they_are_are_filled(tmp_path):
    found = template()
    found["xl/worksheets/sheet1.xml"] = raw.sheet("<row/><row><c/><c><v>5</v></c><c><v>6</v></c></row>")
    book = raw.opened(tmp_path, found)
    (entry,) = stamp(book, book.sheets[0], [Fill("New", {"number": 7})], 1)
    assert book.sheet_part(entry).block(2, 1, 2, 3) == [[None, 7, 6]]


def test_a_sheet_in_another_encoding_is_stamped_in_it(tmp_path):
    found = template()
    part = "xl/worksheets/sheet1.xml"
    found[part] = ('<?xml version="1.0" encoding="UTF-16"?>' + found[part]).encode("utf-16")
    book = raw.opened(tmp_path, found)
    (entry,) = stamp(book, book.sheets[0], [Fill("Новый", {"text": "Нева"})], 1)
    save(book, tmp_path / "out.xlsx")
    again = Workbook.open(tmp_path / "out.xlsx")
    assert raw.contents(tmp_path / "out.xlsx")[entry.part].startswith(b"\xff\xfe")
    assert again.sheet_part(again.tabs.get("Новый")).value(2, 3) == "Нева"
