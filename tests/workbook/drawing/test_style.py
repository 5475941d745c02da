"""The palette can be read by everybody, on paper too."""

import pytest

from drawing import style


def luminance(color):
    """Relative luminance by WCAG 2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("fill", "ink"),
    [
        style.GOOD,
        style.FAIR,
        style.BAD,
        style.PLAIN,
        (style.BAND, style.WHITE),
        (style.SOFT, style.INK),
        (style.ENTRY_FILL, style.INK),
        (style.ENTRY_FILL, style.MUTED),
        (style.PROPOSAL_FILL, style.MUTED),
        (style.WHITE, style.MUTED),
        (style.WHITE, style.LINK),
    ],
)
def test_every_ink_stands_out_from_its_fill(fill, ink):
    assert contrast(fill, ink) >= 5


def test_entries_and_proposals_differ_from_each_other_and_from_all_other_fills():
    fills = [style.ENTRY_FILL, style.PROPOSAL_FILL, style.WHITE, style.GOOD[0], style.FAIR[0], style.BAD[0]]
    assert len(set(fills)) == len(fills)
