"""The instruments of the skin assessment, and what their answers come to."""
