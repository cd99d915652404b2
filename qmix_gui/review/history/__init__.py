"""What was said of one image before."""
