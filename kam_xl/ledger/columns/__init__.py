"""What each column of a ledger is: headers propose, the first rows decide."""
