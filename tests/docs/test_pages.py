"""Links lead somewhere, pictures are there and small."""

from __future__ import annotations

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, links

PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md"), *(ROOT / "workbook").glob("*.md")])
PICTURES = sorted((DOCS / "pictures").glob("*.png"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path):
    broken = []
    for link in links(path.read_text(encoding="utf-8")):
        name, _, place = link.partition("#")
        target = path.parent / name if name else path
        if "://" in link:
            continue
        if not target.exists() or (place and place not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert broken == []


def test_every_picture_is_shown_and_small():
    shown = {
        (path.parent / link).resolve()
        for path in PAGES
        for link in links(path.read_text(encoding="utf-8"))
        if link.endswith(".png")
    }
    assert {path.resolve() for path in PICTURES} - shown == set()
    assert [path.name for path in PICTURES if path.stat().st_size > 150_000] == []
