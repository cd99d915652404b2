"""Views of an image as batches of tensors: plain, weak, strong and degraded."""
