"""What the program says about itself."""

from kam_xl import __version__


def version() -> str:
    """The program and its version, as ``--version`` shows them."""
    return f"kam-xl {__version__}"
