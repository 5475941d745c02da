"""What a slide consists of, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_xl.locale import Text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; `strong` stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Lines:
    """Paragraphs, one below the other."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """Rows of texts below a header; `right` are the columns that stand on the right, `widths` their shares.

    `overdue` are the rows, from 0, whose last cell is a day that has passed.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    overdue: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Tiles:
    """Values under their titles, side by side."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Columns:
    """A chart of amounts side by side: series of (title, values) over categories."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True)
class Bubbles:
    """A chart of clients: (name, penetration, height, size), with the titles of its axes; heights are logarithmic."""

    across: str
    upwards: str
    points: tuple[tuple[str, float, float, float], ...]


Part = Lines | Table | Tiles | Columns | Bubbles


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    kind : str
        "cover", "portfolio", "goals", "ranking", "changes" or "account".
    title : str
    parts : mapping
        Its content by name; a template places it by placeholders named ``kam_<name>``.
    fields : mapping
        Of an account: the fields of its plan in words, for placeholders named as the fields are.
    """

    kind: str
    title: str
    parts: Mapping[str, Part]
    fields: Mapping[str, str] = field(default_factory=dict)


PARTS = {
    "cover": ("subtitle",),
    "portfolio": ("summary", "chart", "note"),
    "goals": ("summary", "chart", "table"),
    "ranking": ("table",),
    "changes": ("summary", "table"),
    "account": ("facts", "tiles", "answers", "chart", "steps"),
}
"""The parts of each kind of slide."""


def paragraphs(lang: str, *texts: Text | str | None, strong: bool = False) -> tuple[Paragraph, ...]:
    """Texts as paragraphs; what is missing makes none.

    >>> paragraphs("en", "One", None, Text("two"))
    (Paragraph(text='One', strong=False), Paragraph(text='two', strong=False))
    """
    words = [text.render(lang) if isinstance(text, Text) else text for text in texts]
    return tuple(Paragraph(text, strong) for text in words if text)
