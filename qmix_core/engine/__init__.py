"""The training engine: from a dataset to a score for every image."""
