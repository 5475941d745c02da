"""The extension as one file, the same bytes from the same sources."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackagePath, distribution
from io import BytesIO
from pathlib import Path, PurePosixPath

from kam_xl import __version__
from kam_xl.calc_addin.configuration import add_in_info, add_ons, protocol_handler, window_state
from kam_xl.calc_addin.description import DESCRIPTIONS, description
from kam_xl.calc_addin.type_library import idl
from kam_xl.files.zip_entries import zip_entry
from kam_xl.functions import FUNCTIONS

FILE_NAME = "kam_xl.oxt"
LIBRARIES = ("xlwings", "markdown-it-py", "mdurl", "platformdirs")
"""What the commands need besides the standard library; pure Python, so that one file serves all systems."""

# Of xlwings: what is not under its BSD licence (pro) or builds upon that, and what serves other hosts.
_NOT_OF_XLWINGS = (
    "pro/",
    "rest/",
    "addin/",
    "html/",
    "js/",
    "ext/",
    "cli.py",
    "reports.py",
    "server.py",
    "com_server.py",
)
_LEFT_OUT = tuple(f"xlwings/{name}" for name in _NOT_OF_XLWINGS)
_LICENCES, _NOT_OURS = ("LICENSE", "LICENCE", "AUTHORS"), "LICENSE_PRO.txt"
_PAGES = ("guide_*.md", "commands.md", "install*.md", "libreoffice*.md", "pictures/*.png")
_PYTHON, _CONFIGURATION = "uno-component;type=Python", "configuration-data"
_TYPE_LIBRARY = "uno-typelibrary;type=RDB"
_EPOCH = date(1980, 1, 1)

Files = dict[str, bytes]


def extension(sources: Path, docs: Path) -> bytes:
    """The .oxt.

    Parameters
    ----------
    sources : Path
        The folder ``addins/calc`` with the components and the pictures of the commands.
    docs : Path
        The folder of the user guide, which the button Help shows.
    """
    components = {path.name: path.read_bytes() for path in sources.glob("kam_*.py")}
    configuration = {
        "CalcAddIns.xcu": add_in_info(FUNCTIONS.values()),
        "Addons.xcu": add_ons(),
        "CalcWindowState.xcu": window_state(),
        "ProtocolHandler.xcu": protocol_handler(),
    }
    library = {"kam_xl.idl": idl(FUNCTIONS.values()).encode()}
    registered = {
        **dict.fromkeys(library, _TYPE_LIBRARY),
        **dict.fromkeys(components, _PYTHON),
        **dict.fromkeys(configuration, _CONFIGURATION),
    }
    return _zipped(
        {
            **library,
            **components,
            **{name: text.encode() for name, text in configuration.items()},
            **{f"icons/{path.name}": path.read_bytes() for path in (sources / "icons").glob("*.png")},
            **{f"pythonpath/{name}": content for name, content in packages()},
            **{f"pythonpath/kam_xl/bundled/docs/{name}": content for name, content in _guide(docs)},
            **{f"licences/{name}": content for name, content in _licences()},
            **{name: text.encode() for name, text in DESCRIPTIONS.items()},
            "description.xml": description(__version__).encode(),
            "META-INF/manifest.xml": _manifest(registered).encode(),
        }
    )


def packages() -> Iterator[tuple[str, bytes]]:
    """The modules and data of kam_xl and of the libraries it needs, for a Python that has neither."""
    home = Path(__file__).parents[1]
    for path in home.rglob("*"):
        if path.suffix in (".py", ".mo", ".ini") or (path.parent.name == "built" and path.suffix != ".xlsm"):
            yield path.relative_to(home.parent).as_posix(), path.read_bytes()
    for name in LIBRARIES:
        for file in _files(name):
            if file.suffix == ".py" and not str(file).startswith(_LEFT_OUT):
                yield str(file), Path(file.locate()).read_bytes()


def _licences() -> Iterator[tuple[str, bytes]]:
    for name in LIBRARIES:
        for file in _files(name):
            if ".dist-info" in file.parts[0] and file.name.startswith(_LICENCES) and file.name != _NOT_OURS:
                yield f"{name}/{file.name}", Path(file.locate()).read_bytes()


def _guide(docs: Path) -> Iterator[tuple[str, bytes]]:
    for path in (path for pattern in _PAGES for path in docs.glob(pattern)):
        yield path.relative_to(docs).as_posix(), path.read_bytes()


def _files(name: str) -> list[PackagePath]:
    return distribution(name).files or []


def _manifest(registered: dict[str, str]) -> str:
    entries = "\n".join(
        f' <manifest:file-entry manifest:full-path="{name}" manifest:media-type="application/vnd.sun.star.{kind}"/>'
        for name, kind in registered.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}\n</manifest:manifest>\n'
    )


def _zipped(files: Files) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "META-INF/manifest.xml", PurePosixPath(name).parts)):
            archive.writestr(zip_entry(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
