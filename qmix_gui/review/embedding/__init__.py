"""The map of images: alike ones lie close together."""
