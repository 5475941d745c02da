"""Where cells come from: files of every kind, an open workbook."""
