"""One image at full size."""
