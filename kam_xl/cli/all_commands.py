"""The commands beside the most frequent ones; a module of theirs is imported where one of its commands is called."""

from __future__ import annotations

from importlib import import_module

import typer

from kam_xl.cli.commands import app

MODULES = {
    "template": "template_commands",
    "import": "import_commands",
    **dict.fromkeys(("refresh", "pdf", "language", "guide"), "workbook_commands"),
    **dict.fromkeys(("agenda", "changes", "collect"), "team_commands"),
    "deck": "deck_command",
    "whitespace": "whitespace_command",
    **dict.fromkeys(("install", "new", "doctor"), "install_commands"),
    "read": "read_command",
}
_added: set[str] = set()


def app_with(name: str = "") -> typer.Typer:
    """The command line with the command of a name; with all where there is no other of this name."""
    for module in [MODULES[name]] if name in MODULES else dict.fromkeys(MODULES.values()):
        if module not in _added:
            _added.add(module)
            import_module(f"kam_xl.cli.{module}").add_to(app)
    return app
