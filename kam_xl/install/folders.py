"""The user's own folders for the log and for safety copies, as each system keeps such things."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_state_path

OTHER_PLACE = "KAM_XL_STATE"
"""The variable that names another folder."""


def state_folder() -> Path:
    """The folder of everything that the program keeps for a user.

    >>> import os
    >>> os.environ["KAM_XL_STATE"] = "elsewhere"
    >>> state_folder() == Path("elsewhere")
    True
    >>> del os.environ["KAM_XL_STATE"]
    >>> state_folder().name
    'kam_xl'
    """
    return Path(os.environ.get(OTHER_PLACE) or user_state_path("kam_xl", appauthor=False))


def log_file() -> Path:
    """The log that failures of buttons are written to."""
    return state_folder() / "kam_xl.log"


def copies_folder() -> Path:
    """Where copies of workbooks are kept from before a button changed them."""
    return state_folder() / "copies"
