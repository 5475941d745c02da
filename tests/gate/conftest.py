"""The builder of the workbooks lies beside them, outside the package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "workbook" / "source"))

collect_ignore = ["basic_runner.py"]  # runs in the Python that has uno
