"""The buttons as people see them: their names and tips, and what happens when one is pressed, in every host alike."""

from kam_xl.buttons.hosts import calling_book
from kam_xl.buttons.press import press
from kam_xl.plan.commands import COMMANDS, FILE_TYPES, GROUPS, TAB, Ask, Command

__all__ = ["COMMANDS", "FILE_TYPES", "GROUPS", "TAB", "Ask", "Command", "calling_book", "press"]
