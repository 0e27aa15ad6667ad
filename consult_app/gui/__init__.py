"""The window: asks and shows. Qt stays in this room."""
