"""A written file read back and compared with what it should be, before it takes the place of another."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from kam_xl.engines.file.errors import UnexpectedChangeError
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.locale import Text
from kam_xl.ooxml import content_types, markup
from kam_xl.ooxml.archive import Archive, FileBytes, Limits
from kam_xl.ooxml.errors import PackageError
from kam_xl.ooxml.package import Package
from kam_xl.ooxml.part_names import owner_of, resolve
from kam_xl.ooxml.relationships import Relationships

_ANY_SIZE = Limits(file_size=1 << 62, total_size=1 << 62, ratio=float("inf"))
# Of thousands of sheets stamped from one template, so many are unpacked and parsed.
_PARSED = 64
_AT_ONCE = 1 << 16


def verify(path: Path, workbook: Workbook, written: Collection[str], dropped: Collection[str], checksum: int) -> None:
    """Check a file that was written from a workbook.

    The disk must hold what was written, by the checksum of the whole; parts that were not written must be the source's,
    byte for byte; written ones must unpack, be well-formed and relate to parts that are there (of many of one kind the
    first ones are looked at); each part must have a content type, and the book must list the sheets it should.

    Raises
    ------
    UnexpectedChangeError
        If anything is not as it should be.
    """
    with path.open("rb", buffering=_AT_ONCE) as stream:
        data = FileBytes(stream)
        if data.checksum() != checksum:
            raise _fault(Text("the disk did not keep what was written to it"))
        try:
            package = Package(Archive(data, path.name, _ANY_SIZE))
            source = Package(workbook.package.archive) if workbook.package.archive else Package.blank()
            _compare(package, workbook.package, {name.lower() for name in written})
            _read_back(package, source, written)
            _check_types(package, source, dropped)
            if dropped:
                _check_others(package, source, {name.lower() for name in written})
            if _listed(package, workbook.part) != [entry.name for entry in workbook.sheets]:
                raise _fault(Text("the sheets are not those of the book"))
        except PackageError as error:
            where = error.where if isinstance(error.where, str) else ""
            raise _fault(Text("it cannot be read back, {reason}", reason=error.what), where) from error


def _fault(what: Text, where: str = "") -> UnexpectedChangeError:
    return UnexpectedChangeError(
        Text("the written file is not what it should be: {what}", what=what),
        where=where,
        remedy=Text("Nothing was replaced. Please report this with the file."),
    )


def _compare(package: Package, model: Package, written: set[str]) -> None:
    """The entries are those of the model, and what was not written is the source's."""
    if package.names() != [piece.name for piece in model.pieces() if not piece.name.endswith("/")]:
        raise _fault(Text("parts are missing or unexpected"))
    ours, theirs = package.entries(), model.entries()
    for key, entry in ours.items():
        if key in written:
            continue
        before = theirs.get(key)
        if before is None or package.archive is None or model.archive is None:
            raise _fault(Text("a part has no source"), entry.name)
        if package.archive.raw(entry) != model.archive.raw(before) or entry.info.CRC != before.info.CRC:
            raise _fault(Text("a part differs from its source"), entry.name)


def _read_back(package: Package, source: Package, written: Collection[str]) -> None:
    """Written parts unpack to what was packed, are well-formed, and relate to parts that are there."""
    parsed: Counter[tuple[str, bool]] = Counter()
    for name in written:
        relates = name.lower().endswith(".rels")
        kind = package.content_type(owner_of(name) if relates else name), relates
        parsed[kind] += 1
        if parsed[kind] <= _PARSED:
            content = package.chunks(name)  # checks length and checksum
            if name.lower().endswith((".xml", ".rels")):
                markup.check(content, name, namespaces=True)
            deque(content, maxlen=0)  # to the end
            if relates:
                _check_relationships(package, source, name, package.read(name))


def _listed(package: Package, part: str) -> list[str | None]:
    """The sheets of the book; its text, which may be long and was parsed above, is read as far as its list of them."""
    names: list[str | None] = []
    ended: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sheet"):
            names.append(attributes.get("name"))

    def end(name: str) -> None:
        if name.endswith(" sheets"):
            ended.append(name)
            parser.StartElementHandler = parser.EndElementHandler = None

    parser.StartElementHandler, parser.EndElementHandler = start, end
    for chunk in package.chunks(part):
        parser.Parse(chunk)
        if ended:
            break
    return names


def _check_others(package: Package, source: Package, written: set[str]) -> None:
    """Parts that were not written may still relate to one that went."""
    for name in package.names():
        if name.lower().endswith(".rels") and name.lower() not in written:
            with suppress(PackageError):  # broken, but so it was
                _check_relationships(package, source, name, package.read(name))


def _check_types(package: Package, source: Package, dropped: Collection[str]) -> None:
    for name in package.names():
        if not package.content_type(name) and name != content_types.PART and name not in source:
            raise _fault(Text("a part has no content type"), name)
    for name in dropped:
        if name.lower() in package.types.named():
            raise _fault(Text("a content type is left over from a part that is gone"), name)


def _check_relationships(package: Package, source: Package, name: str, content: bytes) -> None:
    """Every relationship leads somewhere, unless it led nowhere before."""
    owner = owner_of(name)
    known = {rel.target for rel in source.rels(owner) if rel.part is None} if name in source else set()
    for attributes in Relationships(markup.decode(content, name, loose=True), name):
        target = "" if attributes.get("TargetMode") == "External" else resolve(owner, attributes["Target"])
        if target and target not in package and attributes["Target"] not in known:
            raise _fault(Text("a relationship leads nowhere"), f"{name} {attributes['Id']}")
