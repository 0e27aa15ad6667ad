"""How a treatment is done, as content has it: concerns, devices, limits, care, what to expect."""
