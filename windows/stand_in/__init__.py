"""A stand-in for Excel on Windows: its side of formulas, and its object model over COM, for tests."""
