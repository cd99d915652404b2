"""Dataset, images, views, noise and the generated demo set."""
