"""Open Packaging Conventions: a zip of parts, their content types, and the relationships between them."""
