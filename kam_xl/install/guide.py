"""The user guide as web pages on the user's own machine: no internet, no program but a browser."""

from __future__ import annotations

import re
import shutil
import sys
import webbrowser
from pathlib import Path

from kam_xl import __version__
from kam_xl.install import bundled
from kam_xl.install.folders import state_folder
from kam_xl.locale import LANGUAGES

_STYLE = """
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 "Segoe UI", system-ui, sans-serif }
img { max-width: 100%; border: 1px solid #ddd } a { color: #1f5fa8 } th { background: #eef2f7 }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top }
code { background: #f4f4f4; padding: 0 .2rem } pre { background: #f4f4f4; padding: .8rem; overflow-x: auto }
"""
_HEADING = re.compile(r"<h(?P<level>[1-6])>(?P<text>.*?)</h(?P=level)>", re.DOTALL)
_LINK = re.compile(r'href="(?P<page>[\w-]+)\.md(?P<anchor>#[^"]*)?"')
_TAG = re.compile(r"<[^>]+>")


def guide_page(lang: str, folder: Path | None = None) -> Path:
    """The guide in a language, made anew each time: another language or version of it may have been there before.

    Parameters
    ----------
    lang : str
        One of `kam_xl.locale.LANGUAGES`.
    folder : Path, optional
        Where the pages go; by default the user's own folder.

    Returns
    -------
    Path
        The page; the Markdown text itself where the library that makes pages is missing, or none can be written.
    """
    source = bundled.guide()
    folder = folder or state_folder() / f"guide-{__version__}"
    try:
        from markdown_it import MarkdownIt
    except ImportError:  # in a spreadsheet program's own Python
        return source / f"guide_{lang}.md"
    render = MarkdownIt("commonmark").enable("table").render
    pages = {page.stem: _page(page.stem, render(page.read_text("utf-8"))) for page in source.glob("*.md")}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source / "pictures", folder / "pictures", dirs_exist_ok=True)
        for name, page in pages.items():
            (folder / f"{name}.html").write_text(page, encoding="utf-8")
    except OSError:
        return source / f"guide_{lang}.md"
    return folder / f"guide_{lang}.html"


def open_page(page: Path) -> bool:
    """Show a page in the user's browser; whether there is one."""
    # Windows takes a file's address for one in its own code page: a Cyrillic folder in it would not be found.
    return webbrowser.open(str(page) if sys.platform == "win32" else page.as_uri())


def _page(title: str, body: str) -> str:
    body = _HEADING.sub(_with_anchor, body)
    body = _LINK.sub(lambda match: f'href="{match["page"]}.html{match["anchor"] or ""}"', body)
    lang = next((each for each in LANGUAGES if title.endswith(f"_{each}")), LANGUAGES[0])
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>kam_xl: {title}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}</body></html>\n"
    )


def _with_anchor(match: re.Match[str]) -> str:
    """A heading that links can lead to, by the rule of the site where the pages are read most."""
    words = _TAG.sub("", match["text"]).strip().lower()
    anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
    return f'<h{match["level"]} id="{anchor}">{match["text"]}</h{match["level"]}>'
