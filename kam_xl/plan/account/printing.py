"""Which parts of a plan sheet no printed page is to cut."""

from __future__ import annotations

from kam_xl.plan.account import plan_fields
from kam_xl.plan.account.plan_fields import BEHIND, PARTS

_WITH_TITLE = 2  # rows above the first field of a section: its heading, and the titles of its fields

SECTIONS: dict[str, int] = {
    **dict.fromkeys(
        (
            "kam_target_position",
            *(
                section.tables[0]
                for section in (
                    plan_fields.OPPORTUNITIES,
                    plan_fields.ACTIONS,
                    plan_fields.COMPETITORS,
                    plan_fields.STAKEHOLDERS,
                    plan_fields.RISKS,
                    plan_fields.REVIEWS,
                )
            ),
        ),
        _WITH_TITLE,
    ),
    "kam_arguments": 1,
    **dict.fromkeys((BEHIND, *PARTS), 0),
}
"""The sections of a plan from page 2 on: a name in each, and how many rows above it the section begins."""
