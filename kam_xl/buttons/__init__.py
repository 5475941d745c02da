"""The buttons as people see them: their names and tips, and what happens when one is pressed, in every host alike."""

from kam_xl.buttons.commands import COMMANDS, FILE_TYPES, GROUPS, TAB, Ask, Command
from kam_xl.buttons.press import press

__all__ = ["COMMANDS", "FILE_TYPES", "GROUPS", "TAB", "Ask", "Command", "press"]
