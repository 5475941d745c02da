"""The buttons as people see them: their names and tips, in every host alike."""

from kam_xl.buttons.commands import COMMANDS, FILE_TYPES, GROUPS, TAB, Ask, Command

__all__ = ["COMMANDS", "FILE_TYPES", "GROUPS", "TAB", "Ask", "Command"]
