"""Open XML packages: parts, relationships and content types in a zip file, and XML that is changed in place."""
