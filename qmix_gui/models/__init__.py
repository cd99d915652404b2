"""Qt models over a project."""
