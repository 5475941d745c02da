"""Collects the program's texts into the catalogues and compiles them: ``python -m kam_xl.locale.catalogue``.

A development tool: it needs Babel.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kam_xl.locale.languages import LANGUAGES

CHECKOUT = Path(__file__).parents[2]
SOURCES = ("kam_xl", "workbook/source")  # what runs, and what draws the workbooks
MAKERS = ("Text", "plural", "in_context")


def extracted() -> Catalog:
    """Every message in the source, with the files it stands in."""
    catalogue = Catalog(project="kam_xl", charset="utf-8")
    for path in (path for folder in SOURCES for path in sorted((CHECKOUT / folder).rglob("*.py"))):
        name = path.relative_to(CHECKOUT).as_posix()
        for line, maker, texts in _calls(ast.parse(path.read_text("utf-8"))):
            context, message = (texts[0], texts[1]) if maker == "in_context" else (None, texts[0])
            catalogue.add(tuple(texts) if maker == "plural" else message, locations=[(name, line)], context=context)
    return catalogue


def _calls(tree: ast.Module) -> Iterator[tuple[int, str, list[str]]]:
    """Line, maker and literal texts of each call that makes a text, nested ones too: Babel misses those."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts and texts[-1]:
                yield node.lineno, node.func.id, texts


def place(lang: str) -> Path:
    """The .po file of a language."""
    return Path(__file__).parent / lang / "LC_MESSAGES" / "kam_xl.po"


def update(lang: str) -> bytes:
    """Bring one .po file up to date with the source and write its .mo; returns the .mo's bytes.

    A language that has a record and no catalogue yet gets one with every message still to be translated.
    """
    po, texts = place(lang), extracted()
    if po.exists():
        with po.open("rb") as stream:
            catalogue = read_po(stream)
    else:
        catalogue = Catalog(lang, project="kam_xl", charset="utf-8")
        po.parent.mkdir(parents=True)
    texts.creation_date = catalogue.creation_date  # only texts change the file, not the time
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with po.open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_output=True, include_lineno=False)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    po.with_suffix(".mo").write_bytes(compiled.getvalue())
    return compiled.getvalue()


if __name__ == "__main__":
    for lang in LANGUAGES[1:]:  # the messages themselves are in the first
        update(lang)
