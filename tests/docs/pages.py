"""The pages of the documentation as the tests look at them: sections, tables, code blocks, links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block of code and its language."""

    language: str
    text: str


def page(name: str) -> str:
    """The text of a page."""
    return (DOCS / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A page without its blocks of code, where # and | mean something else."""
    return _FENCED.sub("", text)


def blocks(text: str) -> list[Block]:
    """The blocks of code of a page, in order."""
    return [Block(*found.groups()) for found in _FENCED.finditer(text)]


def headings(text: str) -> list[str]:
    """The headings of a page.

    >>> headings("# One\\n\\n## `Two`\\n")
    ['One', '`Two`']
    """
    return [found[2] for found in _HEADING.finditer(prose(text))]


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level or higher.

    >>> section("# A\\n\\n## B\\nb\\n\\n### C\\nc\\n\\n## D\\nd\\n", "B")
    '\\nb\\n\\n### C\\nc\\n\\n'
    """
    text = prose(text)
    found = [(len(each[1]), each[2], each.start(), each.end()) for each in _HEADING.finditer(text)]
    level, start = next((level, end) for level, title, _, end in found if title == heading)
    end = next((begin for other, _, begin, _ in found if begin > start and other <= level), len(text))
    return text[start:end]


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a page: rows of cells, the header first, the line below it left out.

    >>> tables("| a | b |\\n|---|---|\\n| 1 | 2 |\\n")
    [[['a', 'b'], ['1', '2']]]
    """
    found: list[list[list[str]]] = [[]]
    for line in prose(text).splitlines():
        if line.startswith("|"):
            found[-1].append([cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif found[-1]:
            found.append([])
    return [rows[:1] + rows[2:] for rows in found if rows]


def table(text: str, *header: str) -> list[list[str]]:
    """The rows of the table that has this header."""
    return next(rows[1:] for rows in tables(text) if rows[0] == list(header))


def quoted(text: str) -> list[str]:
    """Everything in a text that stands in `backticks`."""
    return re.findall(r"`([^`\n]+)`", text)


def links(text: str) -> list[str]:
    """The targets of all links and pictures of a page."""
    return _LINK.findall(prose(text))


def anchors(text: str) -> set[str]:
    """The places of a page that a link can name, as GitHub makes them from the headings.

    >>> anchors("## What is *yours*, and what is not")
    {'what-is-yours-and-what-is-not'}
    """
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings(text)}
