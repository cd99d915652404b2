"""Packages for second readers and the settling of disagreements."""
