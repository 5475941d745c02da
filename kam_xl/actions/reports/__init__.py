"""The sheets that tell of all clients at once: reports, agenda and white spots."""
