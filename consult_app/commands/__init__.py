"""The commands on the records, and how commands speak and stop.

`records` says which there are; what they do is loaded when it is needed, because the store takes
longer to load than it takes to screen a case.
"""
