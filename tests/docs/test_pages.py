"""Links lead somewhere, pictures are there and small, the architecture page speaks of what is there."""

from __future__ import annotations

import ast
import doctest
import pkgutil
import re

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, links, quoted, table

PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md"), *(ROOT / "workbook").glob("*.md")])
PICTURES = sorted((DOCS / "pictures").glob("*.png"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path):
    broken = []
    for link in links(path.read_text(encoding="utf-8")):
        name, _, place = link.partition("#")
        target = path.parent / name if name else path
        if "://" in link:
            continue
        if not target.exists() or (place and place not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert broken == []


def test_every_picture_is_shown_and_small():
    shown = {
        (path.parent / link).resolve()
        for path in PAGES
        for link in links(path.read_text(encoding="utf-8"))
        if link.endswith(".png")
    }
    assert {path.resolve() for path in PICTURES} - shown == set()
    assert [path.name for path in PICTURES if path.stat().st_size > 150_000] == []


def test_the_example_of_the_architecture_page_runs():
    options = doctest.NORMALIZE_WHITESPACE
    result = doctest.testfile(str(DOCS / "architecture.md"), module_relative=False, optionflags=options)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.source
def test_the_architecture_page_names_files_that_are_there():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = {name for name in quoted(text) if re.fullmatch(r"[\w./]+(\.py|/)", name)}
    engines = (ROOT / "kam_xl" / "engines" / engine for engine in ("file", "calc"))
    bases = (ROOT, ROOT / "workbook" / "source", *engines)
    assert [name for name in sorted(named) if not any((base / name).exists() for base in bases)] == []


@pytest.mark.source
def test_the_architecture_page_names_what_the_code_has():
    """Modules and what they hold, classes and their members; names of one word are those of other programs, too."""
    named = {
        name for name in quoted((DOCS / "architecture.md").read_text(encoding="utf-8")) if re.fullmatch(_DOTTED, name)
    }
    members = {
        node.name: {getattr(part, "attr", getattr(part, "id", getattr(part, "name", ""))) for part in ast.walk(node)}
        for path in (ROOT / "kam_xl").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    ours = {name for name in named if name.startswith("kam_xl.")}
    assert [name for name in sorted(ours) if not _is_there(name)] == []
    others = [name.split(".") for name in sorted(named - ours) if name[0].isupper()]
    assert [(owner, member) for owner, member in others if member not in members.get(owner, ())] == []
    assert len(ours) > 10
    assert len(others) > 5


@pytest.mark.source
def test_the_wheel_is_tested_by_hand_as_the_workflow_does():
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = [step for step in re.findall(r"\$ (python .+)", contributing) if "venv" not in step]
    assert [step for step in steps if f"run: {step}\n" not in workflow] == []
    assert len(steps) == 6


_DOTTED = r"(?!.*\.(xlsm|oxt)$)[A-Za-z_]\w*(\.[A-Za-z_]\w*)+"


def _is_there(name):
    try:
        return pkgutil.resolve_name(name) is not None
    except (ImportError, AttributeError):
        return False


@pytest.mark.source
def test_the_architecture_page_lists_every_room():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rooms = [quoted(row[0])[0] for row in table(text, "room", "knows", "may import")]
    folders = {path.parent for path in (ROOT / "kam_xl").glob("*/__init__.py")}
    assert set(rooms) == {f"kam_xl/{folder.name}" for folder in folders} | {"kam_xl/errors.py"}
