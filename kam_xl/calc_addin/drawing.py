"""Small pictures from lines, discs and boxes, written as PNG: the same bytes everywhere, and no image files to keep."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise

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
    found = [_colour(shapes, (x + across) * scale, (y + down) * scale) for down in places for across in places]
    seen = [colour for colour in found if colour]
    if not seen:
        return bytes(4)
    mixed = [round(sum(parts) / len(seen)) for parts in zip(*seen, strict=True)]
    return bytes((*mixed, round(255 * len(seen) / len(found))))


def _colour(shapes: Sequence[Shape], x: float, y: float) -> Colour | None:
    return next((colour for colour, holds in reversed(shapes) if holds(x, y)), None)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
