"""Answers that need the whole client table: who is key within the limit, why, and everything at once."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from kam_xl.errors import KamError
from kam_xl.functions.arguments import WRONG, Answer, ArgumentError, Cells, each, flag, name, rows, word
from kam_xl.functions.options import LANGUAGE, SETTINGS, settings_of, spoken
from kam_xl.functions.registry import Example, function
from kam_xl.locale import Text

_TABLE = Text("The whole client table with its header row, such as Clients[#All].")
_CLIENT = Text("ID or name of a client in the table: a cell or a column.")


@function(
    Text(
        "TRUE for a key account: a client that meets at least one of the four criteria; FALSE for any other "
        "client of the table. With TRUE as the third argument, only for those within the limit (15% of all "
        "clients)."
    ),
    Example(("{client}", "{table}", "TRUE", "kam_settings")),
    client=_CLIENT,
    table=_TABLE,
    within_limit=Text("TRUE to count only key accounts within the limit; if omitted, all that meet a criterion."),
    settings=SETTINGS,
)
def KAM_IS_KEY(client: Cells, table: Cells, within_limit: Cells = None, settings: Cells = None) -> Answer:
    """Whether a client is a key account: whether it meets a criterion, or also stands within the limit.

    Notes
    -----
    An account that is key only without TRUE is above the limit.
    #N/A: a blank client, one that is not in the table, or a name that several have. #VALUE!: not a client table.
    Section 2, "limit".

    Examples
    --------
    >>> table = [["Client", "Revenue"], ["Nordwerk", 60], ["Alfa", 5], ["Beta", 35]]
    >>> KAM_IS_KEY(["Nordwerk", "Beta", "Alfa"], table)
    [[True], [True], [False]]
    >>> KAM_IS_KEY(["Nordwerk", "Beta", "Alfa"], table, True)
    [[True], [False], [False]]
    """
    known, limited = _known_table(table, settings_of(settings)), flag(within_limit)

    def is_key(wanted: str | None) -> bool | None:
        places = known.find(wanted) if wanted else []
        if len(places) != 1:
            return None
        account = known.account(places[0])
        return bool(account.within_limit if limited else account.is_key)

    return each(is_key, client, read=name)


@function(
    Text(
        "Why a client is classified and rated as it is: criteria met or why not, position, potential, status, and"
        " what is wrong with its row. If the table or the settings cannot be used, it says why."
    ),
    Example(("{client}", "{table}", "kam_settings")),
    client=_CLIENT,
    table=_TABLE,
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_EXPLAIN(client: Cells, table: Cells, settings: Cells = None, language: Cells = None) -> Answer:
    """Why a client is classified and rated as it is, in whole sentences with numbers and bounds.

    Notes
    -----
    #N/A: a blank client, or one that is not in the table. If the table or the settings cannot be used, it says why.
    Section 3, "every rating carries its argument".

    Examples
    --------
    >>> table = [["Client", "Revenue"], ["Nordwerk", 60], ["Alfa", 5]]
    >>> KAM_EXPLAIN("Alfa", table, None, "en")
    'Not by revenue: 7.7% of all revenue (5 of 65) is not more than 10%. Not a prospect: procurement budget is unknown.
     Not a reference: not marked as one. Not for expertise: not marked as such. Current account: 7.7% of all revenue
     (5 of 65) is at least 1%.'
    """
    lang = spoken(language, settings)
    try:
        known = _known_table(table, settings_of(settings))
    except KamError as why:
        return why.render(lang)

    def explained(wanted: str | None) -> str | None:
        places = known.find(wanted) if wanted else []
        if len(places) > 1:
            return _ambiguous(wanted, lang)
        return known.explained(places[0], lang) if places else None

    return each(explained, client, read=name)


@function(
    Text(
        "Everything about a whole client table in one answer that spills beside it, header included: criteria met, "
        "rank, above the limit, position, potential, strategy, status. The fast way for many clients."
    ),
    Example(("{table}", '"rank, position, potential, status, strategy"', "kam_settings"), shape=(6, 5)),
    table=_TABLE,
    columns=Text(
        "Which columns: names separated by commas, or a range with titles, such as Rank, Penetration index; if "
        "omitted, the usual seven."
    ),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_TABLE(table: Cells, columns: Cells = None, settings: Cells = None, language: Cells = None) -> Answer:
    """A whole client table in, one spilled answer out.

    Notes
    -----
    The answer has as many rows as the table: titles beside its header, empty texts beside rows that are not clients,
    such as totals. A blank cell in `columns` leaves its column blank.
    #VALUE!: not a client table, or an unknown column. Within a row: #N/A where a measure or rating is unknown, #NUM!
    where its amounts cannot be right; the data check says what to do.

    Examples
    --------
    >>> table = [["Client", "Revenue", "Budget"], ["Nordwerk", 60, 100], ["Alfa", 5, None]]
    >>> for row in KAM_TABLE(table, "criteria, rank, penetration", None, "en"):
    ...     print(row)
    ('Criteria met', 'Rank', 'Penetration index')
    ('Revenue', 1, 0.6)
    ('', '', '#N/A')
    """
    from kam_xl.functions.answers import COLUMNS, DEFAULT

    rules, lang = settings_of(settings), spoken(language, settings)
    chosen = _chosen(columns) or [COLUMNS[code] for code in DEFAULT]
    return _known_table(table, rules).answer(chosen, lang)


def _chosen(columns: Cells) -> list[Any]:
    """The columns asked for, None where a cell is blank; nothing where none is named."""
    from kam_xl.functions.answers import column

    names = [word(cell) for cell in chain.from_iterable(rows(columns))]
    if len(names) == 1 and names[0] is not None:
        names = re.split("[,;]", str(names[0]))
    chosen = [None if each is None else column(str(each)) for each in names]
    if any(each is not None and column is None for each, column in zip(names, chosen, strict=True)):
        raise ArgumentError(WRONG)
    return chosen if any(chosen) else []


def _known_table(table: Cells, settings: Any) -> Any:
    from kam_xl.functions.known_table import known_table  # reading tables takes an import that the other cells need not

    return known_table(table, settings)


def _ambiguous(client: str | None, lang: str) -> str:
    from kam_xl.functions.known_table import ambiguous

    return ambiguous(client).render(lang)
