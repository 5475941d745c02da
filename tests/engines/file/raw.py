"""Workbooks written part by part, for what no library would write."""

import io
import zipfile

from kam_xl.engines.file.parts.workbook import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def sheet(cells="", *, before="", after=""):
    """A worksheet with rows as given."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def rels(*targets, office=OFFICE):
    """Relationships rId1, rId2 ... from pairs of kind and target."""
    found = "".join(
        f'<Relationship Id="rId{i}" Type="{office}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{found}</Relationships>'


def parts(*sheets, workbook="", names=None, **more):
    """The parts of a workbook with the sheets given; `workbook` comes behind its list of sheets."""
    sheets = sheets or (sheet(),)
    names = names or [f"Sheet{i}" for i in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{SHEET_TYPE}worksheet+xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    found = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{workbook}</workbook>'
        ),
        "xl/_rels/workbook.xml.rels": rels(
            *(("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1))
        ),
    }
    found |= {f"xl/worksheets/sheet{i}.xml": text for i, text in enumerate(sheets, 1)}
    return found | more


def zipped(found, method=zipfile.ZIP_DEFLATED):
    """A zip file of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return stream.getvalue()


def write(path, found):
    """A workbook file of parts."""
    path.write_bytes(zipped(found))
    return path


def opened(tmp_path, found):
    """The model of a workbook of parts."""
    return Workbook.open(write(tmp_path / "book.xlsx", found))


def contents(path):
    """The parts of a file, in their order."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def differing(before, after):
    """The names of the parts that are not the same in two files."""
    old, new = contents(before), contents(after)
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
