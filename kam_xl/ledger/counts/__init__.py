"""Which rows count, what they add up to, and an account of all the others."""
