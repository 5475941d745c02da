"""The rules of key-account management: pure functions on plain values, standard library only."""
