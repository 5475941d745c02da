import gc
import sys

import pytest

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import cli
from tests.understood import without_understood


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line; returns exit code, standard output, standard error.

    How each command understood its table is tested in tests/cli/test_read.py and left out here.
    """

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["kam-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, without_understood(said.err)

    before = gc.get_threshold()
    yield run
    gc.set_threshold(*before)  # the tests' process goes on
