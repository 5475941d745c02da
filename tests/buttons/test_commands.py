"""The table of commands holds what hosts can show."""

import pytest

from kam_xl.buttons import COMMANDS, GROUPS
from kam_xl.locale import LANGUAGES

RELEASED = (
    "build_plans build_selected refresh check portfolio dashboard import_table export_pdf split_by_manager settings "
    "language help"
)


def test_the_codes_stay_because_workbooks_hold_them():
    assert set(RELEASED.split()) <= {command.code for command in COMMANDS}


def test_groups_stand_together_in_their_order():
    groups = [command.group for command in COMMANDS]
    assert groups == sorted(groups, key=list(GROUPS).index)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.code)
def test_labels_and_tips_fit_a_ribbon(command, lang):
    # A super tip may have 1024 characters, but a person reads a line or two; Calc's menu shows the label alone.
    # The button of the language says its word in each, for whoever can read one of them.
    assert 0 < len(command.label.render(lang)) <= (12 * len(LANGUAGES) if command.code == "language" else 24)
    assert 20 < len(command.tip.render(lang)) <= 250
