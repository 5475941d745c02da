"""Files of the user's: written whole or not at all, and never over what somebody else has saved meanwhile."""
