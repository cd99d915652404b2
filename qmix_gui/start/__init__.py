"""The welcome page, and what can be opened from it."""
