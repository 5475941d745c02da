"""Copies of a sheet with everything on it.

A sheet is more than its part: drawings, charts, notes, tables, controls hang on it. `SheetCopier` takes
the whole tree of a sheet once, finds out what every copy needs for itself and what all may share, and cuts each text at
the places that differ from copy to copy: references to the sheet, names of tables, unique ids, names of parts. A copy
then is a set of values for these holes; its texts are written when the file is, and take no memory until then.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from kam_xl.engines.file.errors import UnsupportedError
from kam_xl.engines.file.parts.charts import with_plain_references
from kam_xl.engines.file.parts.copies.local_names import LocalNames
from kam_xl.engines.file.parts.names import table_names
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel.references import in_text, moved, quoted
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.form import Form, Pending, hole
from kam_xl.ooxml.package import Package
from kam_xl.ooxml.part_names import relationships_of
from kam_xl.ooxml.relationships import Rel

# Parts that any number of sheets may have in common: nobody edits them through one of the sheets.
SHARED = {"image", "hdphoto", "media", "video", "audio", "themeOverride", "pivotCacheDefinition", "customXml"}
_REFUSED = {"slicer": Text("a slicer"), "timeline": Text("a timeline")}
_WITH_IDS = {"worksheet", "table", "comments", "threadedComment", "pivotTable", "queryTable", "namedSheetView"}
_GUID = re.compile(r"\{[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}")
_BEFORE_ID = re.compile(r"(?:\b(?:xr\d*:uid|id|parentId|filterId|mentionId)=\"|\btc=|:id(?:\s[^>]*)?>)\Z")
_REACH = 400  # characters before an id within which its name stands
_PIVOT_SOURCE = re.compile(r"(<(?:\w+:)?pivotSource>\s*<(?:\w+:)?name>\[[^\]<]*\])([^<]*)(?=![^!<]*</)")
_SELECTED = re.compile(r"(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected=(?:\"[^\"]*\"|'[^']*')")
_CODE_NAME = re.compile(r"(<(?:\w+:)?sheetPr\b[^>]*?)\s+codeName=(?:\"[^\"]*\"|'[^']*')")

_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)

Values = dict[str, str]
More = Callable[[Values], Mapping[str, str]]  # further values for the holes of one part, made when it is written


def copy(workbook: Workbook, entry: SheetEntry, name: str, index: int) -> SheetEntry:
    """One copy of a sheet, at a place among the tabs.

    Raises
    ------
    UnsupportedError
        If the sheet carries something that cannot be copied.
    EditError
        If Excel would not allow the name.
    """
    copier = SheetCopier(workbook, entry)
    copier.prepare()
    return copier.copy(name, index)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that every copy needs for itself: its text or bytes, and the text of its relationships."""

    part: str
    content_type: str
    content: Form | bytes
    relationships: Form | None


class SheetCopier:
    """A sheet, prepared once and copied any number of times.

    Parameters
    ----------
    workbook : Workbook
        The book it is in.
    entry : SheetEntry
        The sheet.
    target : Workbook, optional
        The book that the copies come into, if it is another one.

    Raises
    ------
    UnsupportedError
        If the sheet carries something that cannot be copied: a slicer, a timeline.
    """

    def __init__(self, workbook: Workbook, entry: SheetEntry, target: Workbook | None = None) -> None:
        if entry.part is None or entry.kind != "worksheet":
            raise UnsupportedError(Text("only worksheets can be copied"), where=entry.name, got=entry.kind)
        workbook.sheet_part(entry).flush()
        self._workbook, self._entry, self._part = workbook, entry, entry.part
        self._package, self._target = workbook.package, target or workbook
        self._own = dict(own_parts(self._package, entry.part))
        self._refuse()
        self._tables = [table_names.head(part, self._package.text(part)) for part in self._of_kind("table")]
        self._renamed = {table.name.casefold(): hole(table.name_key) for table in self._tables}
        self._ids: set[str] = set()
        self._shared: Mapping[str, str] = {}
        self._pieces: list[Piece] = []
        self._names: LocalNames | None = None

    def prepare(
        self,
        texts: Mapping[str, str] | None = None,
        shared: Mapping[str, str] | None = None,
        carried: Collection[str] = (),
    ) -> None:
        """Take the sheet's parts; after this the sheet itself is not needed any more.

        Parameters
        ----------
        texts : mapping of str to str, optional
            Texts to take as parts instead of their own, with more holes cut into them.
        shared : mapping of str to str, optional
            What the parts that copies have in common are called in the other book.
        carried : collection of str, optional
            Names of the whole book that copies in another book take along, in lower case.
        """
        self._shared = shared or {}
        self._pieces = [self._piece(part, kind, (texts or {}).get(part)) for part, kind in self._own.items()]
        self._names = LocalNames(self._workbook, self._entry, self._target, self._moved, carried)

    def copy(self, name: str, index: int, more: Mapping[str, More] | None = None, state: str = "") -> SheetEntry:
        """One more copy of the sheet, at a place among the tabs.

        Parameters
        ----------
        name : str
            The new sheet's name.
        index : int
            Its place, from 0.
        more : mapping of str to callable, optional
            By part, what gives the values for further holes in its text, when the part is written.
        state : str, optional
            visible, hidden or veryHidden; by default as the sheet itself.
        """
        target, package = self._target, self._target.package
        target.tabs.check_name(name)
        more, values = more or {}, self._values(name)
        for piece in self._pieces:
            new, content = values[piece.part], piece.content
            pending = Pending(content, values, more.get(piece.part)) if isinstance(content, Form) else content
            package.put(new, pending, piece.content_type)
            if piece.relationships:
                package.put(relationships_of(new), Pending(piece.relationships, values))
        entry = target.add_entry(name, values[self._part], index=index, state=state or self._entry.state)
        if self._names:
            self._names.give(entry, values)
        return entry

    def _values(self, name: str) -> Values:
        values = {"sheet": xml.quote(quoted(name)) + "!", "title": xml.quote(name)}
        for piece in self._pieces:
            new = self._target.package.fresh_name(piece.part)
            values |= {piece.part: new, _target_key(piece.part): percent_encoded("/" + new)}
        seed = values[self._part]
        values |= {old: _other_id(old, seed) for old in self._ids}
        names = self._target.table_names
        for table in self._tables:
            values |= {table.name_key: xml.quote(names.fresh(table.name)), table.number_key: str(names.number())}
        return values

    # --- preparing --------------------------------------------------------------------------------------------------

    def _of_kind(self, kind: str) -> list[str]:
        return [part for part, known in self._own.items() if known == kind]

    def _refuse(self) -> None:
        for kind, thing in _REFUSED.items():
            if self._of_kind(kind):
                raise UnsupportedError(
                    Text("a sheet with {thing} cannot be copied", thing=thing),
                    where=self._entry.name,
                    remedy=Text("Remove it from the sheet, or copy the sheet in Excel."),
                )

    def _piece(self, part: str, kind: str, text: str | None) -> Piece:
        content_type = self._package.content_type(part)
        rels = self._package.rels(part)
        text = text or _text(self._package, part, content_type)
        content = self._package.read(part) if text is None else Form(self.marked(text, kind, part))
        return Piece(part, content_type, content, Form(self._relationships(rels)) if rels else None)

    def marked(self, text: str, kind: str = "worksheet", part: str = "") -> str:
        """The text of a part, or a piece of it, with holes where copies differ."""
        if kind == "chartEx":
            text = with_plain_references(text, self._workbook)
        text = in_text(text, self._moved)
        if kind in _WITH_IDS:
            text = _GUID.sub(self._mark_id, text)
        if kind == "worksheet":
            text = _CODE_NAME.sub(r"\1", _SELECTED.sub(r"\1", text), count=1)
        elif kind == "table":
            text = table_names.head(part, text).mark(text)
        elif kind == "chart":
            text = _PIVOT_SOURCE.sub(self._mark_pivot_source, text)
        return text

    def _moved(self, formula: str) -> str:
        """A formula as it stands in XML, with holes for this sheet and its tables."""
        if "!" not in formula and not self._renamed:
            return formula
        plain = xml.unescape(formula)
        changed = moved(plain, self._entry.name, hole("sheet"), self._renamed)
        return formula if changed == plain else xml.quote(changed)

    def _mark_id(self, match: re.Match[str]) -> str:
        if not _BEFORE_ID.search(match.string, max(0, match.start() - _REACH), match.start()):
            return match[0]
        self._ids.add(match[0])
        return hole(match[0])

    def _mark_pivot_source(self, match: re.Match[str]) -> str:
        return match[1] + (hole("title") if xml.unescape(match[2]) == self._entry.name else match[2])

    def _relationships(self, rels: list[Rel]) -> str:
        items = "".join([self._relationship(rel) for rel in rels])
        return _RELATIONSHIPS.format(items)

    def _relationship(self, rel: Rel) -> str:
        mode = ' TargetMode="External"' if rel.external else ""
        if rel.part in self._own:
            target = hole(_target_key(rel.part))
        elif rel.part:
            target = percent_encoded("/" + self._shared.get(rel.part, rel.part))
        else:  # an address outside, or a place in this book such as "#Plan!A1"
            target = self._moved(xml.quote(rel.target))
        return f'<Relationship Id="{xml.quote(rel.id)}" Type="{xml.quote(rel.type)}" Target="{target}"{mode}/>'


def own_parts(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """A sheet's part and all below it that belong to it alone, with their kinds, from the top down."""
    seen, waiting = {part}, [(part, "worksheet")]
    while waiting:
        current, kind = waiting.pop(0)
        yield current, kind
        for rel in package.rels(current):
            if rel.part and rel.kind not in SHARED and rel.part not in seen:
                seen.add(rel.part)
                waiting.append((rel.part, rel.kind))


def _text(package: Package, part: str, content_type: str) -> str | None:
    """The text of a part, None where it is not a text."""
    if content_type.endswith("xml"):
        return package.text(part)
    if not content_type.endswith("vmlDrawing"):
        return None
    try:
        return package.read(part).decode("utf-8-sig")  # not always well-formed, even where Excel wrote it
    except UnicodeDecodeError:
        return None


def _target_key(part: str) -> str:
    return f"target {part}"


def _other_id(guid: str, seed: str) -> str:
    """An id made of another and the name of the new part: unique, and the same each time the same is done."""
    return f"{{{uuid.uuid5(uuid.UUID(guid), seed)}}}".upper()
