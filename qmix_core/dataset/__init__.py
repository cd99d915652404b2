"""From a folder or a table to samples and problems, and from a file to pixels."""
