"""Images alike, to be decided together."""
