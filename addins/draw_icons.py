"""Draws the pictures of LibreOffice's menu and toolbar from lines, discs and boxes: ``python addins/draw_icons.py``.

They stand in ``addins/calc/icons``, two for each command, and may as well come from any other program.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent / "calc" / "icons"
Colour = tuple[int, int, int]
Point = tuple[float, float]
Shape = tuple[Colour, Callable[[float, float], bool]]

GRID = 32.0
"""Shapes stand on a square of this size, whatever the picture's."""

_SAMPLES = 4  # in each direction within a dot, for smooth edges


def box(colour: Colour, left: float, top: float, right: float, bottom: float) -> Shape:
    """A filled rectangle."""
    return colour, lambda x, y: left <= x < right and top <= y < bottom


def disc(colour: Colour, x: float, y: float, radius: float) -> Shape:
    """A filled circle."""
    return colour, lambda u, v: math.hypot(u - x, v - y) <= radius


def ring(colour: Colour, x: float, y: float, radius: float, width: float, start: float = 0, end: float = 360) -> Shape:
    """A part of a circle's line, between two angles in degrees, clockwise from the right."""

    def holds(u: float, v: float) -> bool:
        angle = math.degrees(math.atan2(v - y, u - x)) % 360
        return abs(math.hypot(u - x, v - y) - radius) <= width / 2 and (angle - start) % 360 <= end - start

    return colour, holds


def line(colour: Colour, width: float, *points: Point) -> Shape:
    """A line through points, its ends round."""
    parts = list(pairwise(points))
    return colour, lambda x, y: any(_distance(x, y, *part) <= width / 2 for part in parts)


def _distance(x: float, y: float, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    along = ((x - start[0]) * across + (y - start[1]) * down) / (across**2 + down**2)
    along = min(1.0, max(0.0, along))
    return math.hypot(x - start[0] - along * across, y - start[1] - along * down)


def png(shapes: Sequence[Shape], dots: int) -> bytes:
    """A square picture, later shapes over earlier ones, nothing behind them.

    >>> png([box((0, 0, 0), 0, 0, 32, 32)], 16)[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    rows = b"".join(b"\0" + b"".join(_dot(shapes, dots, x, y) for x in range(dots)) for y in range(dots))
    header = struct.pack(">IIBBBBB", dots, dots, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _dot(shapes: Sequence[Shape], dots: int, x: int, y: int) -> bytes:
    places = [(number + 0.5) / _SAMPLES for number in range(_SAMPLES)]
    scale = GRID / dots
    samples = [_colour(shapes, (x + across) * scale, (y + down) * scale) for down in places for across in places]
    seen = [colour for colour in samples if colour]
    if not seen:
        return bytes(4)
    mixed = [round(sum(parts) / len(seen)) for parts in zip(*seen, strict=True)]
    return bytes((*mixed, round(255 * len(seen) / len(samples))))


def _colour(shapes: Sequence[Shape], x: float, y: float) -> Colour | None:
    return next((colour for colour, holds in reversed(shapes) if holds(x, y)), None)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


INK: Colour = (58, 70, 86)
PAPER: Colour = (250, 251, 253)
PALE: Colour = (176, 190, 208)
BLUE: Colour = (31, 98, 170)
GREEN: Colour = (38, 142, 84)
AMBER: Colour = (232, 150, 32)
RED: Colour = (200, 52, 46)

SIZES = (16, 26)
"""Dots of the pictures: of menus and small toolbars, and of large ones."""


def _page(left: float = 5, top: float = 2, right: float = 24, bottom: float = 30) -> tuple[Shape, ...]:
    return box(INK, left, top, right, bottom), box(PAPER, left + 1.6, top + 1.6, right - 1.6, bottom - 1.6)


def _lines(*tops: float, left: float = 9, right: float = 20) -> tuple[Shape, ...]:
    return tuple(box(PALE, left, top, right, top + 2) for top in tops)


def _plus(x: float, y: float) -> tuple[Shape, ...]:
    return (
        disc(GREEN, x, y, 7),
        box(PAPER, x - 4.2, y - 1.1, x + 4.2, y + 1.1),
        box(PAPER, x - 1.1, y - 4.2, x + 1.1, y + 4.2),
    )


def _tick(colour: Colour, x: float, y: float) -> Shape:
    return line(colour, 3.2, (x - 6, y), (x - 2, y + 4.5), (x + 6, y - 5))


ICONS: dict[str, tuple[Shape, ...]] = {
    "build_plans": (*_page(), *_lines(7, 11.5, 16), *_plus(23, 23)),
    "build_selected": (*_page(), *_lines(7, 18, 23), box(AMBER, 7.5, 11, 21.5, 15.5), *_plus(23, 23)),
    "refresh": (
        ring(BLUE, 16, 16, 10, 3.4, 200, 350),
        ring(BLUE, 16, 16, 10, 3.4, 20, 170),
        line(BLUE, 3.2, (20, 13.6), (26, 14.2), (27, 8)),
        line(BLUE, 3.2, (12, 18.4), (6, 17.8), (5, 24)),
    ),
    "agenda": (
        box(INK, 4, 6, 28, 28),
        box(PAPER, 5.6, 12, 26.4, 26.4),
        *(box(PALE, 8 + x * 6, 14.4 + y * 6, 11.6 + x * 6, 18 + y * 6) for x in range(3) for y in range(2)),
        box(RED, 14, 14.4, 17.6, 18),
        box(INK, 9, 3, 11.4, 9),
        box(INK, 20.6, 3, 23, 9),
    ),
    "changes": (
        *_page(),
        *_lines(7, 11.5),
        line(RED, 3, (8, 17), (13, 23), (17, 20)),
        line(RED, 3, (17, 20), (22, 26)),
        line(GREEN, 3, (21, 21), (28, 14)),
    ),
    "check": (*_page(), *_lines(7, 11.5), _tick(GREEN, 18, 21)),
    "portfolio": (
        *(
            box(colour, 4 + column * 8.4, 4 + row * 8.4, 11.2 + column * 8.4, 11.2 + row * 8.4)
            for row, colours in enumerate(((AMBER, GREEN, GREEN), (PALE, AMBER, GREEN), (PALE, PALE, AMBER)))
            for column, colour in enumerate(colours)
        ),
    ),
    "dashboard": (
        *(box(PALE, x, top, x + 4, 27) for x, top in ((4, 14), (13, 9), (22, 4))),
        *(box(BLUE, x, top, x + 4, 27) for x, top in ((8, 16), (17, 13), (26, 10))),
        box(INK, 2, 27, 31, 29),
    ),
    "whitespace": (
        *(
            box(colour, 4 + column * 8.4, 4 + row * 8.4, 11.2 + column * 8.4, 11.2 + row * 8.4)
            for row, colours in enumerate(((BLUE, BLUE, PALE), (BLUE, AMBER, PALE), (PALE, BLUE, AMBER)))
            for column, colour in enumerate(colours)
        ),
    ),
    "import_table": (
        box(INK, 3, 8, 22, 29),
        *(box(PAPER, 4.6 + x * 5.6, 9.6 + y * 6.2, 9.4 + x * 5.6, 14.8 + y * 6.2) for x in range(3) for y in range(3)),
        line(GREEN, 3.6, (28, 4), (20, 14)),
        line(GREEN, 3.6, (18.5, 8), (18.8, 15.4), (26, 15)),
    ),
    "import_opportunities": (
        disc(AMBER, 12, 19, 10),
        disc(PAPER, 12, 19, 7.6),
        box(AMBER, 11, 13, 13, 25),
        line(AMBER, 2, (8.4, 16), (12, 13.6), (15.6, 16)),
        line(GREEN, 3.6, (29, 3), (21, 13)),
        line(GREEN, 3.6, (19.5, 7), (19.8, 14.4), (27, 14)),
    ),
    "export_pdf": (*_page(), *_lines(7, 11.5), box(RED, 2, 17, 27, 26), box(PAPER, 5, 20.4, 24, 22.6)),
    "deck": (
        box(INK, 3, 5, 29, 22),
        box(PAPER, 4.6, 6.6, 27.4, 20.4),
        *(box(colour, x, top, x + 4, 18) for x, top, colour in ((8, 13, PALE), (14, 10, BLUE), (20, 8, AMBER))),
        line(INK, 2.2, (16, 22), (16, 29)),
        line(INK, 2.2, (10, 29), (22, 29)),
    ),
    "split_by_manager": (
        disc(BLUE, 9, 8, 4.5),
        box(BLUE, 3.4, 14, 14.6, 19),
        disc(GREEN, 23, 8, 4.5),
        box(GREEN, 17.4, 14, 28.6, 19),
        line(INK, 2.4, (9, 21), (9, 28)),
        line(INK, 2.4, (5.5, 25), (9, 28.6), (12.5, 25)),
        line(INK, 2.4, (23, 21), (23, 28)),
        line(INK, 2.4, (19.5, 25), (23, 28.6), (26.5, 25)),
    ),
    "collect": (
        disc(BLUE, 9, 8, 4.5),
        box(BLUE, 3.4, 14, 14.6, 19),
        disc(GREEN, 23, 8, 4.5),
        box(GREEN, 17.4, 14, 28.6, 19),
        line(INK, 2.4, (9, 20), (16, 28)),
        line(INK, 2.4, (23, 20), (16, 28)),
        line(INK, 2.4, (11.5, 28.6), (20.5, 28.6)),
    ),
    "settings": (
        *(box(PALE, 4, y - 1.1, 28, y + 1.1) for y in (8, 16, 24)),
        disc(BLUE, 11, 8, 3.8),
        disc(BLUE, 21, 16, 3.8),
        disc(BLUE, 14, 24, 3.8),
    ),
    "language": (
        ring(BLUE, 16, 16, 11.5, 2.4),
        line(BLUE, 2.2, (4.5, 16), (27.5, 16)),
        line(BLUE, 2.2, (16, 4.5), (16, 27.5)),
        line(BLUE, 2, (16, 4.5), (10.5, 10), (9.5, 16), (10.5, 22), (16, 27.5)),
        line(BLUE, 2, (16, 4.5), (21.5, 10), (22.5, 16), (21.5, 22), (16, 27.5)),
    ),
    "help": (
        disc(BLUE, 16, 16, 13),
        ring(PAPER, 16, 12.5, 4.6, 3, 180, 400),
        line(PAPER, 3, (19.4, 15.6), (16, 18), (16, 20)),
        disc(PAPER, 16, 24.4, 2),
    ),
}


if __name__ == "__main__":
    for code, shapes in ICONS.items():
        for dots in SIZES:
            (FOLDER / f"{code}_{dots}.png").write_bytes(png(shapes, dots))
