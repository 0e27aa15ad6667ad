"""The clinical content of one treatment as one value, and a clinic's own numbers laid over it."""
