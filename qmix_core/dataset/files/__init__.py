"""The files of a dataset: which are images, what the others are, and which a name means."""
