"""Which rows of a table are records: totals, groups, footnotes and blanks set apart."""
