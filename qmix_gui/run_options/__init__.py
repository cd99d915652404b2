"""What a person chooses for a run, and the form that asks for it."""
