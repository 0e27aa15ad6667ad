"""Plan: the panel, the lines it edits and the result it shows."""
