"""The review page: images, verdicts and decisions."""
