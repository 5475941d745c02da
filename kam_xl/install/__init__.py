"""Getting kam_xl onto a machine and into its spreadsheet programs: what is bundled, what is set up, what is wrong."""
