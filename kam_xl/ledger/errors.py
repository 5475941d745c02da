"""What can keep a ledger from becoming a client table, one class per fact."""

from __future__ import annotations

from kam_xl.errors import KamError


class LedgerError(KamError):
    """The ledger cannot be used."""

    exit_code = 3


class SourceError(LedgerError):
    """There is no such file, table or database, or it cannot be read."""


class ColumnsError(LedgerError):
    """The columns that the work needs are not there."""


class BadRowsError(LedgerError):
    """Rows that cannot be read; all of them are named."""


class MixedBasisError(LedgerError):
    """Amounts in several currencies, or with and without VAT."""


class NothingFoundError(LedgerError):
    """No payment is left after all that was asked for."""


class RecipeError(LedgerError):
    """The recipe, the file of suppliers or an option cannot be used."""

    exit_code = 2


class AppendError(LedgerError):
    """A file cannot be added to what a workbook holds."""


class ReplaceError(LedgerError):
    """A file would replace more than it holds itself."""


class UndecidedError(LedgerError):
    """Names of suppliers that a user has to decide on first."""
