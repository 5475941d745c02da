"""The LibreOffice Calc extension: what its components run, and the files that it is made of."""
