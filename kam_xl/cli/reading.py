"""The client table that a command is about, read with the settings that hold for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kam_xl.cli.options import checked_language
from kam_xl.cli.screen import show
from kam_xl.domain.classify import Classification, classify
from kam_xl.domain.settings import Settings, toml_values
from kam_xl.table import ClientTable, read, read_settings
from kam_xl.table.kept_reading import IS_USED
from kam_xl.table.settings_sheet import may_have_settings


@dataclass(frozen=True)
class Known:
    """A client table that has been read, with the settings that hold for it."""

    table: ClientTable
    settings: dict[str, object]
    lang: str

    @cached_property
    def classification(self) -> Classification:
        """All clients with what the rules derive for them."""
        with kept_to_the_end():
            return classify(self.table.clients(), Settings.from_mapping(self.settings))


def read_input(
    path: Path,
    sheet: str = "",
    table: str = "",
    mapping: Path | None = None,
    settings: Path | None = None,
    lang: str = "",
    operational: Path | None = None,
    encoding: str = "",
    by: str = "",
    *,
    forget: bool = False,
) -> Known:
    """Read a client table as the options of a command say; `forget` passes over the reading that a workbook keeps."""
    lang = checked_language(lang)
    known = settings_of(path if may_have_settings(path) else None, settings) | ({"clients_by": by} if by else {})
    with kept_to_the_end():
        read_table = read(
            path,
            sheet=sheet or None,
            table=table or None,
            mapping=mapping,
            operational=operational,
            encoding=encoding,
            settings=Settings.from_mapping(known),
            forget=forget,
        )
    return Known(read_table, known, lang)


@contextmanager
def kept_to_the_end() -> Iterator[None]:
    """Make what lives until the command ends, such as the clients, without searching it for cycles again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def read_workbook(
    path: Path,
    sheet: str = "",
    table: str = "",
    mapping: Path | None = None,
    settings: Path | None = None,
    lang: str = "",
    *,
    forget: bool = False,
) -> Known:
    """Read the client table of a workbook with plans; a line on standard error says if a kept reading is used."""
    known = read_input(path, sheet, table, mapping, settings, lang, forget=forget)
    if known.table.source.keeps:
        show(IS_USED.render(known.lang), err=True)
    return known


def settings_of(book: Path | None, file: Path | None) -> dict[str, object]:
    """The settings of a workbook with those of a file before them; each is checked where it comes from."""
    from_book = (read_settings(book) or {}) if book else {}
    from_file = toml_values(file) if file else {}
    for values, where in ((from_book, book), (from_file, file)):
        Settings.from_mapping(values, where=str(where or ""))
    return {**from_book, **from_file}
