"""Ctrl+C at any moment ends the program without a traceback."""

import os
import signal
import subprocess
import sys
import time

import pytest


@pytest.mark.skipif(os.name != "posix", reason="the signal is sent as on POSIX")
@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6])
def test_an_interrupted_start_is_quiet(after):
    # The line tells that the program is up: its first act. Before it Python has its own way of ending.
    started = "gc.set_threshold = lambda young: print(1, flush=True)"
    code = f"import gc, sys; from kam_xl.cli import main; sys.argv = ['kam-xl', 'settings']; {started}; main()"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert b"Traceback" not in error
    # Where the command is done already, the signal may meet an interpreter that is closing down and handles none.
    assert process.returncode in (130, 0, -signal.SIGINT)
