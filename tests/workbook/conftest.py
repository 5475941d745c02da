"""Tests of what `workbook/source` builds; pyproject.toml has its folder on the path."""

collect_ignore = ["basic_runner.py"]  # runs in the Python that has uno
