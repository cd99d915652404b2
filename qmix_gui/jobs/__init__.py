"""Work beside the window: threads and child processes."""
