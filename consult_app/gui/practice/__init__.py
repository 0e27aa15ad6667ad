"""Settings of the practice: the clinic, its numbers, its sheet and its own phrases."""
