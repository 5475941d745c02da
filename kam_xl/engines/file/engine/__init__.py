"""The object model of xlwings over workbook files: what `xlwings.base_classes` asks of an engine."""
