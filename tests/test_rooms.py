"""The house's one rule: imports point inward."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kam_xl"

# The contracts: room -> the rooms it may import besides itself. This is the one list; docs/architecture.md explains it.
BASE = {"errors", "locale"}
GROUND = BASE | {"excel", "files"}
FILES = GROUND | {"ooxml"}
MAY_IMPORT = {
    "locale": set(),
    "errors": {"locale"},
    "excel": BASE,
    "files": BASE,
    "ooxml": GROUND,
    "domain": BASE,
    "gate": FILES,
    "table": FILES | {"domain", "gate"},
    "plan": GROUND | {"domain"},
    "functions": GROUND | {"domain", "table", "plan"},
    "ledger": FILES | {"domain", "gate", "table"},
    "calc_addin": GROUND | {"functions", "plan"},
    "template": BASE,
    "engines": FILES,
    "actions": FILES | {"gate", "domain", "table", "plan", "template", "engines"},
    "install": FILES | {"gate", "domain", "table", "plan", "template", "engines", "actions", "calc_addin"},
    "buttons": FILES | {"gate", "domain", "table", "plan", "template", "engines", "actions", "install"},
    "__main__": {"cli"},
    "cli": FILES
    | {"gate", "domain", "table", "plan", "template", "engines", "actions", "install", "buttons", "ledger"},
}
STANDARD_LIBRARY_ONLY = {"locale", "errors", "excel", "files", "domain", "plan", "functions", "calc_addin"}


def imports(path):
    """Names of all modules that a file imports, at any depth of nesting."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the room they come from"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path):
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or path.stem != "__init__"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_inward_only(path):
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("kam_xl.")} - {"__version__"}
    assert ours <= MAY_IMPORT[room(path)] | {room(path)}


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) in STANDARD_LIBRARY_ONLY and path.stem != "catalogue"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_core_needs_the_standard_library_only(path):
    outside = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"kam_xl"}
    # tomli is the standard library's tomllib for Python 3.10.
    assert outside <= {"tomli"}
