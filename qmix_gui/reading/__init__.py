"""The page on which a second reader reads a package."""
