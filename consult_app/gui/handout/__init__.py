"""The patient's sheet as the window makes, shows, prints and saves it."""
