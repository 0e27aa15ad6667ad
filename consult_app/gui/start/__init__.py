"""The start page and the page of a patient: who comes in, and which visit opens."""
