"""The map of an account's people: attitude across, influence upwards, lines to whom they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.plan_fields import ATTITUDES, INFLUENCES, PEOPLE_ROWS
from kam_xl.plan.words import filled, shortened

ACROSS = dict(zip(ATTITUDES, (0.8, 0.0, -0.8), strict=True))
UPWARDS = dict(zip(INFLUENCES, (0.66, 0.0, -0.66), strict=True))
"""Where the middle of each cell of the map lies; both axes go from -1 to 1."""

APART, CELL = 0.16, 0.6
"""How far apart people of one cell stand, and how high a cell is."""

NAME_LETTERS = 24


class Person(NamedTuple):
    """A row of the stakeholder table; its words in either language."""

    row: int
    name: str
    reports_to: str
    attitude: str
    influence: str


def people_map(values: Mapping[str, object]) -> dict[str, object]:
    """The data of a plan's relationship map, and who is not on it; blank where nobody can be placed.

    A person is placed by attitude and influence. People of one cell stand one below the other; a line leads to the
    person they report to, where that one is on the map.

    Parameters
    ----------
    values : mapping
        What the cells of the plan hold, by field name (columns as lists).

    Examples
    --------
    >>> drawn = people_map({
    ...     "kam_stakeholder_name": ["Ann", "Ben", "Cid"],
    ...     "kam_stakeholder_reports_to": [None, "ann", None],
    ...     "kam_stakeholder_attitude": ["Supporter", "Neutral", None],
    ...     "kam_stakeholder_influence": ["High", "Low", "High"],
    ... })
    >>> drawn["kam_map_name"][:2], drawn["kam_map_x"][:2], drawn["kam_map_boss_y"][:2]
    (['Ann', 'Ben'], [0.8, 0.0], [None, 0.66])
    >>> drawn["kam_map_note"]
    Text('Attitude or influence is missing, so not on the map: Cid.')
    """
    people = _people(values)
    places = _places(people)
    drawn = [person for person in people if person.row in places]
    by_name = {person.name.casefold(): places[person.row] for person in reversed(drawn)}
    bosses = [by_name.get(person.reports_to.casefold()) if person.reports_to else None for person in drawn]
    columns: dict[str, Sequence[object]] = {
        "name": [shortened(person.name, NAME_LETTERS) for person in drawn],
        "x": [places[person.row][0] for person in drawn],
        "y": [places[person.row][1] for person in drawn],
        "boss_x": [boss and boss[0] for boss in bosses],
        "boss_y": [boss and boss[1] for boss in bosses],
    }
    missing = [person.name for person in people if person.row not in places]
    return {
        **{f"kam_map_{name}": filled(column, PEOPLE_ROWS) for name, column in columns.items()},
        "kam_map_note": Text("Attitude or influence is missing, so not on the map: {names}.", names=missing)
        if drawn and missing
        else None,
    }


def _people(values: Mapping[str, object]) -> list[Person]:
    columns = [
        _column(values.get(f"kam_stakeholder_{name}")) for name in ("name", "reports_to", "attitude", "influence")
    ]
    people = [Person(row, *cells) for row, cells in enumerate(zip(*columns, strict=True))]
    return [person for person in people if person.name]


def _column(value: object) -> list[str]:
    cells = value if isinstance(value, (list, tuple)) else [value]
    return ["" if cell is None else str(cell).strip() for cell in filled(cells, PEOPLE_ROWS)]


def _places(people: Sequence[Person]) -> dict[int, tuple[float, float]]:
    """Where people stand, by their row."""
    cells: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    for person in people:
        across, upwards = _position(person.attitude, ACROSS), _position(person.influence, UPWARDS)
        if across is not None and upwards is not None:
            cells[across, upwards].append(person.row)
    return {
        row: (across, round(upwards + (len(rows) - 1 - 2 * at) / 2 * min(APART, CELL / len(rows)), 4))
        for (across, upwards), rows in cells.items()
        for at, row in enumerate(rows)
    }


def _position(word: str, scale: Mapping[Text, float]) -> float | None:
    folded = word.casefold()
    return next(
        (place for label, place in scale.items() for lang in LANGUAGES if label.render(lang).casefold() == folded), None
    )
