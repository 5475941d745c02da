"""The parts of a workbook: what is in them, and how to change it in their text."""
