"""Reading, checking and compiling a folder of clinical content."""
