"""An office that is used for long: nothing is left open, nothing goes on growing."""

from pathlib import Path

import pytest
import xlwings as xw

from benchmarks.calc_cycles import cycle, memory
from tests.tables import write_table

pytestmark = pytest.mark.slow

WARM, CYCLES, LIMIT = 5, 15, 1.15


def test_fifteen_cycles_leave_no_process_and_no_growing_memory(tmp_path):
    source = write_table(tmp_path / "clients.xlsx")
    app = xw.engines["calc"].apps.add()
    sizes = []
    for number in range(CYCLES):
        cycle(app, source, tmp_path / f"built{number % 3}.xlsx", "check")
        sizes.append(memory(app.pid))
        assert len(app.books) == 0
    app.quit()
    assert not Path(f"/proc/{app.pid}").exists()
    assert sizes[-1] < LIMIT * sizes[WARM - 1]
