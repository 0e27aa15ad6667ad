"""From what was answered, seen and ticked in a visit to the facts that rules judge."""
