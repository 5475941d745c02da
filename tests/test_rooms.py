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
    "buttons": FILES | {"gate", "domain", "table", "plan", "template", "engines", "actions", "install", "ledger"},
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


def module(path):
    """The name of the module in a file."""
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def room(path):
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


pytestmark = pytest.mark.source
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or path.stem != "__init__"]


def test_every_room_is_in_the_list():
    assert {room(path) for path in MODULES} == MAY_IMPORT.keys()


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


# Objects of these models lead to each other, as xlwings asks: a range to its sheet, a sheet to its ranges.
OBJECT_MODELS = ("kam_xl.engines.file.engine.", "kam_xl.engines.calc.")


def test_no_modules_import_each_other_in_a_circle():
    """Neither directly nor through others, imports within functions and for annotations included."""
    known = {module(path): path for path in PACKAGE.rglob("*.py")}
    graph = {name: set(_modules(path, known)) - {name} for name, path in known.items()}
    assert [circle for circle in map(sorted, _circles(graph)) if not _of_one_model(circle)] == []


def _modules(path, known):
    """The modules that a file imports; of a package the modules that are named, itself only for other names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ({name if name in known else node.module for name in named} & known.keys())


def _of_one_model(circle):
    return any(all(name.startswith(model) for name in circle) for model in OBJECT_MODELS)


def _circles(graph):
    """Groups of modules that reach each other, the smallest first."""
    reach = {name: _reached(graph, name) for name in graph}
    groups = {frozenset({name, *(other for other in reach[name] if name in reach[other])}) for name in graph}
    return sorted((group for group in groups if len(group) > 1), key=len)


def _reached(graph, start):
    found, ahead = set(), [start]
    while ahead:
        new = graph[ahead.pop()] - found
        found |= new
        ahead += new
    return found
