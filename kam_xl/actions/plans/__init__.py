"""Plan sheets: what one build works on, what it keeps of earlier builds, and what it has to tell."""
