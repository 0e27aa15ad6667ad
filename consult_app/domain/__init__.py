"""What a consultation is, in the field's words, as frozen values."""
