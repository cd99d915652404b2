"""The settings dialog and the sheet of keys."""
