"""Texts of a csv file that a spreadsheet program would run as formulas, and how they are kept texts."""

from __future__ import annotations

import re

# Each program splits at the mark of its own country: a text with ";=" in a file with commas is a formula in a Russian
# Excel. An apostrophe goes before whatever may come first in a cell there.
_RUNS = re.compile(r"""(^|[;,\t\r\n]"*)(?=[=+\-@\t\r])""")
_KEPT = re.compile(r"""(^|[;,\t\r\n]"*)'(?=[=+\-@\t\r])""")


def kept_text(text: str) -> str:
    """A text that no spreadsheet program runs, at whatever delimiter it splits the file.

    >>> kept_text("=1+1"), kept_text("Alfa;=1+1"), kept_text("Alfa; Beta")
    ("'=1+1", "Alfa;'=1+1", 'Alfa; Beta')
    """
    return _RUNS.sub(r"\1'", text)


def as_before(text: str) -> str:
    """A text as it was before `kept_text`.

    >>> as_before("Alfa;'=1+1")
    'Alfa;=1+1'
    """
    return _KEPT.sub(r"\1", text)
