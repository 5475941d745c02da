"""A sheet copied into another book looks and calculates there as it did, and the other book's own formats stay."""

import re

import openpyxl
import pytest
import xlsxwriter

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts.copies.transplant import copy
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.ooxml.errors import DamagedFileError
from tests.engines.file import raw

FONT = '<font><sz val="{}"/><name val="{}"/></font>'


def styles(*, fonts=(), fills=(), formats="", xfs="", named="", dxfs="", main=raw.MAIN, tables=""):
    """A styles part; the first font, fill, border and format are those of Normal."""
    fonts = (FONT.format(11, "Calibri"), *fonts)
    fills = ("<fill/>", *fills)
    return (
        f'<styleSheet xmlns="{main}">{formats}<fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
        f'<fills count="{len(fills)}">{"".join(fills)}</fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>{}</cellStyleXfs>'
        f'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{xfs}</cellXfs>'
        f'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>{named}</cellStyles>{dxfs}{tables}'
        "</styleSheet>"
    ).replace("{}", "")


def book(tmp_path, name, *sheets, style=None, strings=None, workbook="", names=None, office=raw.OFFICE, **more):
    """The model of a book of parts."""
    found = raw.parts(*sheets, names=names, workbook=workbook) | more
    targets = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    if style:
        found["xl/styles.xml"] = style
        targets.append(("styles", "styles.xml"))
    if strings:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{raw.MAIN}">{strings}</sst>'
        targets.append(("sharedStrings", "sharedStrings.xml"))
    if "xl/theme.xml" in more:
        targets.append(("theme", "theme.xml"))
    found["xl/_rels/workbook.xml.rels"] = raw.rels(*targets)
    return Workbook.open(raw.write(tmp_path / f"{name}.xlsx", found))


def carried(tmp_path, source, target, name="New"):
    """The parts of the other book with the first sheet of a book in it."""
    entry = copy(source, source.sheets[0], target, name, len(target.sheets))
    save(target, tmp_path / "out.xlsx")
    found = {part: text.decode("utf-8", "replace") for part, text in raw.contents(tmp_path / "out.xlsx").items()}
    return found, found[entry.part]


def look(parts, number):
    """A cell format with what its numbers stand for."""
    text = parts["xl/styles.xml"]

    def item(kind, at):
        inner = re.search(rf"<{kind}[ >].*?</{kind}>", text, re.DOTALL)[0]
        singular = {
            "fonts": "font",
            "fills": "fill",
            "borders": "border",
            "cellXfs": "xf",
            "cellStyleXfs": "xf",
            "dxfs": "dxf",
        }
        found = re.findall(rf"<{singular[kind]}(?:/>|\s[^>]*/>|[ >].*?</{singular[kind]}>)", inner, re.DOTALL)
        return found[at]

    xf = item("cellXfs", number)
    said = dict(re.findall(r'(\w+)="([^"]*)"', xf))
    code = re.search(rf'numFmtId="{said["numFmtId"]}" formatCode="([^"]*)"', text)
    return {
        "font": item("fonts", int(said["fontId"])),
        "fill": item("fills", int(said["fillId"])),
        "format": code[1] if code else said["numFmtId"],
        "style": int(said["xfId"]),
        "rest": sorted(set(said) - {"numFmtId", "fontId", "fillId", "borderId", "xfId"}),
    }


# --- formats ---------------------------------------------------------------------------------------------------------

RED = '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill>'
SOURCE_STYLES = styles(
    fonts=[FONT.format(14, "Georgia")],
    fills=[RED],
    formats='<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0&quot; x&quot;"/></numFmts>',
    xfs='<xf numFmtId="170" fontId="1" fillId="1" borderId="0" xfId="0" applyFont="1" quotePrefix="1">'
    '<alignment wrapText="1"/></xf><xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    dxfs='<dxfs count="2"><dxf><font><b/></font></dxf>'
    '<dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>',
)
TARGET_STYLES = styles(
    fonts=[FONT.format(8, "Arial"), FONT.format(14, "Georgia")],
    formats='<numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>',
    xfs='<xf numFmtId="170" fontId="1" fillId="0" borderId="0" xfId="0"/>',
    dxfs='<dxfs count="1"><dxf><font><i/></font></dxf></dxfs>',
).replace(FONT.format(11, "Calibri"), FONT.format(10, "Verdana"))
STYLED = (
    '<cols><col min="1" max="1" width="9" style="1"/></cols>'
    '<sheetData><row r="1" s="2" customFormat="1"><c r="A1" s="1"/><c r="B1" s="2"/><c r="C1"/><c r="D1" s="0"/></row>'
    '</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="1" priority="1">'
    "<formula>TRUE</formula></cfRule></conditionalFormatting>"
)


@pytest.fixture
def styled(tmp_path):
    text = raw.sheet().replace("<sheetData></sheetData>", STYLED)
    source = book(tmp_path, "source", text, style=SOURCE_STYLES)
    target = book(tmp_path, "target", raw.sheet(), style=TARGET_STYLES)
    return carried(tmp_path, source, target)


def test_formats_keep_their_look_and_follow_the_other_books_normal_style_where_they_did(styled):
    parts, text = styled
    first, second = (int(found) for found in re.findall(r'<c r="[AB]1" s="(\d+)"', text))
    assert look(parts, first) == {
        "font": FONT.format(14, "Georgia"),
        "fill": RED,
        "format": "0.0&quot; x&quot;",
        "style": 0,
        "rest": ["applyFont", "quotePrefix", "wrapText"],
    }
    assert look(parts, second) == {
        "font": FONT.format(10, "Verdana"),
        "fill": "<fill/>",
        "format": "9",
        "style": 0,
        "rest": [],
    }
    assert f'<col min="1" max="1" width="9" style="{first}"/>' in text
    assert f'<row r="1" s="{second}" customFormat="1">' in text
    assert '<c r="C1"/><c r="D1" s="0"/>' in text


def test_the_other_books_formats_stay_and_none_is_there_twice(styled):
    parts, _ = styled
    old, new = TARGET_STYLES, parts["xl/styles.xml"]
    for kind in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs", "numFmts"):
        before, after = (re.search(rf"<{kind} count=\"\d+\">(.*)</{kind}>", text)[1] for text in (old, new))
        assert after.startswith(before), kind
    assert new.count("Georgia") == 1
    assert re.findall(r'<(\w+) count="(\d+)"', new) == [
        ("numFmts", "2"),
        ("fonts", "3"),
        ("fills", "2"),
        ("borders", "1"),
        ("cellStyleXfs", "1"),
        ("cellXfs", "4"),
        ("cellStyles", "1"),
        ("dxfs", "2"),
    ]


def test_conditional_formats_look_as_they_did(styled):
    parts, text = styled
    number = int(re.search(r'dxfId="(\d+)"', text)[1])
    assert re.findall(r"<dxf>.*?</dxf>", parts["xl/styles.xml"])[number] == (
        '<dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf>'
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "added"),
    [
        ('name="Good" builtinId="26"', 'name="Good" builtinId="26"', False),
        ('name="Good" builtinId="26"', 'name="Хороший" builtinId="26"', False),
        ('name="Our own"', 'name="Their own"', True),
    ],
)
def test_named_styles_meet_their_likes_or_come_along(tmp_path, ours, theirs, added):
    def with_style(named):
        text = styles(
            xfs='<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="1"/>', named=f'<cellStyle xfId="1" {named}/>'
        )
        style = '<xf numFmtId="9" fontId="0" fillId="0" borderId="0"/>'
        return text.replace('<cellStyleXfs count="1">', '<cellStyleXfs count="2">').replace(
            "</cellStyleXfs>", style + "</cellStyleXfs>"
        )

    source = book(tmp_path, "source", raw.sheet('<row r="1"><c r="A1" s="1"/></row>'), style=with_style(ours))
    target = book(tmp_path, "target", raw.sheet(), style=with_style(theirs))
    parts, text = carried(tmp_path, source, target)
    number = int(re.search(r'<c r="A1" s="(\d+)"', text)[1])
    assert look(parts, number)["style"] == (2 if added else 1)
    assert (
        'name="Our own" xfId="2"' in parts["xl/styles.xml"] or 'xfId="2" name="Our own"' in parts["xl/styles.xml"]
    ) == added


# --- themes ----------------------------------------------------------------------------------------------------------


def theme(accent, font="Calibri"):
    return (
        '<a:theme xmlns:a="a"><a:themeElements><a:clrScheme><a:dk1><a:sysClr val="text" lastClr="000000"/></a:dk1>'
        f'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="{accent}"/></a:accent1>'
        f'</a:clrScheme><a:fontScheme><a:minorFont><a:latin typeface="{font}"/></a:minorFont></a:fontScheme>'
        "</a:themeElements></a:theme>"
    )


CHART = (
    '<c:c xmlns:c="c" xmlns:a="a"><a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>'
    '<a:schemeClr val="phClr"/><a:schemeClr val="tx1"/><a:latin typeface="+mn-lt"/><c:f>Sheet1!$A$1</c:f></c:c>'
)


def themed(tmp_path, accent):
    font = '<font><color theme="4" tint="-0.5"/><name val="Tahoma"/><scheme val="minor"/></font>'
    source = book(
        tmp_path,
        "source",
        raw.sheet('<row r="1"><c r="A1" s="1"/></row>', before='<sheetPr><tabColor theme="4"/></sheetPr>'),
        style=styles(fonts=[font], xfs='<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/>'),
        **{
            "xl/theme.xml": theme("123456", "Tahoma"),
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("drawing", "../d1.xml")),
            "xl/d1.xml": "<d/>",
            "xl/_rels/d1.xml.rels": raw.rels(("chart", "chart1.xml")),
            "xl/chart1.xml": CHART,
        },
    )
    target = book(tmp_path, "target", raw.sheet(), style=styles(), **{"xl/theme.xml": theme(accent, "Tahoma")})
    return carried(tmp_path, source, target)


def test_colours_and_fonts_of_another_theme_are_put_in_plain_words(tmp_path):
    parts, text = themed(tmp_path, "ABCDEF")
    assert '<tabColor rgb="FF123456"/>' in text
    assert '<font><color rgb="FF123456" tint="-0.5"/><name val="Tahoma"/></font>' in parts["xl/styles.xml"]
    assert parts["xl/chart1.xml"] == (
        '<c:c xmlns:c="c" xmlns:a="a"><a:srgbClr val="123456"><a:lumMod val="75000"/></a:srgbClr>'
        '<a:schemeClr val="phClr"/><a:srgbClr val="000000"/><a:latin typeface="Tahoma"/><c:f>New!$A$1</c:f></c:c>'
    )


def test_colours_of_the_same_theme_stay_references(tmp_path):
    parts, text = themed(tmp_path, "123456")
    assert '<tabColor theme="4"/>' in text
    assert parts["xl/chart1.xml"] == CHART.replace("Sheet1!", "New!")


# --- contents --------------------------------------------------------------------------------------------------------


def test_texts_join_the_other_books_and_none_is_there_twice(tmp_path):
    cells = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for c, n in zip("ABCD", (1, 0, 2, 1), strict=True))
    source = book(
        tmp_path,
        "source",
        raw.sheet(f'<row r="1">{cells}</row>'),
        strings="<si><t>one</t></si><si><t>two</t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r></si>",
    )
    target = book(tmp_path, "target", raw.sheet(), strings="<si><t>zero</t></si><si><t>one</t></si>")
    parts, text = carried(tmp_path, source, target)
    items = re.findall(r"<si>(.*?)</si>", parts["xl/sharedStrings.xml"])
    assert [items[int(n)] for n in re.findall(r"<v>(\d+)</v>", text)] == [
        "<t>two</t>",
        "<t>one</t>",
        "<r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r>",
        "<t>two</t>",
    ]
    assert items[:2] == ["<t>zero</t>", "<t>one</t>"]
    assert len(items) == 4


def test_words_of_namespaces_that_the_other_book_does_not_know_are_left_behind(tmp_path):
    more = 'xmlns:xr="urn:xr" xmlns:hs="urn:hs" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    font = '<font hs:more="1"><b/><hs:size val="0"/></font>'
    choice = f'<mc:AlternateContent><mc:Choice Requires="hs">{font}</mc:Choice><mc:Fallback><font><i/></font>'
    style = styles(
        fonts=(font, choice + "</mc:Fallback></mc:AlternateContent>"),
        xfs='<xf numFmtId="0" fontId="1" xfId="1" xr:uid="{1}"/><xf numFmtId="0" fontId="2" xfId="0"/>',
        named='<cellStyle name="Mine" xfId="1" xr:uid="{2}"/>',
    ).replace("xmlns=", f"{more} xmlns=", 1)
    style = style.replace("</cellStyleXfs>", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>')
    cells = '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" s=""/></row>'
    source = book(tmp_path, "source", raw.sheet(cells), style=style, strings='<si><t xr:a="1">Plan: A</t></si>')
    found, text = carried(tmp_path, source, book(tmp_path, "target", raw.sheet(), style=styles()))
    assert "<si><t>Plan: A</t></si>" in found["xl/sharedStrings.xml"]
    assert "<font><b/></font><font><i/></font></fonts>" in found["xl/styles.xml"]
    assert '<cellStyle name="Mine" xfId="1"/>' in found["xl/styles.xml"]
    assert re.findall(r'<c r="(\w+)" s="(\d+)"', text) == [("A1", "1"), ("B1", "2"), ("C1", "0")]


def test_a_text_that_is_not_there_is_told(tmp_path):
    source = book(tmp_path, "source", raw.sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), strings="<si/>")
    with pytest.raises(DamagedFileError, match="not there"):
        copy(source, source.sheets[0], book(tmp_path, "target", raw.sheet()), "New", 1)


def test_dates_stay_the_same_days_in_a_book_that_counts_from_1904(tmp_path):
    style = styles(xfs='<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>')
    cells = '<c r="A1" s="1"><v>45292</v></c><c r="B1"><v>45292</v></c><c r="C1" s="1"><f>A1</f><v>45292.5</v></c>'
    source = book(tmp_path, "source", raw.sheet(f'<row r="1">{cells}</row>'), style=style)
    book(tmp_path, "later", raw.sheet(), style=style)
    found = raw.contents(tmp_path / "later.xlsx")
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    target = Workbook.open(raw.write(tmp_path / "1904.xlsx", found))
    _, text = carried(tmp_path, source, target)
    assert re.findall(r"<v>(.*?)</v>", text) == ["43830", "45292", "43830.5"]


def test_numbers_in_tables_of_the_old_book_are_left_behind(tmp_path):
    text = '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1">SORT(B1:B2)</f><v>1</v></c></row>'
    source, target = book(tmp_path, "source", raw.sheet(text)), book(tmp_path, "target", raw.sheet())
    assert text.replace(' cm="1"', "") in carried(tmp_path, source, target)[1]


def test_views_that_the_other_book_does_not_have_are_left_out(tmp_path):
    views = '<sheetViews><sheetView workbookViewId="0"/><sheetView workbookViewId="1"><pane/></sheetView></sheetViews>'
    custom = '<customSheetViews><customSheetView guid="{0}"/></customSheetViews>'
    source = book(tmp_path, "source", raw.sheet(before=views, after=custom))
    _, text = carried(tmp_path, source, book(tmp_path, "target", raw.sheet()))
    assert text == raw.sheet(before='<sheetViews><sheetView workbookViewId="0"/></sheetViews>')


def test_pictures_come_along_once(tmp_path):
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    source = book(
        tmp_path,
        "source",
        raw.sheet(),
        **{
            rels: raw.rels(("image", "../media/image1.png"), ("image", "../media/image1.png")),
            "xl/media/image1.png": b"png",
        },
    )
    source.package.types.set("xl/media/image1.png", "image/png")
    target = book(tmp_path, "target", raw.sheet(), **{"xl/media/image1.png": b"other"})
    target.package.types.set("xl/media/image1.png", "image/png")
    parts, _ = carried(tmp_path, source, target)
    assert (parts["xl/media/image1.png"], parts["xl/media/image2.png"]) == ("other", "png")
    assert re.findall(r'Target="(.*?)"', parts["xl/worksheets/_rels/sheet2.xml.rels"]) == ["/xl/media/image2.png"] * 2


def test_people_who_wrote_comments_come_along(tmp_path):
    def persons(*ids):
        found = "".join(f'<person id="{{{person}}}"/>' for person in ids)
        return f'<personList xmlns="p">{found}</personList>'

    def with_persons(name, *ids, **more):
        found = book(tmp_path, name, raw.sheet(), **more, **{"xl/persons/person.xml": persons(*ids)})
        found.package.relate("xl/workbook.xml", "http://x/person", "xl/persons/person.xml")
        return found

    thread = {
        "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("threadedComment", "../t1.xml")),
        "xl/t1.xml": '<t><c personId="{B}" id="{C}"/><mention mentionpersonId="{A}"/></t>',
    }
    source = with_persons("source", "A", "B", "C", **thread)
    parts, _ = carried(tmp_path, source, with_persons("target", "A", "D"))
    assert parts["xl/persons/person.xml"] == persons("A", "D", "B")
    source = with_persons("source", "A", "B", "C", **thread)
    parts, _ = carried(tmp_path, source, book(tmp_path, "lonely", raw.sheet()))
    assert re.findall(r'<person id="(.*?)"', parts["xl/persons/person1.xml"]) == ["{A}", "{B}"]


# --- what formulas refer to ------------------------------------------------------------------------------------------

NAMES = (
    '<definedNames><definedName name="rate">0.2</definedName><definedName name="twice">rate*2</definedName>'
    '<definedName name="here">Sheet1!$A$1</definedName><definedName name="unused">Sheet2!$A$1</definedName>'
    '<definedName name="own" localSheetId="0">Sheet1!$B$1</definedName></definedNames>'
)


def with_formula(tmp_path, formula, **more):
    text = raw.sheet(f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>')
    return book(tmp_path, "source", text, raw.sheet(), workbook=NAMES, **more)


def test_names_that_formulas_use_come_along_as_names_of_the_sheet(tmp_path):
    target = book(
        tmp_path,
        "target",
        raw.sheet(),
        workbook='<definedNames><definedName name="rate">9</definedName></definedNames>',
    )
    parts, text = carried(tmp_path, with_formula(tmp_path, "twice*Sheet1!B1"), target)
    assert "<f>twice*New!B1</f>" in text
    assert re.findall(r"<definedName .*?</definedName>", parts["xl/workbook.xml"]) == [
        '<definedName name="rate">9</definedName>',
        '<definedName name="own" localSheetId="1">New!$B$1</definedName>',
        '<definedName name="rate" localSheetId="1">0.2</definedName>',
        '<definedName name="twice" localSheetId="1">rate*2</definedName>',
        '<definedName name="here" localSheetId="1">New!$A$1</definedName>',
    ]


def test_a_sheet_of_the_same_name_takes_the_place_of_another(tmp_path):
    target = book(tmp_path, "target", raw.sheet(), raw.sheet())
    _, text = carried(tmp_path, with_formula(tmp_path, "Sheet2!A1+SUM(Sheet1:Sheet2!B1)"), target)
    assert "<f>Sheet2!A1+SUM(Sheet1:Sheet2!B1)</f>" in text


@pytest.mark.parametrize(
    ("formula", "missing"),
    [
        ("Sheet2!A1", "Sheet2"),
        ("[1]Other!A1", r"\[1\]Other!A1"),
        ("unused", "Sheet2"),
        ("SUM(Sheet1:Sheet2!A1)", "Sheet2"),
    ],
)
def test_formulas_that_would_mean_something_else_are_refused_and_nothing_has_changed(tmp_path, formula, missing):
    target = book(tmp_path, "target", raw.sheet(), names=["Mine"])
    with pytest.raises(EditError, match=f"Sheet1: .*does not have: .*{missing}.* Copy those first"):
        carried(tmp_path, with_formula(tmp_path, formula), target)
    assert save(target, tmp_path / "same.xlsx").changed == ()


@pytest.mark.parametrize(
    ("kind", "thing"), [("pivotTable", "a pivot table"), ("queryTable", "fed by a query"), ("slicer", "a slicer")]
)
def test_what_is_bound_to_its_book_is_refused(tmp_path, kind, thing):
    rels = {"xl/worksheets/_rels/sheet1.xml.rels": raw.rels((kind, "../x.xml")), "xl/x.xml": "<x/>"}
    with pytest.raises(UnsupportedError, match=thing):
        carried(tmp_path, book(tmp_path, "source", raw.sheet(), **rels), book(tmp_path, "target", raw.sheet()))


def test_pictures_in_cells_are_refused(tmp_path):
    source = book(tmp_path, "source", raw.sheet('<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>'))
    with pytest.raises(UnsupportedError, match="picture in a cell"):
        carried(tmp_path, source, book(tmp_path, "target", raw.sheet()))


# --- whole sheets ----------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_another_program_sees_the_same_sheet_in_the_other_book(tmp_path):
    path = tmp_path / "source.xlsx"
    source = xlsxwriter.Workbook(str(path))
    sheet = source.add_worksheet("Plan")
    form = source.add_format({"bold": True, "font_name": "Georgia", "bg_color": "#FFC7CE", "num_format": "0.0%"})
    sheet.write("A1", "Title", form)
    sheet.write("A2", 0.5, form)
    sheet.conditional_format("A2", {"type": "cell", "criteria": ">", "value": 0, "format": form})
    sheet.add_table("C1:D3", {"name": "Rows"})
    chart = source.add_chart({"type": "pie"})
    chart.add_series({"values": "=Plan!$A$2:$A$3"})
    sheet.insert_chart("F1", chart)
    sheet.write_comment("A1", "note")
    source.close()
    other = openpyxl.Workbook()
    other.active["A1"] = "mine"
    other.active["A1"].font = openpyxl.styles.Font(name="Arial", size=7)
    other.save(tmp_path / "target.xlsx")

    target, origin = Workbook.open(tmp_path / "target.xlsx"), Workbook.open(path)
    copy(origin, origin.sheets[0], target, "Nordwerk", 1)
    save(target, tmp_path / "out.xlsx")
    read = openpyxl.load_workbook(tmp_path / "out.xlsx")
    old, new = openpyxl.load_workbook(path)["Plan"], read["Nordwerk"]
    for address in ("A1", "A2"):
        a, b = old[address], new[address]
        assert (a.value, a.number_format, a.font.name, a.font.b) == (b.value, b.number_format, b.font.name, b.font.b)
        assert a.fill.fgColor.rgb == b.fill.fgColor.rgb
    (range_, (rule,)) = next((cf.sqref, cf.rules) for cf in new.conditional_formatting)
    assert (str(range_), rule.dxf.fill.bgColor.rgb, rule.dxf.font.b) == ("A2", "FFFFC7CE", True)
    assert (list(new.tables), new["A1"].comment.text) == (["Rows"], "note")
    assert new._charts[0].series[0].val.numRef.f == "Nordwerk!$A$2:$A$3"
    assert (read["Sheet"]["A1"].value, read["Sheet"]["A1"].font.name, read["Sheet"]["A1"].font.sz) == (
        "mine",
        "Arial",
        7,
    )


def test_a_book_of_the_strict_form_gets_the_sheet_in_its_own_words(tmp_path):
    found = {
        name: text.replace(raw.MAIN, raw.STRICT_MAIN).replace(raw.OFFICE, raw.STRICT_OFFICE)
        for name, text in raw.parts(raw.sheet()).items()
    }
    target = Workbook.open(raw.write(tmp_path / "strict.xlsx", found))
    source = book(tmp_path, "source", raw.sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    parts, text = carried(tmp_path, source, target)
    assert (raw.STRICT_MAIN in text, raw.MAIN in text) == (True, False)
    assert raw.STRICT_OFFICE + "/worksheet" in parts["xl/_rels/workbook.xml.rels"]
