"""What of a workbook is ours, what the program wrote there, and what people typed over it."""
