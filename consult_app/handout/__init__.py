"""The patient's sheet: what it says, then how it looks."""
