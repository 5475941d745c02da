"""What stands in the cells of a ledger: amounts, dates and signs, and rows that cannot be read."""
