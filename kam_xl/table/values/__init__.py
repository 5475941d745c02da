"""What stands in single cells and in columns of them: numbers, dates, marks, amounts."""
