"""What leaves a project: cleaned, excluded and score tables."""
