"""The words that people use in tables, from the files beside this module: one file a language, data only.

One vocabulary serves client tables, competitors' sheets, operational plans and ledgers: a field has the same name and
the same headers in all of them, and each kind of table lists the fields that it knows. Case, ё/е, punctuation, spaces,
units and years do not matter here; `kam_xl.table.words.matching` compares without them.
"""

from __future__ import annotations

from configparser import ConfigParser
from functools import cache
from pathlib import Path

from kam_xl.domain.model import BudgetBasis, Labelled, Position, Potential, Stance
from kam_xl.locale import LANGUAGES, Text

Words = dict[str, tuple[str, ...]]
_FOLDER = Path(__file__).parent
# The languages of the interface first, so that their variants are the better ones; others follow by their files alone.
_FIRST = LANGUAGES


@cache
def section(name: str) -> Words:
    """Key to variants of one section, of all languages together.

    >>> section("marks")["yes"][-1:], section("rows")["others"][0]
    (('vrai',), 'other')
    """
    words: dict[str, dict[str, None]] = {}
    for parsed in _parsed():
        if parsed.has_section(name):
            for key, variants in parsed.items(name):
                split = (" ".join(variant.split()) for variant in variants.split(","))
                words.setdefault(key, {}).update(dict.fromkeys(variant for variant in split if variant))
    return {key: tuple(variants) for key, variants in words.items()}


@cache
def _parsed() -> tuple[ConfigParser, ...]:
    return tuple(_parse(_FOLDER / f"{language}.ini") for language in languages())


def languages() -> tuple[str, ...]:
    """The languages that the vocabulary has a file of.

    >>> languages()
    ('en', 'ru', 'de', 'fr', 'pl', 'uk')
    """
    all_languages = sorted(path.stem for path in _FOLDER.glob("*.ini"))
    return (*_FIRST, *(language for language in all_languages if language not in _FIRST))


def _parse(path: Path) -> ConfigParser:
    parser = ConfigParser(delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys such as RUB stay as they are
    parser.read(path, encoding="utf-8")
    return parser


def headers(*fields: str) -> Words:
    """The headers of some fields."""
    return {field: section("columns")[field] for field in fields}


def inverted(name: str) -> dict[str, str]:
    """Variant to key of one section; of two keys the first has the variant.

    >>> inverted("currencies")["руб"]
    'RUB'
    """
    keys: dict[str, str] = {}
    for key, variants in section(name).items():
        for variant in variants:
            keys.setdefault(variant.casefold().replace("ё", "е"), key)
    return keys


# What a client table says about a client.
CLIENT_FIELDS: Words = headers(
    *("client_id", "client", "revenue", "procurement_budget", "competitor_revenue", "margin", "sales_plan"),
    *("industry", "territory", "manager", "reference", "reference_reason", "expertise", "expertise_reason"),
    *("budget_basis", "budget_date", "budget_low", "budget_high"),
    *("position", "position_reason", "potential", "potential_reason"),
)
# What else its columns may be: what other fields are made of, and what is known not to be ours.
OTHER_FIELDS: Words = headers(
    *("amount", "total", "share_of_wallet", "competitor_share", "currency", "unit", "parent", "own_company"),
    *("revenue_earlier", "revenue_lifetime", "returns", "credit_turnover", "client_turnover"),
    *("quantity", "unit_price", "discount", "tax", "cost", "debit", "credit", "ledger_account", "contract", "category"),
    *("department", "variance"),
    *("deal", "stage", "deal_value", "invoice", "order", "payment", "person", "crm_record"),
)
COMPETITOR_FIELDS: Words = headers("client_id", "client", "competitor", "strengths", "weaknesses", "stance") | {
    "revenue": tuple(
        dict.fromkeys(
            variant
            for field in ("competitor_revenue", "revenue", "competitor_amount", "amount")
            for variant in section("columns")[field]
        )
    ),
    "competitor_share": section("columns")["competitor_share"] + section("columns")["share_at_client"],
}
# What says that the rows of a table are documents: which of them are sales, and when.
JUDGING = ("date", "status", "posted", "voided", "document_type", "side", "ledger_account", "refunded")
PRODUCT_FIELDS: Words = headers("client_id", "client", "category", "bought_elsewhere", "currency") | {
    "revenue": tuple(
        dict.fromkeys(variant for field in ("revenue", "amount", "value") for variant in section("columns")[field])
    ),
    **{field: section("columns").get(field, ()) + section("ledger_columns").get(field, ()) for field in JUDGING},
}
OPERATIONAL_FIELDS: Words = headers(
    "client_id", "client", "indicator", "period", "year", "category", "unit", "currency"
) | {"amount": section("columns")["value"]}

# Columns that only a table of clients has: they tell it from a list of competitors.
CLIENT_ONLY = frozenset(CLIENT_FIELDS) - frozenset(COMPETITOR_FIELDS) - {"competitor_revenue"}

CLIENT_SHEETS = section("sheets")["clients"]
COMPETITOR_SHEETS = section("sheets")["competitors"]
OPERATIONAL_SHEETS = section("sheets")["operational"]
PRODUCT_SHEETS = section("sheets")["products"]
SETTINGS_SHEETS = tuple(Text("KAM settings").render(lang) for lang in LANGUAGES)

# How each field is read; fields not named here are text.
KINDS: dict[str, str] = {
    **dict.fromkeys(("revenue", "procurement_budget", "competitor_revenue", "margin", "sales_plan"), "money"),
    **dict.fromkeys(("budget_low", "budget_high"), "money"),
    **dict.fromkeys(("client_id", "client", "competitor"), "name"),
    **dict.fromkeys(("reference", "expertise"), "mark"),
    **dict.fromkeys(("budget_basis", "position", "potential", "stance"), "choice"),
    "budget_date": "date",
}

_RATINGS = {
    "position": tuple(Position),
    "potential": tuple(Potential),
    "budget_basis": tuple(BudgetBasis),
    "stance": tuple(Stance),
}
CHOICES: dict[str, dict[Labelled, tuple[str, ...]]] = {
    field: {member: section(field).get(member.value, ()) for member in members} for field, members in _RATINGS.items()
}
MARKS: dict[bool, frozenset[str]] = {
    meaning: frozenset(section("marks")[key]) for key, meaning in (("yes", True), ("no", False))
}

# A total row begins with one of these ...
SURE_TOTALS = section("rows")["total"]
# ... or is one of these; a client's name may begin with them too ("Total Energies").
TOTALS = section("rows")["bare_total"]
# Names that stand for many clients, and what begins the lines below a report.
OTHERS = section("rows")["others"]
SIGNATURES = section("rows")["signature"]
# How contracts and documents below a client begin.
DOCUMENTS = section("rows")["document"]
# How the parts of a client begin.
PARTS = section("rows")["part"]
# Rows that say something about all clients: averages, counts, shares.
STATISTICS = section("rows")["statistics"]

# Words and signs for currencies and for thousands and millions, in cells and in headers, which abbreviate more.
CURRENCIES = inverted("currencies")
CELL_CURRENCIES = CURRENCIES | inverted("cell_currencies")
SCALES = {variant: float(scale) for variant, scale in inverted("scales").items()}
MORE_HEADER_SCALES = {variant: float(scale) for variant, scale in inverted("header_scales").items()}


def is_unnamed(sheet: str) -> bool:
    """Whether a sheet has the name that a spreadsheet program gave it.

    >>> is_unnamed("Sheet2"), is_unnamed("Лист 1"), is_unnamed("Nord")
    (True, True, False)
    """
    return sheet.casefold().rstrip(" 0123456789()") in section("sheets")["unnamed"]
