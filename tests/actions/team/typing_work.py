"""What people may type into plans, for property tests."""

from datetime import datetime

from hypothesis import strategies as st

from kam_xl.engines.values import Formula
from tests.actions.teamwork import CLIENTS

# Cells of each kind: entries, proposals, ratings, computed ones; beside them, below all, and in a list of the plan.
FIELDS = [
    "kam_goal[0]", "kam_achieved[0]", "kam_target_penetration[0]", "kam_horizon[0]", "kam_position_argument[0]",
    "kam_rank[0]", "kam_penetration[0]", "kam_industry[0]", "kam_period[0]", "kam_action_what[0]", "kam_action_what[3]",
    "kam_action_who[3]", "kam_risk_what[1]", "kam_competitor_approach[0]", "kam_competitor_strengths[1]",
    "kam_position[0]", "kam_potential[0]", "kam_target_position[0]", "kam_review_date[1]", "kam_contract_note[0]",
    "kam_client+0:Z", "kam_goal+0:AA",
]  # fmt: skip
LISTS = {
    "action": ("what", "who", "when", "amount", "state"),
    "opportunity": ("what", "amount", "probability", "when", "stage"),
    "contract": ("what", "amount", "when", "note"),
    "milestone": ("what", "when", "state"),
    "stakeholder": ("name", "attitude", "influence"),
}
"""Lists of a plan: their columns, the first of which names a row."""

CLIENT = st.sampled_from(sorted(CLIENTS))
TEXT = st.text("abгд =+'1\n", min_size=1, max_size=6).filter(str.strip)
DATE = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(
    lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)
)
TYPED = st.one_of(
    TEXT,
    st.integers(2, 5).map(float),
    DATE,
    st.sampled_from(["High", "Strong", "Supporter", "Done"]),
    st.just(Formula("=1+1", 2.0)),
    st.none(),  # cleared
)
CELLS = st.dictionaries(st.tuples(CLIENT, st.sampled_from(FIELDS)), TYPED, max_size=8)


@st.composite
def rows(draw):
    """A whole row of a list: filled, or emptied."""
    client_id, name, at = draw(CLIENT), draw(st.sampled_from(sorted(LISTS))), draw(st.integers(0, 2))
    contents = draw(st.one_of(st.none(), st.lists(TYPED, min_size=5, max_size=5)))
    return {
        (client_id, f"kam_{name}_{column}[{at}]"): contents and contents[number]
        for number, column in enumerate(LISTS[name])
    }


WORK = st.builds(
    lambda cells, rows: cells | {key: content for row in rows for key, content in row.items()},
    CELLS,
    st.lists(rows(), max_size=3),
)
"""What somebody types: (client, cell) to content, None where it was cleared."""
