"""What our engines do alike, over xlwings' base classes: everything that follows from a few answers of each engine.

Each class says which members an engine adds to it.
"""

import kam_xl.engines.excel_processes  # noqa: F401 (whatever these classes run in ends no Excel)
