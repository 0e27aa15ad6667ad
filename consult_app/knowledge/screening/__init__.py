"""Which rules fire, and what the decision box says of them."""
