"""Files that somebody or something has spoilt: a sentence, never a traceback, and the source as it was."""

import contextlib
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_xl.engines.file.parts import sweep
from kam_xl.engines.file.parts.blank import blank_sheet
from kam_xl.engines.file.parts.table import tables
from kam_xl.engines.file.parts.workbook import WORKSHEET, Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.values import Formula
from kam_xl.errors import KamError
from tests.engines.file import raw

ROWS = (
    '<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c>'
    '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row>'
    '<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
    '<row r="3"><c t="b" s="1" r="A3"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c>'
    '<c r="C3" t="inlineStr"><is><t>x</t></is></c></row>'
)
STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
STRINGS = f'<sst xmlns="{raw.MAIN}" count="1" uniqueCount="1"><si><t>one</t></si></sst>'
TABLE = (
    f'<table xmlns="{raw.MAIN}" id="1" name="T" displayName="T" ref="A1:B3"><autoFilter ref="A1:B3"/>'
    '<tableColumns count="2"><tableColumn id="1" name="one"/><tableColumn id="2" name="2"/></tableColumns></table>'
)
BEFORE = '<dimension ref="A1:C3"/><cols><col min="1" max="2" style="1"/></cols>'
AFTER = '<hyperlinks><hyperlink ref="A1" r:id="rId2"/></hyperlinks><tableParts><tablePart r:id="rId1"/></tableParts>'
WHOLE = raw.parts(
    raw.sheet(ROWS, before=BEFORE, after=AFTER),
    raw.sheet(),
    workbook='<definedNames><definedName name="n" localSheetId="0">Sheet1!$A$1</definedName></definedNames><calcPr/>',
    **{
        "xl/_rels/workbook.xml.rels": raw.rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("calcChain", "calcChain.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
        "xl/calcChain.xml": "<calcChain/>",
        "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("table", "../tables/table1.xml"), ("hyperlink", "x")),
        "xl/tables/table1.xml": TABLE,
    },
)


def use(path, out):
    """Do with a book what people do."""
    book = Workbook.open(path)
    for entry in list(book.sheets):
        sheet = book.sheet_part(entry)
        used = sheet.used()
        sheet.block(1, 1, 5, 5, as_dates=True)
        [sheet.formula(row, column) for row in range(1, 4) for column in range(1, 4)]
        [table.columns for table in tables(sheet)]
        sheet.set(used.bottom + 1 if used else 1, 1, Formula("=1+1", 2))
        sheet.set(1, 1, "new")
        sheet.set(1, 2, 5)
    book.package.put("xl/worksheets/sheet9.xml", blank_sheet(), WORKSHEET)
    sweep.rename(book, book.add_entry("New", "xl/worksheets/sheet9.xml"), "Newer")
    sweep.rename(book, book.sheets[0], "First")
    save(book, out)


def survives(data, folder):
    """Use a file made of bytes; it may be refused, in a sentence."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    with contextlib.suppress(KamError):
        use(path, folder / "out.xlsx")
    assert path.read_bytes() == data
    assert not [file for file in folder.iterdir() if file.name not in {"book.xlsx", "out.xlsx"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def test_the_file_as_it_is_is_used_to_the_end(folder):
    path = raw.write(folder / "book.xlsx", WHOLE)
    use(path, folder / "out.xlsx")
    assert [entry.name for entry in Workbook.open(folder / "out.xlsx").sheets] == ["First", "Sheet2", "Newer"]


FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(cut=st.floats(0, 1))
def test_a_truncated_file(folder, cut):
    data = raw.zipped(WHOLE)
    survives(data[: int(len(data) * cut)], folder)


@FEW
@given(seed=st.integers(0, 2**32))
def test_a_file_with_bytes_changed(folder, seed):
    data, chance = bytearray(raw.zipped(WHOLE)), random.Random(seed)  # noqa: S311
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    survives(bytes(data), folder)


@FEW
@given(part=st.sampled_from(sorted(WHOLE)))
def test_a_file_with_a_part_missing(folder, part):
    survives(raw.zipped({name: text for name, text in WHOLE.items() if name != part}), folder)


@FEW
@given(part=st.sampled_from(sorted(WHOLE)), seed=st.integers(0, 2**32))
def test_a_part_with_characters_changed(folder, part, seed):
    chance = random.Random(seed)  # noqa: S311
    text = list(WHOLE[part])
    for _ in range(chance.randint(1, 4)):
        text[chance.randrange(len(text))] = chance.choice("<>/\"'=& \0x0A1-é")
    survives(raw.zipped(WHOLE | {part: "".join(text)}), folder)


ODD = ["", "-1", "0", "99999999999999999999", "1.5", "x", "rId9", "A0", "ZZZZ9", "A1:ZZ", "#REF!", "true", "&#0;", "é"]


@FEW
@given(part=st.sampled_from(sorted(WHOLE)), which=st.integers(0, 200), odd=st.sampled_from(ODD))
def test_a_part_with_an_odd_value_somewhere(folder, part, which, odd):
    values = list(re.finditer(r'"([^"]*)"|>([^<]+)<', WHOLE[part]))
    if not values:
        return
    found = values[which % len(values)]
    group = 1 if found[1] is not None else 2
    text = WHOLE[part][: found.start(group)] + odd + WHOLE[part][found.end(group) :]
    survives(raw.zipped(WHOLE | {part: text}), folder)


@FEW
@given(part=st.sampled_from(sorted(WHOLE)), which=st.integers(0, 200))
def test_a_part_with_an_attribute_missing(folder, part, which):
    found = list(re.finditer(r'\s[\w:]+="[^"]*"', WHOLE[part]))
    gone = found[which % len(found)] if found else re.match("", WHOLE[part])
    survives(raw.zipped(WHOLE | {part: WHOLE[part][: gone.start()] + WHOLE[part][gone.end() :]}), folder)


@FEW
@given(one=st.sampled_from(sorted(WHOLE)), other=st.sampled_from(sorted(WHOLE)))
def test_a_file_with_two_parts_exchanged(folder, one, other):
    survives(raw.zipped(WHOLE | {one: WHOLE[other], other: WHOLE[one]}), folder)
