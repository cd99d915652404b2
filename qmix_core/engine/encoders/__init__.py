"""Networks that turn an image into features, and how many images go in at once."""
