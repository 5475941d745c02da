"""Key-account management in cells: one table of functions that every spreadsheet host is made from.

Host-neutral: plain cells in, plain cells out (`kam_xl.functions.cells`); standard library only.
"""

# The order of these imports is the order of the table.
# isort: off
from kam_xl.functions.cells import ERRORS
from kam_xl.functions.registry import CATEGORY, FUNCTIONS, Argument, Function, function
from kam_xl.functions import shares, criteria, ratings, clients, target, plan_fact, concentration  # noqa: F401

__all__ = ["CATEGORY", "ERRORS", "FUNCTIONS", "Argument", "Function", "function"]
