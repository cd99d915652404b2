"""The decisions of a person: bar, keys, classes."""
