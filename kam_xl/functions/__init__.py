"""Key-account management in cells: one table of functions that every spreadsheet host is made from.

Host-neutral: plain cells in, plain cells out (`kam_xl.functions.arguments`); standard library only.
"""

# The order of these imports is the order of the table.
# isort: off
from kam_xl.excel.error_values import VBA_NUMBERS as ERRORS
from kam_xl.functions.registry import CATEGORY, FUNCTIONS, Argument, Example, Function, function
from kam_xl.functions import shares, criteria, ratings, clients, value, target, plan_fact, concentration  # noqa: F401

__all__ = ["CATEGORY", "ERRORS", "FUNCTIONS", "Argument", "Example", "Function", "function"]
