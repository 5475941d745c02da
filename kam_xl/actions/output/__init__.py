"""Files made from a workbook: PDF, slides, calendar."""
