"""Windows on Linux: a real CPython for Windows under Wine, and the folder for Windows that needs no Python."""
