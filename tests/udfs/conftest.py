"""The functions lie beside the package, where Excel's xlwings finds them by its PYTHONPATH."""

import sys
from pathlib import Path

UDFS = Path(__file__).parents[2] / "udfs"
sys.path.insert(0, str(UDFS))
