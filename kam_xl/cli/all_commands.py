"""The command line with all of its commands."""

from kam_xl.cli import (
    deck_command,
    import_commands,
    install_commands,
    read_command,
    team_commands,
    template_commands,
    whitespace_command,
    workbook_commands,
)
from kam_xl.cli.commands import app

__all__ = ["app"]

app.add_typer(template_commands.app)
app.add_typer(import_commands.app)
for module in (workbook_commands, team_commands, deck_command, whitespace_command, install_commands, read_command):
    module.add_to(app)
