"""The command line: thin, every expected error one clear line on standard error."""

from __future__ import annotations

import atexit
import gc
import sys

from kam_xl.cli.about import version

INTERRUPTED = 130
_YOUNG = 500_000
"""Objects between two searches for cycles: a command builds millions that live to its end, and searching them at every
700 takes a third of the time of a large `kam-xl plan`."""


def main() -> None:
    """Run the command line; ends the process with the documented exit code."""
    try:
        gc.set_threshold(_YOUNG)
        atexit.register(gc.freeze)  # what ends with the process need not be searched for cycles once more
        if sys.argv[1:] == ["--version"]:  # asked by scripts: at once
            sys.stdout.write(f"{version()}\n")
            sys.exit(0)
        # Imported here, so that Ctrl+C while the program still starts ends it as quietly as later.
        from kam_xl.cli.imports import keep_imports_light
        from kam_xl.cli.running import run

        keep_imports_light()
        run()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        sys.exit(INTERRUPTED)
