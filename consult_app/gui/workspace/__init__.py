"""One visit on the screen: everything around the panel, and what keeps it."""
