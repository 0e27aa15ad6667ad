"""What is done to the records as a whole, for the window and the command line alike.

Here the store and the formats of `exchange` meet, which know nothing of each other. Nothing here
asks or prints; long work tells a `Watch` how far it is.
"""
