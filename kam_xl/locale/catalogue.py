"""Collects the program's texts into the catalogues and compiles them: ``python -m kam_xl.locale.catalogue``.

A development tool: it needs Babel.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent
KEYWORDS = {"Text": (1,), "plural": (1, 2), "in_context": ((1, "c"), 2)}


def extracted() -> Catalog:
    """Every message in the package's source, with the files it stands in."""
    catalogue = Catalog(project="kam_xl", charset="utf-8")
    for filename, line, message, _, context in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        catalogue.add(message, locations=[(f"kam_xl/{filename}", line)], context=context)
    return catalogue


def update(po: Path) -> bytes:
    """Bring one .po file up to date with the source and write its .mo; returns the .mo's bytes."""
    with po.open("rb") as stream:
        catalogue = read_po(stream)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with po.open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_output=True, include_lineno=False)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    po.with_suffix(".mo").write_bytes(compiled.getvalue())
    return compiled.getvalue()


if __name__ == "__main__":
    for path in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/*.po")):
        update(path)
