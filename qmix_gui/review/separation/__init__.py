"""The plot of loss and uncertainty."""
