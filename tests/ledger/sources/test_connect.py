"""The embedded database: what it loads, and what it leaves to others."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from kam_xl.ledger.sources.connect import embedded

with embedded():
    assert "sqlglot.dialects.snowflake" not in sys.modules
    import ibis

    one = ibis.literal(1)
    print(ibis.to_sql(one, dialect="postgres"), ibis.to_sql(one, dialect="snowflake"))
"""


def test_the_embedded_database_loads_nothing_for_other_databases_until_they_are_asked_for():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["SELECT", "1", "AS", '"1"'] * 2
