"""A running stand-in for the Python process behind Excel."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UDFS = ROOT / "udfs"


class Excel:
    """A Python process as it stands behind Excel on Windows, see `excel_server`."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", str(Path(__file__).with_name("excel_server.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (UDFS, ROOT)))},
        )
        self.registered = json.loads(self.process.stdout.readline())

    def __call__(self, *calls):
        """What the cells of Excel get: for each call [name, arguments] a list of rows."""
        print(json.dumps(calls), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    @classmethod
    @contextmanager
    def running(cls):
        """One that ends with the block."""
        if sys.platform == "win32":
            pytest.skip("xlwings has its own library here, which tests.windows asks")
        excel = cls()
        with excel.process as process:
            yield excel
            process.stdin.close()
