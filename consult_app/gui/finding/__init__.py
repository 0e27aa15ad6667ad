"""Finding things: commands, fields and help."""
