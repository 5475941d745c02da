"""Two libraries that Wine 8 lacks."""
