"""A training from the window: options, supervisor, progress."""
