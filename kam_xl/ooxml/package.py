"""A package: parts by name, with their content types and relationships, and the changes made to them.

What is not changed is never unpacked; what is changed lies above the source until it is written (`writer`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kam_xl.errors import refuse_pipe, system_reason
from kam_xl.files.state import FileState
from kam_xl.locale import Text
from kam_xl.ooxml import content_types, markup
from kam_xl.ooxml import part_names as names
from kam_xl.ooxml.archive import LIMITS, Archive, Entry, Limits, Packed
from kam_xl.ooxml.content_types import ContentTypes
from kam_xl.ooxml.errors import DamagedFileError, NotAWorkbookError, UnreadableFileError
from kam_xl.ooxml.markup import LongText
from kam_xl.ooxml.relationships import STRICT, TRANSITIONAL, Rel, Relationships

Content = bytes | str | LongText | Packed | Callable[[], bytes]
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"


class Piece(NamedTuple):
    """One entry of the file to be written: copied from the source where `content` is None."""

    name: str
    entry: Entry | None
    content: Content | None

    def chunks(self) -> Iterable[bytes] | None:
        """The content's bytes, None where the entry is copied."""
        content = self.content() if callable(self.content) else self.content
        if content is None or isinstance(content, (LongText, Packed)):
            return content
        return [markup.encode(content) if isinstance(content, str) else content]


def read_file(path: Path) -> bytes:
    """A workbook file as it lies there.

    Raises
    ------
    UnreadableFileError
    """
    try:
        refuse_pipe(path)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            Text("the file cannot be read ({why})", why=system_reason(error)), where=str(path)
        ) from error


class Package:
    """An Open Packaging Conventions package over a zip file.

    Part names have no leading slash. Looking one up does not tell capitals apart, as the format asks.

    Examples
    --------
    >>> package = Package.blank()
    >>> package.put("xl/workbook.xml", "<workbook/>", "application/x")
    >>> package.relate("", "officeDocument", "xl/workbook.xml")
    'rId1'
    >>> package.names(), package.part_of_type("", "officeDocument")
    (['[Content_Types].xml', 'xl/workbook.xml', '_rels/.rels'], 'xl/workbook.xml')
    """

    def __init__(self, archive: Archive | None, name: str = "", path: Path | None = None) -> None:
        self.path, self.name, self.archive = path, name or (archive.where if archive else ""), archive
        self._source = _by_name(archive) if archive else {}
        self._parts = {key: entry.name for key, entry in self._source.items()}  # names as written, by lower case
        self._changed: dict[str, Content] = {}
        self._rels: dict[str, Relationships] = {}  # by the part that holds them
        self._numbers: dict[tuple[str, str], int] = {}
        self._sound: set[str] = set()  # parts of the source that are known to be well-formed
        self.seen: dict[Path, FileState] = {}  # files as this package last read or wrote them
        self.types = self._read_types() if archive else self._blank_types()

    @classmethod
    def open(cls, path: Path | str, limits: Limits = LIMITS) -> Package:
        """The package in a file.

        Raises
        ------
        PackageError
            If the file cannot be read, or is not a package that can be trusted.
        """
        path = Path(path)
        try:
            refuse_pipe(path)
            size = path.stat().st_size
            if size > limits.file_size:
                raise UnreadableFileError(
                    Text("the file is too large ({size:count} bytes)", size=size), where=str(path)
                )
            data = path.read_bytes()
            state = FileState.of(path, data)
        except OSError as error:
            raise UnreadableFileError(
                Text("the file cannot be read ({why})", why=system_reason(error)), where=str(path)
            ) from error
        package = cls(Archive(data, path.name, limits), path.name, path.absolute())
        package.note(path, state)
        return package

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "", limits: Limits = LIMITS) -> Package:
        """The package in a file's bytes."""
        return cls(Archive(data, name, limits), name)

    @classmethod
    def blank(cls, name: str = "") -> Package:
        """A package with nothing in it yet."""
        return cls(None, name)

    def _blank_types(self) -> ContentTypes:
        self._parts[content_types.PART.lower()] = content_types.PART
        types = ContentTypes()
        types.set_default("rels", _RELATIONSHIPS)
        types.set_default("xml", "application/xml")
        return types

    def _read_types(self) -> ContentTypes:
        if content_types.PART not in self:
            raise NotAWorkbookError.of(self.name)
        return ContentTypes(self._source_text(content_types.PART))

    # --- parts -------------------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """The parts' names, in the order of the file; added ones at the end."""
        return list(self._parts.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """A part's content as it would be written now."""
        key = name.lower()
        content = self._content(key)
        if content is None:
            if key not in self._parts:
                raise DamagedFileError(Text("a part of the file is missing"), where=self.name, got=name)
            return self._source_bytes(key)
        if callable(content):
            content = self._changed[key] = content()
        if isinstance(content, (LongText, Packed)):
            return b"".join(content)
        return markup.encode(content) if isinstance(content, str) else content

    def chunks(self, name: str) -> Iterable[bytes]:
        """A part's content as it would be written now, piece by piece."""
        key = name.lower()
        if self.archive is None or key not in self._source or self._content(key) is not None:
            return [self.read(name)]
        return self.archive.chunks(self._source[key])

    def text(self, name: str) -> str:
        """The text of an XML part: well-formed (except VML), without a document type, without a byte order mark."""
        content = self._changed.get(name.lower())
        if isinstance(content, (str, LongText)):
            return str(content)
        sound = content is None and name.lower() in self._sound
        text = markup.decode(self.read(name), name, loose=sound or name.lower().endswith(".vml"))
        if content is None:
            self._sound.add(name.lower())
        return text

    def is_as_read(self, name: str) -> bool:
        """Whether a part is that of the source, to which nothing was done."""
        return name.lower() in self._source and self._content(name.lower()) is None

    def pending(self, name: str) -> Callable[[], bytes] | None:
        """What will give a part's content when it is written, None where the content is there."""
        content = self._changed.get(name.lower())
        return content if callable(content) else None

    def put(self, name: str, data: Content, content_type: str | None = None) -> None:
        """Replace a part, or add one.

        Parameters
        ----------
        name : str
            The part.
        data : bytes, str, LongText, Packed or callable
            Its content. Text is encoded as its XML declaration says. A callable gives the bytes when the part is
            written, and must give the same ones each time: that is how thousands of sheets take no memory.
        content_type : str, optional
            What a new part is; of a known one, if it changes.
        """
        key = name.lower()
        self._parts.setdefault(key, name)
        self._changed[key] = data
        if key.endswith(".rels"):
            self._rels.pop(names.owner_of(key), None)
            self.types.set_default("rels", _RELATIONSHIPS)  # some programs name each part, and no extension
        if content_type is not None:
            self.types.set(name, content_type)

    def drop(self, name: str) -> None:
        """Remove a part with its relationships and its content type; one that is not there is no fault."""
        self.types.drop(name)
        self._rels.pop(name.lower(), None)
        for key in (name.lower(), names.relationships_of(name.lower())):
            self._parts.pop(key, None)
            self._changed.pop(key, None)

    def content_type(self, name: str) -> str:
        """A part's content type, "" where the package gives none."""
        return self.types.of(name)

    def fresh_name(self, like: str) -> str:
        """A name for a new part: as given, with the next free number. No name is ever given twice.

        >>> package = Package.blank()
        >>> package.fresh_name("xl/charts/chart7.xml"), package.fresh_name("xl/charts/chart1.xml")
        ('xl/charts/chart1.xml', 'xl/charts/chart2.xml')
        """
        stem, _, extension = names.numbered(like)
        family = (stem.lower(), extension.lower())
        number = self._numbers.get(family, 0) + 1
        while (key := f"{stem}{number}{extension}".lower()) in self._parts or key in self._source:
            number += 1
        self._numbers[family] = number
        return f"{stem}{number}{extension}"

    # --- relationships -----------------------------------------------------------------------------------------------

    def rels(self, part: str) -> list[Rel]:
        """A part's relationships in the order of the file; those of the package itself for ""."""
        return [self._rel(part, attributes) for attributes in self._relationships(part)]

    def part_of_type(self, part: str, kind: str) -> str | None:
        """The part that another is related to as a kind of thing ("styles", "drawing"), None where there is none."""
        return next((rel.part for rel in self.rels(part) if rel.kind == kind and rel.part), None)

    def reachable(self, start: str) -> set[str]:
        """The parts that relationships lead to from a part, directly or through others; "" is the package itself."""
        parts: set[str] = set()
        ahead = [start]
        while ahead:
            for rel in self.rels(ahead.pop()):
                if rel.part and rel.part not in parts:
                    parts.add(rel.part)
                    ahead.append(rel.part)
        return parts

    def relate(self, part: str, type: str, target: str, external: bool = False) -> str:
        """Relate a part to another, or to an address outside; gives the relationship's id.

        `type` is a whole type address, or the last word of one of the Office types.
        """
        kind = type if "/" in type else (STRICT if self.strict else TRANSITIONAL) + type
        rels = self._relationships(part)
        holder = names.relationships_of(part)
        if holder not in self:
            self._parts[holder.lower()] = holder
            self.types.set_default("rels", _RELATIONSHIPS)
        return rels.add(kind, target if external else names.relative(part, target), external)

    def unrelate(self, part: str, id: str) -> None:
        """Take a relationship away; one that is not there is no fault."""
        self._relationships(part).drop(id)

    @property
    def strict(self) -> bool:
        """Whether the package speaks the Strict form of the standard, with namespaces of its own."""
        return any(attributes["Type"].startswith(STRICT) for attributes in self._relationships(""))

    def _relationships(self, part: str) -> Relationships:
        key = part.lower()
        if key not in self._rels:
            holder = names.relationships_of(part)
            self._rels[key] = Relationships(self.text(holder) if holder in self else "", holder)
        return self._rels[key]

    def _rel(self, part: str, attributes: dict[str, str]) -> Rel:
        external = attributes.get("TargetMode", "").lower() == "external"
        named = None if external else self._parts.get(names.resolve(part, attributes["Target"]).lower())
        return Rel(attributes["Id"], attributes["Type"], attributes["Target"], external, named)

    # --- what is written ---------------------------------------------------------------------------------------------

    def pieces(self) -> Iterator[Piece]:
        """What the file to be written consists of: the source's order, then what was added."""
        for entry in self.archive.entries if self.archive else []:
            key = entry.name.lower()
            if key.endswith("/"):
                yield Piece(entry.name, entry, None)  # a folder, of no meaning in a package
            elif key in self._parts and self._source[key] is entry:
                yield Piece(self._parts[key], entry, self._content(key))
        for key, name in self._parts.items():
            if key not in self._source:
                yield Piece(name, None, self._content(key))

    def entries(self) -> dict[str, Entry]:
        """The entries of the source by part names in lower case."""
        return self._source

    def note(self, path: Path, state: FileState | None) -> None:
        """Take down what a file was like when this package read or wrote it."""
        if state is not None:
            self.seen[Path(os.path.realpath(path))] = state

    def dropped(self) -> list[str]:
        """The parts of the source that will not be written."""
        return [entry.name for key, entry in self._source.items() if key not in self._parts]

    def _content(self, key: str) -> Content | None:
        """What a part was changed to, None where it is as in the source."""
        if key == content_types.PART.lower():
            return self.types.render() if self.types.changed else None
        if key.endswith(".rels"):
            rels = self._rels.get(names.owner_of(key))
            if rels is not None and rels.changed:
                return rels.render()
        return self._changed.get(key)

    def _source_bytes(self, key: str) -> bytes:
        entry = self._source.get(key)
        if entry is None or self.archive is None:  # a relationships part that has been asked for, but holds nothing
            return b""
        return self.archive.read(entry)

    def _source_text(self, name: str) -> str:
        return markup.decode(self._source_bytes(name.lower()), name)


def _by_name(archive: Archive) -> dict[str, Entry]:
    """The parts of an archive by lower-case name; the same part twice is borne, two different ones are not."""
    entries: dict[str, Entry] = {}
    for entry in archive.entries:
        if entry.name.endswith("/"):
            continue
        known = entries.setdefault(entry.name.lower(), entry)
        if (known.info.CRC, known.info.file_size) != (entry.info.CRC, entry.info.file_size):
            raise DamagedFileError(
                Text("the file holds two different parts of one name"), where=archive.where, got=entry.name
            )
    return entries
