"""How well an image can be read."""
