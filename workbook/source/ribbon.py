"""The ribbon of the workbook, customUI14.xml, made from the table of commands: a tab for each language."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from kam_xl.buttons import COMMANDS, GROUPS, TAB, Command
from kam_xl.locale import LANGUAGES

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
ON_LOAD, GET_VISIBLE, ON_ACTION = "KamOnLoad", "KamVisible", "KamPress"


def ribbon() -> bytes:
    """The part, in UTF-8."""
    return "\n".join(_lines()).encode()


def _lines() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f'<customUI xmlns="{NAMESPACE}" onLoad="{ON_LOAD}">'
    yield "  <ribbon>"
    yield "    <tabs>"
    for lang in LANGUAGES:
        tab = _attributes(id=f"tabKam{lang.title()}", label=TAB.render(lang), getVisible=GET_VISIBLE)
        yield f"      <tab{tab}>"
        for group in GROUPS:
            yield from _group(group, lang)
        yield "      </tab>"
    yield "    </tabs>"
    yield "  </ribbon>"
    yield "</customUI>"
    yield ""


def _group(group: str, lang: str) -> Iterator[str]:
    identity = f"groupKam{group.title()}{lang.title()}"
    yield f"        <group{_attributes(id=identity, label=GROUPS[group].render(lang))}>"
    for command in COMMANDS:
        if command.group == group:
            yield f"          <button{_attributes(**_button(command, lang))}/>"
    yield "        </group>"


def _button(command: Command, lang: str) -> dict[str, str]:
    label = command.label.render(lang)
    return {
        "id": "buttonKam" + "".join(word.title() for word in command.code.split("_")) + lang.title(),
        "tag": command.code,
        "label": label,
        "size": "large" if command.large else "normal",
        "imageMso": command.icon,
        "screentip": label,
        "supertip": command.tip.render(lang),
        "onAction": ON_ACTION,
    }


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())
