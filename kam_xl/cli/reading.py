"""The client table that a command is about, read with the settings that hold for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kam_xl.cli.options import (
    By,
    Encoding,
    Lang,
    Operational,
    Reading,
    SettingsFile,
    SheetName,
    TableName,
    checked_language,
    existing_file,
)
from kam_xl.cli.screen import show
from kam_xl.domain.classify import Classification, classify
from kam_xl.domain.settings import Settings, toml_values
from kam_xl.table import ClientTable, read, read_settings
from kam_xl.table.kept_reading import IS_USED
from kam_xl.table.setting_amounts import with_amounts
from kam_xl.table.settings_sheet import may_have_settings
from kam_xl.table.sources.files import is_workbook
from kam_xl.table.sources.workbook_file import WorkbookFile


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


@dataclass(frozen=True)
class TableOptions:
    """How the client table of a workbook with plans is read."""

    sheet: SheetName = ""
    table: TableName = ""
    mapping: Reading = None
    settings: SettingsFile = None
    lang: Lang = ""

    @property
    def files(self) -> list[Path | None]:
        """The files that they name: a command never writes over one of them."""
        return [self.mapping, self.settings]

    def read(self, path: Path, *, forget: bool = False) -> Known:
        """Read it; a line on standard error says if a kept reading is used, which `forget` passes over."""
        known = _read(existing_file(path), self, forget=forget)
        if known.table.source.keeps:
            show(IS_USED.render(known.lang), err=True)
        return known


@dataclass(frozen=True)
class InputOptions(TableOptions):
    """How a client table is read, wherever it is."""

    encoding: Encoding = ""
    operational: Operational = None
    by: By = ""

    @property
    def files(self) -> list[Path | None]:
        return [*super().files, self.operational]

    def read(self, path: Path, *, forget: bool = False) -> Known:
        """Read it; `forget` passes over the reading that a workbook keeps."""
        return _read(path, self, self.by, forget=forget, operational=self.operational, encoding=self.encoding)


def _read(path: Path, options: TableOptions, by: str = "", **how: Any) -> Known:
    lang = checked_language(options.lang)
    book = path if may_have_settings(path) else None
    source = WorkbookFile(path) if is_workbook(path) else None  # opened once for settings and table
    known = settings_of(book, options.settings, source) | ({"clients_by": by} if by else {})
    with kept_to_the_end():
        table = read(
            source or path,
            sheet=options.sheet or None,
            table=options.table or None,
            mapping=options.mapping,
            settings=Settings.from_mapping(known),
            **how,
        )
    return Known(table, known, lang)


@contextmanager
def kept_to_the_end() -> Iterator[None]:
    """Make what lives until the command ends, such as the clients, without searching it for cycles again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settings_of(book: Path | None, file: Path | None, source: WorkbookFile | None = None) -> dict[str, object]:
    """The settings of a workbook, which may be open as a source, with those of a file before them; each is checked
    where it comes from."""
    from_book = (read_settings(source or book) or {}) if book else {}
    from_file = with_amounts(toml_values(file)) if file else {}
    for values, where in ((from_book, book), (from_file, file)):
        Settings.from_mapping(values, where=str(where or ""))
    return {**from_book, **from_file}
