"""From an image file of any format and depth to 8-bit RGB."""
