"""What the patient sees: the words of their own sheet on a screen."""
