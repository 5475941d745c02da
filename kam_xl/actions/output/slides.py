"""Slides drawn with python-pptx, for the extra kam_xl[deck]: native text, tables and charts.

A template is any presentation. Of a layout named ``kam_<kind>`` (``kam_account``, ``kam_portfolio`` …: the kinds of
`kam_xl.plan.deck.review.PARTS`) the placeholders are filled by their names in the layout: ``kam_title``, the parts of
that kind (``kam_chart`` …) and, on an account's slide, any field of the plan (``kam_goal_revenue`` …). A kind
without such a layout is drawn over the template's layout that has a title only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.actions.output.slide_drawing import BAND, INCH, Frame, draw_part, letters, write
from kam_xl.actions.output.steady import steady
from kam_xl.errors import KamError, MissingPackageError
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.deck.slide_parts import PARTS, Lines, Slide

if TYPE_CHECKING:
    from pptx.presentation import Presentation


class DeckTemplateError(KamError):
    """A template that cannot be used."""

    exit_code = 3


_PLACES: dict[str, dict[str, Frame]] = {
    "cover": {"subtitle": Frame(0, 0.45, 1, 0.4)},
    "portfolio": {
        "summary": Frame(0, 0, 1, 0.14),
        "chart": Frame(0, 0.14, 1, 0.76),
        "note": Frame(0, 0.91, 1, 0.09),
    },
    "goals": {"summary": Frame(0, 0, 1, 0.12), "chart": Frame(0, 0.13, 1, 0.52), "table": Frame(0, 0.68, 1, 0.3)},
    "ranking": {"table": Frame(0, 0, 1, 0.97)},
    "changes": {"summary": Frame(0, 0, 1, 0.12), "table": Frame(0, 0.13, 1, 0.84)},
    "account": {
        "facts": Frame(0, 0, 1, 0.11),
        "tiles": Frame(0, 0.12, 1, 0.15),
        "answers": Frame(0, 0.3, 0.52, 0.43),
        "chart": Frame(0.54, 0.29, 0.46, 0.44),
        "steps": Frame(0, 0.75, 1, 0.24),
    },
}


def presentation(slides: Iterable[Slide], template: Path | None = None) -> bytes:
    """A presentation of these slides.

    Parameters
    ----------
    slides : iterable of Slide
    template : Path, optional
        A .pptx or .potx file; its own slides are left out.

    Raises
    ------
    MissingPackageError
        Where python-pptx is missing.
    DeckTemplateError
        Where the template cannot be read, or has placeholders named ``kam_…`` that nothing is known for.
    """
    try:
        import pptx
    except ImportError as error:
        raise MissingPackageError(Text("a review deck needs the package python-pptx"), "deck") from error
    made = _opened(pptx.Presentation, template) if template else _plain(pptx.Presentation())
    layouts = {layout.name.casefold(): layout for layout in made.slide_layouts}
    _refuse_unknown(layouts, template)
    for slide in slides:
        own = layouts.get(f"kam_{slide.kind}")
        if own is not None:
            _fill(made.slides.add_slide(own), slide)
        else:
            _draw(made, slide)
    file = BytesIO()
    made.save(file)
    return steady(file.getvalue())


def _opened(read: Callable[[str], Presentation], path: Path) -> Presentation:
    from pptx.exc import PackageNotFoundError

    try:
        made = read(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise DeckTemplateError(
            Text("this is not a PowerPoint presentation"), where=str(path), remedy=Text("Save it as .pptx.")
        ) from error
    listed = made.slides._sldIdLst
    for each in list(listed):
        made.part.drop_rel(each.rId)
        listed.remove(each)
    return made


def _plain(made: Presentation) -> Presentation:
    """Our own look: wide slides, titles on the left."""
    made.core_properties.last_modified_by, made.core_properties.comments = "kam_xl", ""  # not those of the library
    made.slide_width, made.slide_height = int(13.333 * INCH), int(7.5 * INCH)
    for layout in made.slide_layouts:
        for holder in layout.placeholders:
            if holder.placeholder_format.type in _titles():
                holder.left, holder.top = int(0.5 * INCH), int(0.3 * INCH)
                holder.width, holder.height = int(12.33 * INCH), int(0.7 * INCH)
    return made


def _titles() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE


def _refuse_unknown(layouts: Mapping[str, Any], template: Path | None) -> None:
    """Placeholders of ours that nothing is known for are a slip of the pen."""
    unknown = [
        f"{layout.name}: {holder.name}"
        for kind, parts in PARTS.items()
        if (layout := layouts.get(f"kam_{kind}")) is not None
        for holder in layout.placeholders
        if holder.name.casefold().startswith("kam_")
        and _key(holder.name) not in ("title", *parts)
        and not (kind == "account" and holder.name.casefold() in PLAN_FIELDS)
    ]
    if unknown:
        known = [
            f"{kind}: {', '.join(('kam_title', *(f'kam_{part}' for part in parts)))}" for kind, parts in PARTS.items()
        ]
        raise DeckTemplateError(
            Text("nothing is known for these placeholders"),
            where=str(template),
            got="; ".join(unknown),
            remedy=Text(
                "Names that are known: {names}; on kam_account also the plan's fields.", names="; ".join(known)
            ),
        )


def _key(name: str) -> str:
    return name.casefold().removeprefix("kam_")


def _fill(made: Any, slide: Slide) -> None:
    """Fill the placeholders of a template's own layout; those that nothing is said in are taken out."""
    names = {each.placeholder_format.idx: each.name.casefold() for each in made.slide_layout.placeholders}
    for holder in list(made.placeholders):
        name = names.get(holder.placeholder_format.idx, "")
        part = slide.parts.get(_key(name)) if name.startswith("kam_") else None
        if _key(name) == "title" or (not name.startswith("kam_") and holder.placeholder_format.type in _titles()):
            holder.text_frame.text = slide.title
        elif isinstance(part, Lines) and holder.has_text_frame:
            write(holder.text_frame, part.paragraphs, None)
        elif part is not None:
            frame = Frame(holder.left, holder.top, holder.width, holder.height)
            holder._element.getparent().remove(holder._element)
            draw_part(part, made, frame)
        elif slide.fields.get(name):
            holder.text_frame.text = slide.fields[name]
        elif name.startswith("kam_"):
            holder._element.getparent().remove(holder._element)


def _draw(made: Presentation, slide: Slide) -> None:
    """Draw a slide below the title of the layout that has nothing else."""
    drawn = made.slides.add_slide(_title_only(made))
    for holder in list(drawn.placeholders):
        if holder.placeholder_format.type in _titles():
            _title(holder, slide)
        else:
            holder._element.getparent().remove(holder._element)
    top = 0.16 if slide.kind != "cover" else 0.0
    area = Frame(
        made.slide_width * 0.0375, made.slide_height * top, made.slide_width * 0.925, made.slide_height * (0.95 - top)
    )
    for name, part in slide.parts.items():
        place = _PLACES[slide.kind][name]
        frame = Frame(
            area.left + place.left * area.width,
            area.top + place.top * area.height,
            place.width * area.width,
            place.height * area.height,
        )
        draw_part(part, drawn, frame)


def _title_only(made: Presentation) -> Any:
    """The layout whose only content is a title; the first one where there is none."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    quiet = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    for layout in made.slide_layouts:
        content = [each.placeholder_format.type for each in layout.placeholders]
        content = [each for each in content if each not in quiet]
        if len(content) == 1 and content[0] in _titles():
            return layout
    return made.slide_layouts[0]


def _title(holder: Any, slide: Slide) -> None:
    from pptx.enum.text import PP_ALIGN

    holder.text_frame.text = slide.title
    paragraph = holder.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    if slide.kind == "cover":
        left, width, height = holder.left, holder.width, holder.height
        holder.left, holder.top, holder.width, holder.height = left, int(2.4 * INCH), width, height
        letters(paragraph.font, 40, bold=True, color=BAND)
    else:
        letters(paragraph.font, 28 if len(slide.title) < 60 else 20, bold=True, color=BAND)
