"""The page before a training: what was found in the dataset, and what to do with it."""
