"""Texts of a csv file that a spreadsheet program would run as formulas, and how they are kept texts."""

from __future__ import annotations

import re

# Each program splits at the mark of its own country: a text with ";=" in a file with commas is a formula in a Russian
# Excel. An apostrophe goes before whatever may come first in a cell there.
_RUNS = re.compile(r"""(^|[;,\t\r\n]"*)(?=[=+\-@\t\r])""")
_MARKS = ("=", "+", "-", "@", "\t", "\r")
_BEHIND = re.compile(r"""[;,\t\r\n"][=+\-@\t\r]""")  # looked for quickly: few texts have it
_KEPT = re.compile(r"""(^|[;,\t\r\n]"*)'(?=[=+\-@\t\r])""")


def kept_text(text: str) -> str:
    """A text that no spreadsheet program runs, at whatever delimiter it splits the file.

    >>> kept_text("=1+1"), kept_text("Alfa;=1+1"), kept_text("Alfa; Beta")
    ("'=1+1", "Alfa;'=1+1", 'Alfa; Beta')
    """
    # Asked one by one: in long texts a pattern takes much longer to find that there is none.
    if "-" in text or "=" in text or "+" in text or "@" in text or "\t" in text or "\r" in text:
        return _RUNS.sub(r"\1'", text) if text.startswith(_MARKS) or _BEHIND.search(text) else text
    return text


def as_before(text: str) -> str:
    """A text as it was before `kept_text`.

    >>> as_before("Alfa;'=1+1")
    'Alfa;=1+1'
    """
    return _KEPT.sub(r"\1", text)
