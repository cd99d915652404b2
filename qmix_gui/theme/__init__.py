"""Colours, icons and language of the window."""
