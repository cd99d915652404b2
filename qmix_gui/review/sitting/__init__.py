"""A sitting of reading: how much there is, what comes next, and what came of it."""
