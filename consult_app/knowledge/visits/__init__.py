"""What earlier and later visits of a patient mean for one another, until each is signed."""
