"""Where the rows of a ledger come from: files, sheets, reports, databases."""
