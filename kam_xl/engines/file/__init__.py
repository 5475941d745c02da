"""An xlwings engine on workbook files: no spreadsheet program needed, nothing lost that it does not understand."""
