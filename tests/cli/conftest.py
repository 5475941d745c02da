import sys

import pytest

from kam_xl import cli


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line; returns exit code, standard output, standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["kam-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run
