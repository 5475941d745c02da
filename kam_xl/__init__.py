"""Key-account management for spreadsheets: who the key accounts are and why, and a perspective plan for each."""

__version__ = "0.1.0"
