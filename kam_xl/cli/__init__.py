"""The command line: thin, every expected error one clear line on standard error."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; ends the process with the documented exit code."""
    try:
        # Imported here, so that Ctrl+C while the program still starts ends it as quietly as later.
        from kam_xl.cli.running import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        sys.exit(INTERRUPTED)
