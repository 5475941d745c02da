"""Tables as people have them are read right, or refused with what to do; see `client_cases`."""

import pytest

from tests.table.client_cases import FOLDER, REFUSED, expectations, outcome

EXPECTED = expectations()
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the tables lie beside the project")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_table_is_read_right_or_refused_with_what_to_do(name):
    found = outcome(name, EXPECTED[name])
    assert found.verdict == ("refused" if name in REFUSED else "right"), found.why
