"""The pictures on the buttons of menu and toolbar, one for each command."""

from __future__ import annotations

from kam_xl.calc_addin.drawing import Colour, Shape, box, disc, line, png, ring

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
    "import_table": (
        box(INK, 3, 8, 22, 29),
        *(box(PAPER, 4.6 + x * 5.6, 9.6 + y * 6.2, 9.4 + x * 5.6, 14.8 + y * 6.2) for x in range(3) for y in range(3)),
        line(GREEN, 3.6, (28, 4), (20, 14)),
        line(GREEN, 3.6, (18.5, 8), (18.8, 15.4), (26, 15)),
    ),
    "export_pdf": (*_page(), *_lines(7, 11.5), box(RED, 2, 17, 27, 26), box(PAPER, 5, 20.4, 24, 22.6)),
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


def icon_files() -> dict[str, bytes]:
    """Each picture in each size, by the name of its file."""
    return {f"{code}_{dots}.png": png(shapes, dots) for code, shapes in ICONS.items() for dots in SIZES}
