"""What can keep a client table from being read, one class per fact."""

from __future__ import annotations

from kam_xl.errors import KamError


class TableError(KamError):
    """The input cannot be used as a client table."""

    exit_code = 3


class FileUnreadableError(TableError):
    """There is no such file, it is damaged, protected, empty, or of another kind."""


class SheetNotFoundError(TableError):
    """The named sheet or Excel table is not in the workbook."""


class HeaderNotFoundError(TableError):
    """No row of the sheets heads the columns of a client table."""


class NotAClientTableError(TableError):
    """The table is of something else: deals, invoices, contacts, a form."""


class SheetUnclearError(TableError):
    """Several sheets may be the client table, and only the user knows which."""


class SeveralCurrenciesError(TableError):
    """The amounts are in several currencies, and none was named: no share, total, goal or plan would be right."""


class NoClientsError(TableError):
    """The table has a header, but no client below it."""


class MappingError(TableError):
    """The mapping file cannot be used."""

    exit_code = 2
