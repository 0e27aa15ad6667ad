"""The clinical content, and what it says about a consultation."""
