"""Measures that a review shows, beside the verdict: clinical impact, blind checks, heat."""
