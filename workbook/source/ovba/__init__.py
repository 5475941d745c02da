"""Writes vbaProject.bin, the macros of a workbook, from text: after [MS-OVBA] and [MS-CFB], the same bytes each time.

What a writer need not write is left out: compiled code and performance caches ([MS-OVBA] 2.3.4.1). Excel compiles the
sources when it loads them.

>>> from ovba import Module, project
>>> hello = Module.standard("Hello", "Sub Hello()\\nEnd Sub\\n")
>>> project([Module.document("ThisWorkbook", "workbook"), hello])[:4].hex()
'd0cf11e0'
"""

from ovba.modules import Module
from ovba.project import project

__all__ = ["Module", "project"]
