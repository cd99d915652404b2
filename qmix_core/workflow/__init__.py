"""One run on a project, and the Python interface."""
