"""What the review shows, as Qt models over a project."""
