"""A desktop assistant for microneedling consultations."""

__version__ = "0.1.0"
