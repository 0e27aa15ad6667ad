"""What is done to the records as a whole, in the window: asks, does it beside, and tells."""
