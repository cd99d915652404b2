"""Packages for second readers, their answers, and how well readers agree."""
