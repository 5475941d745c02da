"""Key-account management in the cells of Excel: the rules of `kam_xl.domain`, called from formulas (Windows).

The texts are what Excel's function wizard shows, so at most 255 characters each and without examples. Arguments have
no annotations, because xlwings would take them for converters. What blanks, errors and ranges come to, and how errors
go back to the cell, is told in `kam_cells`.

xlwings finds them by PYTHONPATH (this folder) and UDF Modules (kam_udfs). They run behind xlwings' own code in the
tests; importing them into Excel has not been tried.

Elsewhere than on Windows the functions are plain Python:

>>> KAM_PENETRATION(30, 120), KAM_PENETRATION([[30], [-5], [None]], [[120], [100], [100]])
(0.25, [[0.25], ['#NUM!'], ['#N/A']])
"""
# ruff: noqa: N802 (functions of Excel are upper case)

from kam_cells import amounts, each, error, formula, label, number, plain, rating, rows, single, spoken
from kam_table import ClassifiedRange

from kam_xl.domain import concentration, measures, strategy
from kam_xl.domain.ratings import PotentialBounds, position_of, potential_of
from kam_xl.domain.settings import Settings
from kam_xl.domain.trajectory import trajectory
from kam_xl.errors import KamError

_REVENUE = "Revenue from the client in the period: a cell or a column."
_BUDGET = "The client's procurement budget for what we sell, in the same period: a cell or a column."
_REVENUES = "The revenue of all clients, without its header."
_TABLE = "The whole client table with its header row, for example Clients[#All]."
_SETTINGS = "Names and values of settings in two columns, without a header; left out: the defaults."
_LANGUAGE = "en or ru; left out: the language of the system."


@formula(revenue=_REVENUE, budget=_BUDGET)
def KAM_PENETRATION(revenue, budget):
    """Penetration index (share of wallet): our revenue from a client as a share of its procurement budget. Above 1 the
    budget is understated."""
    return each(measures.penetration, revenue, budget)


@formula(revenue=_REVENUE, total="The revenue of all clients (the column without its header), or its total.")
def KAM_REVENUE_SHARE(revenue, total):
    """A client's share of the revenue of all clients, whatever filter is on. Negative and blank revenues are left out
    of the total."""
    whole = measures.total_of(amounts(total))
    return each(lambda part: measures.revenue_share(part, whole), revenue)


@formula(competitor_revenue="What competitors earn from the client: a cell or a column.", budget=_BUDGET)
def KAM_COMPETITOR_SHARE(competitor_revenue, budget):
    """Competitors' share of a client's procurement budget."""
    return each(measures.competitor_share, competitor_revenue, budget)


@formula(revenue=_REVENUE, budget=_BUDGET)
def KAM_HEADROOM(revenue, budget):
    """What a client still buys elsewhere, in money: procurement budget less revenue, never below zero."""
    return each(measures.headroom, revenue, budget)


@formula(
    penetration="Penetration index as a fraction: a cell or a column.",
    strong_from="The index from which the position is strong; left out: 50%.",
    medium_from="The index from which the position is medium; left out: 20%.",
    language=_LANGUAGE,
)
def KAM_POSITION(penetration, strong_from=None, medium_from=None, language=None):
    """How we stand with a client by its penetration index: strong, medium or weak."""
    bounds = {"position_strong_from": number(strong_from), "position_medium_from": number(medium_from)}
    settings, lang = Settings.from_mapping(bounds), spoken(language)
    return each(lambda index: label(position_of(index, settings), lang), penetration)


@formula(
    budget=_BUDGET,
    budgets="The procurement budgets of all clients, which give the bounds (percentiles 80 and 50) where none are set.",
    high_from="The budget from which the potential is high; left out: by percentile.",
    medium_from="The budget from which the potential is medium; left out: by percentile.",
    language=_LANGUAGE,
)
def KAM_POTENTIAL(budget, budgets=None, high_from=None, medium_from=None, language=None):
    """What a client can give by its procurement budget: high, medium or low, against the budgets of all clients or
    against two amounts."""
    amounts_set = {"potential_high_from": number(high_from), "potential_medium_from": number(medium_from)}
    known = filter(measures.is_valid_amount, amounts(budgets))
    bounds, lang = PotentialBounds.of(known, Settings.from_mapping(amounts_set)), spoken(language)
    return each(lambda one: label(potential_of(one, bounds), lang), budget)


@formula(
    position="Strong, medium or weak, in English or Russian: a cell or a column.",
    potential="High, medium or low, in English or Russian: a cell or a column.",
    language=_LANGUAGE,
)
def KAM_STRATEGY(position, potential, language=None):
    """What to do with a client by our position and its potential, for example strong and high: defend and extend."""
    lang = spoken(language)

    def advised(ours, theirs):
        return label(strategy.strategy(rating("position", ours), rating("potential", theirs)), lang)

    return each(advised, position, potential, read=plain)


@formula(table=_TABLE, settings=_SETTINGS, language=_LANGUAGE)
def KAM_CLASSIFY(table, settings=None, language=None):
    """Classifies a whole client table. Spills as many rows as the table has, header included: criteria met, rank among
    the key accounts, whether above the limit, position, potential, strategy, status."""
    return ClassifiedRange.read(table, _settings(settings)).answers(len(rows(table)), spoken(language))


@formula(table=_TABLE, client="Id or name of a client in the table.", settings=_SETTINGS, language=_LANGUAGE)
def KAM_EXPLAIN(table, client, settings=None, language=None):
    """Why a client is classified and rated as it is, one sentence a row: criteria met, position, potential, status,
    and what is wrong with its row. Where the table or the settings cannot be used it says why."""
    lang = spoken(language)
    try:
        said = ClassifiedRange.read(table, _settings(settings)).explained(str(_name(client)), lang)
    except KamError as why:
        return why.render(lang)
    return said and [[sentence] for sentence in said]


@formula(revenues=_REVENUES, n="How many of the largest clients; left out: 1.")
def KAM_TOP_SHARE(revenues, n=None):
    """Concentration risk: the share of the n largest clients in all revenue. Blank and negative revenues do not
    count."""
    count = int(number(n, 1))
    return concentration.top_share(amounts(revenues), count) if count > 0 else error("#NUM!")


@formula(revenues=_REVENUES, normalised="TRUE for the index freed of the number of clients, from 0 to 1.")
def KAM_HHI(revenues, normalised=None):
    """Concentration risk: the Herfindahl-Hirschman index of the clients' revenue shares, from 1/N (all equal) to 1 (one
    client). Blank and negative revenues do not count."""
    return (concentration.normalised_hhi if single(normalised) else concentration.hhi)(amounts(revenues))


@formula(
    budget="This year's procurement budget of the client.",
    penetration="The penetration index now, as a fraction.",
    target="The penetration index to reach at the horizon.",
    years="The horizon, 2 to 5 years; left out: 3.",
    growth="Yearly growth of the budget as a fraction; left out: 0.",
    path="linear or s-shaped; left out: linear.",
    margin_rate="Margin as a share of revenue; left out: the margin column stays blank.",
)
def KAM_TRAJECTORY(budget, penetration, target, years=None, growth=None, path=None, margin_rate=None):
    """Perspective plan in numbers, one row a year from the present (0) to the horizon. Spills five columns: year,
    procurement budget, penetration index, revenue, margin."""
    given = {"horizon_years": number(years), "budget_growth": number(growth), "target_path": single(path)}
    settings = Settings.from_mapping(given)
    plan = trajectory(
        *map(number, (budget, penetration, target)),
        years=settings.horizon_years,
        growth=settings.budget_growth,
        shape=settings.target_path,
        margin_rate=number(margin_rate),
    )
    return [list(year[:5]) for year in plan] or None


def _settings(argument):
    pairs = (row[:2] for row in rows(argument) if len(row) > 1)
    return Settings.from_mapping({str(name): plain(value) for name, value in pairs if name is not None})


def _name(argument):
    name = single(argument)
    return int(name) if isinstance(name, float) and name.is_integer() else name
