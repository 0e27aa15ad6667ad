"""The panels of a treatment record: asked again, done, and afterwards."""
