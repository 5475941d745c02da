"""Plans handed out to managers, and what they typed brought back."""
