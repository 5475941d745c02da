"""An xlwings engine on workbook files: no spreadsheet program needed, nothing lost that it does not understand.

Importing this package registers the engine::

    import xlwings as xw
    import kam_xl.engines.file

    book = xw.engines["file"].apps.add().books.open("theirs.xlsm")
    book.sheets["Sheet1"]["B2"].value = "C0017"
    book.save("out.xlsm")
    print(book.impl.report)  # 143 of 147 parts unchanged, 4 changed: ...

`kam_xl.ooxml` knows packages (zip, content types, relationships); here `parts` knows what is in the parts of a
workbook, and `engine` gives it the object model of xlwings; each knows only what stands before it in this list.
"""

from __future__ import annotations

import xlwings

from kam_xl.engines.file.engine.app import Engine

if "file" not in xlwings.engines.engines_by_name:
    xlwings.engines.add(xlwings.Engine(impl=Engine()))
