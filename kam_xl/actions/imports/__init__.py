"""What comes from elsewhere: clients and their competitors into the table, deals into the plans."""
