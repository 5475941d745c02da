"""LibreOffice's configuration in XML: the function wizard, the menu and the toolbar, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from kam_xl.calc_addin.types import FULL_SERVICE, MODULES, identifier
from kam_xl.functions import Argument, Function
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.commands import COMMANDS, TAB, Command

PROTOCOL = ".".join(MODULES) + ":"
"""Scheme of the addresses of our commands, ``org.kamxl:build_plans``."""

HANDLER = ".".join((*MODULES, "KamCommands"))
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_MENU, _TOOLBAR = (".".join((*MODULES, name)) for name in ("Menu", "Toolbar"))
_NAMESPACES = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_SEPARATOR = "private:separator"


def add_in_info(functions: Iterable[Function]) -> str:
    """CalcAddIns.xcu: names and texts of the functions.

    The compatibility name is what stands in files of Excel: the same as people see.
    """
    described = _node("AddInFunctions", *map(_function, functions))
    return _component("CalcAddIns", "org.openoffice.Office", _node("AddInInfo", _added(FULL_SERVICE, described)))


def _function(function: Function) -> str:
    names = dict.fromkeys(LANGUAGES, function.name)
    return _added(
        identifier(function.name),
        _property("DisplayName", names),
        _property("Description", _words(function.text)),
        '<prop oor:name="Category"><value>Add-In</value></prop>',
        _property("CompatibilityName", names),
        _node("Parameters", *map(_argument, function.arguments)),
    )


def _argument(argument: Argument) -> str:
    names = dict.fromkeys(LANGUAGES, argument.name)
    return _added(
        identifier(argument.name),
        _property("DisplayName", names),
        _property("Description", _words(argument.text)),
    )


def add_ons() -> str:
    """Addons.xcu: the menu and the toolbar of the commands, and their pictures."""
    menu = _added(_MENU, _property("Title", _words(TAB)), _shown(), _node("Submenu", *_entries()))
    toolbar = _added(_TOOLBAR, *_entries(_shown()))
    bars = _node("OfficeMenuBar", menu), _node("OfficeToolBar", toolbar)
    return _component(
        "Addons", "org.openoffice.Office", _node("AddonUI", *bars, _node("Images", *map(_picture, COMMANDS)))
    )


def window_state() -> str:
    """CalcWindowState.xcu: the toolbar's own name, and that it is shown, docked."""
    state = _added(
        f"private:resource/toolbar/addon_{_TOOLBAR}",
        _property("UIName", _words(TAB)),
        _property("DockPos", "0,2"),
        '<prop oor:name="Docked"><value>true</value></prop>',
        '<prop oor:name="Visible"><value>true</value></prop>',
    )
    return _component("CalcWindowState", "org.openoffice.Office.UI", _node("UIElements", _node("States", state)))


def protocol_handler() -> str:
    """ProtocolHandler.xcu: who runs the commands."""
    handler = _added(HANDLER, f'<prop oor:name="Protocols"><value>{PROTOCOL}*</value></prop>')
    return _component("ProtocolHandler", "org.openoffice.Office", _node("HandlerSet", handler))


def _entries(*properties: str) -> Iterator[str]:
    """The commands in order, a line between groups."""
    group = COMMANDS[0].group
    for number, command in enumerate(COMMANDS):
        if command.group != group:
            group = command.group
            yield _added(f"n{number:02}a", _property("URL", _SEPARATOR), *properties)
        yield _added(
            f"n{number:02}b",
            _property("URL", PROTOCOL + command.code),
            _property("Title", _words(command.label)),
            _property("Target", "_self"),
            *properties,
        )


def _picture(command: Command) -> str:
    sizes = {"Small": 16, "Big": 26}
    names = (_property(f"Image{size}URL", f"%origin%/icons/{command.code}_{dots}.png") for size, dots in sizes.items())
    return _added(
        f"{_MENU}.{command.code}", _property("URL", PROTOCOL + command.code), _node("UserDefinedImages", *names)
    )


def _shown() -> str:
    return _property("Context", _SPREADSHEET)


def _words(text: Text) -> dict[str, str]:
    return {lang: text.render(lang) for lang in LANGUAGES}


def _property(name: str, value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>'
    values = "".join(f'<value xml:lang="{lang}">{escape(words)}</value>' for lang, words in value.items())
    return f'<prop oor:name="{name}" oor:type="xs:string">{values}</prop>'


def _node(name: str, *content: str, added: bool = False) -> str:
    operation = ' oor:op="replace"' if added else ""
    return f"<node oor:name={quoteattr(name)}{operation}>{''.join(content)}</node>"


def _added(name: str, *content: str) -> str:
    return _node(name, *content, added=True)


def _component(name: str, package: str, *content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<oor:component-data {_NAMESPACES} "
        f'oor:name="{name}" oor:package="{package}">{"".join(content)}</oor:component-data>\n'
    )
