"""Tests that need `uno` run in the one Python that has it, wherever the rest of the suite runs.

The conftest of such a folder says ``pytest_runtest_protocol, pytest_runtest_logreport = hooks(Path(__file__).parent)``.
Where this Python has no `uno`, all tests of a file run in one go in the other one, and their outcomes are reported here
as if they had run here.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from kam_xl.engines.calc.bridge import has_uno, office_binary, office_python

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / ".venv/calc"  # made by ./dev for that Python: xlwings, openpyxl, pandas, pytest
_REPORTS = "KAM_XL_TEST_REPORTS"
_TIMEOUT = 900


def reason_to_skip():
    """Why tests with LibreOffice cannot run on this machine; blank where they can."""
    if office_binary() is None:
        return "LibreOffice is not here"
    if has_uno():
        return ""
    python = office_python()
    if python is None or subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        return "no Python with uno is here"
    return "" if PACKAGES.is_dir() else "the packages of the Python with uno are not here: ./dev test -m slow"


def environment():
    """The environment in which the Python with `uno` finds this checkout and its packages."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(PACKAGES)]), "PYTHONDONTWRITEBYTECODE": "1"}


def hooks(folder):
    """The two hooks of pytest for the conftest of a folder whose tests need `uno`."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(item, nextitem):
        if has_uno() or folder not in item.path.parents:
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in _reports(item):
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        item.session._setupstate.teardown_exact(nextitem)  # what the test before left for this one's neighbours
        return True

    def pytest_runtest_logreport(report):
        if os.environ.get(_REPORTS) and has_uno():  # in the other Python: hand the outcome over
            with Path(os.environ[_REPORTS]).open("a", encoding="utf-8") as file:
                file.write(json.dumps(report._to_json(), default=str) + "\n")

    return pytest_runtest_protocol, pytest_runtest_logreport


def _reports(item):
    reason = reason_to_skip()
    if reason:
        place = (str(item.path), item.location[1] or 0, reason)
        return [pytest.TestReport(item.nodeid, item.location, {}, "skipped", place, "setup")]
    known = item.session.stash.setdefault(_KEY, {})
    output, reports = known.get(item.path, ("", {}))
    if item.nodeid not in reports:  # the first one, or the one after a test that has brought the other Python down
        ids = [each.nodeid for each in item.session.items if each.path == item.path]
        output, reports = known[item.path] = _run(ids[ids.index(item.nodeid) :], item.config)
    return reports.get(item.nodeid) or [
        pytest.TestReport(
            item.nodeid, item.location, {}, "failed", f"did not finish in the other Python:\n{output}", "call"
        )
    ]


_KEY = pytest.StashKey()


def _run(ids, config):
    """Run tests in the other Python; their reports by id, and what was printed."""
    target = Path(config._tmp_path_factory.mktemp("uno")) / "reports.jsonl"
    # Native tracebacks show no values: to show an object of an office that is gone would end this Python.
    options = ["-q", "--tb=native", "-m", "slow or not slow", "-p", "no:cacheprovider"]
    command = [office_python(), "-m", "pytest", *options, *ids]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment() | {_REPORTS: str(target)},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
    )
    reports = {}
    if target.exists():
        for line in target.read_text(encoding="utf-8").splitlines():
            report = pytest.TestReport._from_json(json.loads(line))
            if report.skipped and isinstance(report.longrepr, list):  # JSON knows no tuples
                report.longrepr = tuple(report.longrepr)
            reports.setdefault(report.nodeid, []).append(report)
    return done.stdout[-4000:] + done.stderr[-4000:], reports
