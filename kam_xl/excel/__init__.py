"""Rules of Excel that every room may need: addresses, references, sheet names, error values. No file, no program."""
