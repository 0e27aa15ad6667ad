"""What stands in front of the records while they are closed: set-up, passphrase, recovery code."""
