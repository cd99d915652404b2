"""What the application remembers, its actions and their keys."""
