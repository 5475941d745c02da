"""A copied sheet has everything that the sheet has, and speaks of itself."""

import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts.copies.clone import copy
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from tests.engines.file import raw

R = f'xmlns:r="{raw.OFFICE}"'
GUID = "{697C734A-D50C-C94C-B97C-C77102E3CC2E}"
REPLY = "{CF7E5D04-4288-D945-9961-FCC5BF7DC234}"
ID = re.compile(r"\{[0-9A-F-]{36}\}")
PERSON = "{54EE7950-7262-4200-6969-000000000002}"


def copied(tmp_path, found, name="It's new", times=1):
    """The parts of a workbook with copies of its first sheet at the end."""
    book = raw.opened(tmp_path, found)
    for number in range(times):
        copy(book, book.sheets[0], name if number == 0 else f"{name} {number}", len(book.sheets))
    out = tmp_path / "out.xlsx"
    save(book, out)
    return {part: text.decode() for part, text in raw.contents(out).items() if part.endswith(("xml", "rels", "vml"))}


def typed(found, **types):
    """The parts with content types for some of them."""
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items())
    key = "[Content_Types].xml"
    return found | {key: found[key].replace("</Types>", overrides + "</Types>")}


def beside(text):
    """The parts of a workbook whose first sheet stands beside another."""
    return raw.parts(text, raw.sheet(), names=["Plan", "Other"])


# --- the sheet itself ------------------------------------------------------------------------------------------------


def test_references_to_the_sheet_move_and_all_others_stay(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><f>SUM(Plan!B1:B3)+Other!A1</f><v>1</v></c>'
        '<c r="B1"><f t="shared" ref="B1:B2" si="0">\'Plan\'!$C1*2</f><v>1</v></c>'
        '<c r="C1" t="str"><f>"Plan!A1"&amp;INDIRECT("Plan!A1")</f><v>x</v></c></row>'
    )
    after = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>Plan!$A$1&gt;0</formula>'
        '</cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="B1">'
        "<formula1>Plan!$D$1:$D$9</formula1></dataValidation></dataValidations>"
        '<hyperlinks><hyperlink ref="A2" location="Plan!A1" display="Plan!A1"/>'
        '<hyperlink ref="A3" location="Other!A1"/></hyperlinks>'
    )
    text = copied(tmp_path, beside(raw.sheet(cells, after=after)))["xl/worksheets/sheet3.xml"]
    expected = raw.sheet(cells, after=after)
    for old, new in [
        ("SUM(Plan!B1:B3)", "SUM('It''s new'!B1:B3)"),
        ("'Plan'!$C1*2", "'It''s new'!$C1*2"),
        ("Plan!$A$1&gt;0", "'It''s new'!$A$1&gt;0"),
        ("Plan!$D$1:$D$9", "'It''s new'!$D$1:$D$9"),
        ('location="Plan!A1"', "location=\"'It''s new'!A1\""),
    ]:
        assert old in expected
        expected = expected.replace(old, new)
    assert text == expected


def test_a_copy_is_neither_selected_nor_bound_to_a_macro_module(tmp_path):
    view = (
        '<sheetPr codeName="Plan1"><tabColor rgb="FF00FF00"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1"/></sheetViews>'
    )
    text = copied(tmp_path, beside(raw.sheet(before=view)))["xl/worksheets/sheet3.xml"]
    assert text == raw.sheet(before=view.replace(' tabSelected="1"', "").replace(' codeName="Plan1"', ""))


def test_every_copy_has_ids_of_its_own_and_the_same_ones_each_time(tmp_path):
    text = (
        raw.sheet()
        .replace("<sheetData>", f'<sheetData xr:uid="{GUID}">')
        .replace("<worksheet", '<worksheet xmlns:xr="x"')
    )
    runs = [copied(tmp_path, beside(text), times=2) for _ in range(2)]
    assert runs[0] == runs[1]
    ids = [re.search(r'uid="(.*?)"', runs[0][f"xl/worksheets/sheet{n}.xml"])[1] for n in (1, 3, 4)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"\{[0-9A-F-]{36}\}", found) for found in ids)


def test_newer_formats_and_validations_and_sparklines_move(tmp_path):
    after = (
        '<extLst xmlns:x14="x14" xmlns:xm="xm"><ext xmlns:x14="x14" xmlns:xm="xm"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{GUID}"><x14:dataBar><x14:cfvo type="formula">'
        "<xm:f>Plan!$A$1</xm:f></x14:cfvo></x14:dataBar></x14:cfRule><xm:sqref>A1:A9</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext><ext><x14:dataValidations><x14:dataValidation>"
        "<x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B1</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext><ext><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline>"
        "<xm:f>Plan!B1:D1</xm:f><xm:sqref>E1</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        "</x14:sparklineGroups></ext></extLst>"
    )
    before = (
        f'<conditionalFormatting sqref="A1"><cfRule type="dataBar"><extLst><ext><x14:id xmlns:x14="x14">{GUID}</x14:id>'
        "</ext></extLst></cfRule></conditionalFormatting>"
    )
    text = copied(tmp_path, beside(raw.sheet(after=before + after)), "New")["xl/worksheets/sheet3.xml"]
    assert re.findall(r"<xm:f>(.*?)</xm:f>", text) == ["New!$A$1", "Other!$A$1:$A$3", "New!B1:D1"]
    linked, rule = re.search(r"x14:id[^>]*>(.*?)<", text)[1], re.search(r' id="(.*?)"', text)[1]
    assert linked == rule != GUID


# --- names -----------------------------------------------------------------------------------------------------------

NAMES = (
    "<definedNames>"
    '<definedName name="_xlnm.Print_Area" localSheetId="0">Plan!$A$1:$C$9</definedName>'
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">Plan!$A:$A,Plan!$1:$2</definedName>'
    '<definedName name="rate" localSheetId="0" hidden="1" comment="c">Plan!$B$2*Other!$A$1</definedName>'
    '<definedName name="kind" localSheetId="0">"plan"</definedName>'
    '<definedName name="everywhere">Plan!$C$3</definedName>'
    '<definedName name="elsewhere">Other!$C$3</definedName>'
    '<definedName name="spilt">Plan!$C$3:Plan!$C$4</definedName>'
    "</definedNames>"
)


def test_names_of_the_sheet_are_repeated_and_names_of_the_book_that_mean_it_become_its_own(tmp_path):
    found = raw.parts(raw.sheet(), raw.sheet(), names=["Plan", "Other"], workbook=NAMES)
    text = copied(tmp_path, found)["xl/workbook.xml"]
    new = NAMES.removesuffix("</definedNames>") + (
        "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"2\">'It''s new'!$A$1:$C$9</definedName>"
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"2\">'It''s new'!$A:$A,'It''s new'!$1:$2</definedName>"
        '<definedName name="rate" localSheetId="2" hidden="1" comment="c">\'It\'\'s new\'!$B$2*Other!$A$1</definedName>'
        '<definedName name="kind" localSheetId="2">"plan"</definedName>'
        "<definedName name=\"everywhere\" localSheetId=\"2\">'It''s new'!$C$3</definedName>"
        "<definedName name=\"spilt\" localSheetId=\"2\">'It''s new'!$C$3:'It''s new'!$C$4</definedName>"
        "</definedNames>"
    )
    assert new in text


def test_names_of_a_copy_can_be_read_and_changed_before_the_book_is_saved(tmp_path):
    book = raw.opened(tmp_path, raw.parts(raw.sheet(), raw.sheet(), names=["Plan", "Other"], workbook=NAMES))
    entry = copy(book, book.sheets[0], "New", 0)
    assert book.names.get("RATE", entry).refers_to == "New!$B$2*Other!$A$1"
    assert [name.name for name in book.names.of(entry)][-2:] == ["everywhere", "spilt"]
    book.names.add("rate", "=1", sheet=entry)
    save(book, tmp_path / "out.xlsx")
    again = Workbook.open(tmp_path / "out.xlsx")
    found = {(name.name, name.sheet and name.sheet.name): name.refers_to for name in again.names}
    assert found["rate", "New"] == "1"
    assert found["rate", "Plan"] == "Plan!$B$2*Other!$A$1"


# --- what hangs on the sheet -----------------------------------------------------------------------------------------


def test_threaded_comments_get_new_ids_everywhere_and_keep_their_persons(tmp_path):
    found = beside(raw.sheet()) | {
        "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(
            ("comments", "../comments1.xml"), ("threadedComment", "../t/t1.xml")
        ),
        "xl/comments1.xml": f'<comments xmlns:xr="xr"><author>tc={GUID}</author><comment xr:uid="{GUID}"/></comments>',
        "xl/t/t1.xml": (
            f'<t><c personId="{PERSON}" id="{GUID}"/><c personId="{PERSON}" id="{REPLY}" parentId="{GUID}"/></t>'
        ),
    }
    out = copied(tmp_path, found)
    note, thread = out["xl/comments2.xml"], out["xl/t/t2.xml"]
    new = re.search(r"tc=(.*?)<", note)[1]
    reply = re.findall(r' id="(.*?)"', thread)[1]
    assert len({new, reply, GUID, REPLY}) == 4
    assert note == found["xl/comments1.xml"].replace(GUID, new)
    assert thread == found["xl/t/t1.xml"].replace(GUID, new).replace(REPLY, reply)
    assert "../comments1.xml" not in out["xl/worksheets/_rels/sheet3.xml.rels"]


def test_controls_and_linked_shapes_look_at_the_cells_of_the_copy(tmp_path):
    found = typed(
        beside(raw.sheet(after=f'<controls {R}><control r:id="rId1" name="c"/></controls>'))
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(
                ("ctrlProp", "../ctrlProps/ctrlProp1.xml"),
                ("drawing", "../drawings/d1.xml"),
                ("vmlDrawing", "../v1.vml"),
            ),
            "xl/ctrlProps/ctrlProp1.xml": '<f fmlaLink="Plan!$A$1" fmlaRange="Other!$A$1:$A$3"/>',
            "xl/drawings/d1.xml": '<d><sp textlink="Plan!$B$2"/><cam cellRange="Plan!A1"/><gd fmla="val 5"/></d>',
            "xl/v1.vml": "<xml><x:FmlaLink>Plan!$A$1</x:FmlaLink><br></xml>",
        },
        **{"xl/v1.vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"},
    )
    out = copied(tmp_path, found, "New")
    assert out["xl/ctrlProps/ctrlProp2.xml"] == '<f fmlaLink="New!$A$1" fmlaRange="Other!$A$1:$A$3"/>'
    assert out["xl/drawings/d2.xml"] == '<d><sp textlink="New!$B$2"/><cam cellRange="New!A1"/><gd fmla="val 5"/></d>'
    assert out["xl/v2.vml"] == "<xml><x:FmlaLink>New!$A$1</x:FmlaLink><br></xml>"


def test_links_within_the_book_and_outside_keep_their_kind(tmp_path):
    rels = (
        f'<Relationships xmlns="{raw.RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{raw.OFFICE}/hyperlink" Target="#Plan!A1" TargetMode="External"/>'
        f'<Relationship Id="rId2" Type="{raw.OFFICE}/hyperlink" Target="https://a.org/?a&amp;b" TargetMode="External"/>'
        f'<Relationship Id="rId3" Type="{raw.OFFICE}/image" Target="../media/a%20b.png"/></Relationships>'
    )
    found = beside(raw.sheet()) | {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/media/a b.png": "png"}
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        "<Default", '<Default Extension="png" ContentType="image/png"/><Default', 1
    )
    out = copied(tmp_path, found, "New one")["xl/worksheets/_rels/sheet3.xml.rels"]
    targets = re.findall(r'Target="([^"]*)"( TargetMode="External")?', out)
    assert targets == [
        ("#'New one'!A1", ' TargetMode="External"'),
        ("https://a.org/?a&amp;b", ' TargetMode="External"'),
        ("/xl/media/a%20b.png", ""),
    ]


def test_pivot_tables_share_their_cache_and_pivot_charts_look_at_the_copy(tmp_path):
    found = typed(
        beside(raw.sheet())
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(
                ("pivotTable", "../pivotTables/p1.xml"), ("drawing", "../d1.xml")
            ),
            "xl/pivotTables/p1.xml": '<p name="Pivot" cacheId="1"/>',
            "xl/pivotTables/_rels/p1.xml.rels": raw.rels(("pivotCacheDefinition", "../cache1.xml")),
            "xl/cache1.xml": "<c/>",
            "xl/d1.xml": "<d/>",
            "xl/_rels/d1.xml.rels": raw.rels(("chart", "charts/chart1.xml")),
            "xl/charts/chart1.xml": (
                '<c:c xmlns:c="c"><c:pivotSource><c:name>[b.xlsx]Plan!Pivot</c:name></c:pivotSource></c:c>'
            ),
        }
    )
    out = copied(tmp_path, found)
    assert 'Target="/xl/cache1.xml"' in out["xl/pivotTables/_rels/p2.xml.rels"]
    assert "xl/cache2.xml" not in out
    assert "<c:name>[b.xlsx]It's new!Pivot</c:name>" in out["xl/charts/chart2.xml"]


TABLE = (
    f'<table xmlns="{raw.MAIN}" id="3" name="Sales" displayName="Sales" ref="A1:B3"><tableColumns count="2">'
    '<tableColumn id="1" name="Client"/><tableColumn id="2" name="Sum">'
    "<calculatedColumnFormula>Sales[[#This Row],[Client]]*2</calculatedColumnFormula></tableColumn></tableColumns>"
    "</table>"
)


def test_tables_get_names_and_numbers_of_their_own_and_formulas_follow(tmp_path):
    cells = '<row r="1"><c r="A1"><f>SUM(Sales[Sum])+ROWS(sales)</f></c><c r="B1"><f>SUM(Costs[Sum])</f></c></row>'
    found = typed(
        beside(raw.sheet(cells, after=f'<tableParts {R}><tablePart r:id="rId1"/></tableParts>'))
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("table", "../tables/table1.xml")),
            "xl/tables/table1.xml": TABLE,
        },
        **{"xl/tables/table1.xml": raw.SHEET_TYPE + "table+xml"},
    )
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace(
        "</workbook>", '<definedNames><definedName name="Sales_2">1</definedName></definedNames></workbook>'
    )
    out = copied(tmp_path, found, "New", times=2)
    expected = TABLE.replace('id="3" name="Sales" displayName="Sales"', 'id="4" name="Sales_3" displayName="Sales_3"')
    assert out["xl/tables/table2.xml"] == expected.replace("Sales[[", "Sales_3[[")
    assert 'id="5" name="Sales_4"' in out["xl/tables/table3.xml"]
    assert (
        '<f>SUM(Sales_3[Sum])+ROWS(Sales_3)</f></c><c r="B1"><f>SUM(Costs[Sum])</f>' in out["xl/worksheets/sheet3.xml"]
    )


@pytest.mark.parametrize("kind", ["slicer", "timeline"])
def test_a_sheet_with_a_slicer_is_refused_and_nothing_has_changed(tmp_path, kind):
    found = beside(raw.sheet()) | {
        "xl/worksheets/_rels/sheet1.xml.rels": raw.rels((kind, "../s1.xml")),
        "xl/s1.xml": "<s/>",
    }
    book = raw.opened(tmp_path, found)
    with pytest.raises(UnsupportedError, match=f"Plan: a sheet with a {kind} cannot be copied. Remove it"):
        copy(book, book.sheets[0], "New", 1)
    assert save(book, tmp_path / "out.xlsx").changed == ()


def test_a_chart_sheet_is_refused(tmp_path):
    found = raw.parts(raw.sheet(), "<chartsheet/>")
    rels = "xl/_rels/workbook.xml.rels"
    found[rels] = found[rels].replace('worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2')
    book = raw.opened(tmp_path, found)
    with pytest.raises(UnsupportedError, match="only worksheets can be copied"):
        copy(book, book.sheets[1], "New", 1)


@pytest.mark.parametrize("name", ["other", "a/b", "", "x" * 32])
def test_a_name_that_excel_refuses_is_refused(tmp_path, name):
    book = raw.opened(tmp_path, beside(raw.sheet()))
    with pytest.raises(EditError):
        copy(book, book.sheets[0], name, 1)
    assert [entry.name for entry in book.sheets] == ["Plan", "Other"]


# --- the whole of it -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A sheet with everything that XlsxWriter can put on one."""
    folder = tmp_path_factory.mktemp("rich")
    picture = folder / "logo.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
            "0000000049454e44ae426082"
        )
    )
    path = folder / "rich.xlsx"
    book = xlsxwriter.Workbook(str(path))
    bold = book.add_format({"bold": True, "bg_color": "#FFC7CE", "num_format": "0.00%"})
    sheet, other = book.add_worksheet("My plan"), book.add_worksheet("Other")
    other.write("A1", 7)
    sheet.merge_range("A1:C1", "Title", bold)
    sheet.write_column("A3", ["a", "b", "c"])
    sheet.write_column("B3", [1, 2, 3], bold)
    sheet.write_formula("B6", "=SUM('My plan'!B3:B5)", bold, 6)
    sheet.write_formula("B7", "=Other!A1", None, 7)
    sheet.conditional_format("B3:B5", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B3:B5", {"type": "cell", "criteria": ">", "value": "='My plan'!$B$4", "format": bold})
    sheet.data_validation("C3", {"validate": "list", "source": "='My plan'!$A$3:$A$5"})
    sheet.data_validation("C4", {"validate": "list", "source": "=Other!$A$1:$A$2"})
    for column, kind in enumerate(["column", "pie"]):
        chart = book.add_chart({"type": kind})
        chart.add_series(
            {"categories": "='My plan'!$A$3:$A$5", "values": "='My plan'!$B$3:$B$5", "name": "='My plan'!$A$1"}
        )
        sheet.insert_chart(8, column * 8, chart)
    sheet.insert_image("F1", str(picture))
    sheet.set_background(str(picture))
    sheet.set_header("&L&G", {"image_left": str(picture)})
    sheet.insert_textbox("H1", "text", {"textlink": "='My plan'!$A$1"})
    sheet.insert_button("H5", {"macro": "go", "caption": "Go"})
    sheet.write_comment("A3", "a note")
    sheet.add_sparkline("D3", {"range": "'My plan'!B3:B5"})
    sheet.add_table(
        "F20:G22",
        {"name": "Rows", "columns": [{"header": "X"}, {"header": "Y", "formula": "=Rows[[#This Row],[X]]*2"}]},
    )
    sheet.write_url("A40", "https://example.org/x?y=1&z=2")
    sheet.write_url("A41", "internal:'My plan'!A1")
    sheet.print_area("A1:H40")
    sheet.repeat_rows(0, 1)
    sheet.autofilter("A2:B5")
    sheet.freeze_panes(2, 1)
    sheet.protect("x")
    book.define_name("'My plan'!total", "='My plan'!$B$6")
    book.close()
    return path


def test_a_copy_of_a_rich_sheet_differs_only_in_what_it_calls_itself(rich, tmp_path):
    book = Workbook.open(rich)
    copy(book, book.sheets[0], "Nordwerk", 2)
    out = tmp_path / "out.xlsx"
    report = save(book, out)
    before, after = raw.contents(rich), raw.contents(out)
    assert set(report.changed) == {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    new = {
        "xl/worksheets/sheet3.xml": "xl/worksheets/sheet1.xml",
        "xl/drawings/drawing2.xml": "xl/drawings/drawing1.xml",
        "xl/charts/chart3.xml": "xl/charts/chart1.xml",
        "xl/charts/chart4.xml": "xl/charts/chart2.xml",
        "xl/drawings/vmlDrawing3.vml": "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/vmlDrawing4.vml": "xl/drawings/vmlDrawing2.vml",
        "xl/comments2.xml": "xl/comments1.xml",
    }
    for part, source in new.items():
        expected = before[source].decode().replace("'My plan'!", "Nordwerk!").replace(' tabSelected="1"', "")
        expected = expected.replace("Rows[", "Rows_2[").replace('display="Nordwerk!', "display=\"'My plan'!")
        assert ID.sub("", after[part].decode()) == ID.sub("", expected), part
    added = {part for part in set(after) - set(before) if not part.endswith(".rels")}
    assert added == {*new, "xl/tables/table2.xml"}
    assert [part for part in after if "media" in part] == [part for part in before if "media" in part]


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl tells what it does not keep
def test_another_program_sees_the_same_sheet_twice(rich, tmp_path):
    book = Workbook.open(rich)
    copy(book, book.sheets[0], "Nordwerk", 1)
    out = tmp_path / "out.xlsx"
    save(book, out)
    read = openpyxl.load_workbook(out)
    assert read.sheetnames == ["My plan", "Nordwerk", "Other"]
    old, new = read["My plan"], read["Nordwerk"]
    expected = [[str(cell.value).replace("'My plan'!B", "Nordwerk!B") for cell in row] for row in old.iter_rows()]
    assert [[str(cell.value).replace("Rows_2[", "Rows[") for cell in row] for row in new.iter_rows()] == expected
    assert [cell.style_id for cell in old["B"]] == [cell.style_id for cell in new["B"]]
    assert (new.merged_cells.ranges, len(new._charts)) == (old.merged_cells.ranges, 2)
    assert (new.print_area, new.print_title_rows) == ("'Nordwerk'!$A$1:$H$40", "$1:$2")
    assert new["A3"].comment.text == "a note"
    assert list(new.tables) == ["Rows_2"]
    assert (new.protection.sheet, new.freeze_panes) == (True, "B3")
    assert new.defined_names["total"].attr_text == "Nordwerk!$B$6"
    assert new._charts[0].series[0].val.numRef.f == "Nordwerk!$B$3:$B$5"
    assert old._charts[0].series[0].val.numRef.f == "'My plan'!$B$3:$B$5"


def test_a_copy_of_a_copy_is_a_copy(rich, tmp_path):
    first = tmp_path / "first.xlsx"
    book = Workbook.open(rich)
    one = copy(book, book.sheets[0], "One", 2)
    copy(book, one, "Two", 3)
    save(book, first)
    again = Workbook.open(first)
    copy(again, again.sheets[3], "Three", 4)
    second = tmp_path / "second.xlsx"
    save(again, second)
    found = raw.contents(second)
    texts = [found[f"xl/worksheets/sheet{n}.xml"].decode() for n in (3, 4, 5)]
    plain = [re.sub(r"(?:One|Two|Three)!|Rows_\d|\{[0-9A-F-]{36}\}", "X", text) for text in texts]
    assert plain[0] == plain[1] == plain[2]
    names = [re.search(r'displayName="(.*?)"', found[f"xl/tables/table{n}.xml"].decode())[1] for n in (1, 2, 3, 4)]
    assert names == ["Rows", "Rows_2", "Rows_3", "Rows_4"]


def test_a_hundred_copies_are_a_hundred_sheets(rich, tmp_path):
    book = Workbook.open(rich)
    for number in range(100):
        copy(book, book.sheets[0], f"Copy {number}", len(book.sheets))
    out = tmp_path / "out.xlsx"
    save(book, out)
    with zipfile.ZipFile(out) as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]) == 102
        last = archive.read("xl/worksheets/sheet102.xml").decode()
    assert "SUM('Copy 99'!B3:B5)" in last
    again = Workbook.open(out)
    assert again.names.get("total", again.sheets[101]).refers_to == "'Copy 99'!$B$6"


def test_edits_not_yet_saved_are_copied_too_and_later_ones_are_not(rich):
    book = Workbook.open(rich)
    book.sheet_part(book.sheets[0]).set(3, 2, 99)
    entry = copy(book, book.sheets[0], "New", 2)
    book.sheet_part(book.sheets[0]).set(4, 2, 77)
    book.sheet_part(entry).set(5, 2, 55)
    values = [[row[0] for row in book.sheet_part(sheet).block(3, 2, 5, 2)] for sheet in (book.sheets[0], entry)]
    assert values == [[99, 77, 3], [99, 2, 55]]
