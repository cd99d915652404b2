"""Filters, order and blind checks beside the images."""
