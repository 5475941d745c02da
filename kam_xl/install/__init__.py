"""Bringing the buttons and functions into spreadsheet programs, and finding out why they are not there."""
