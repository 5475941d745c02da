"""An xlwings engine on LibreOffice Calc."""
