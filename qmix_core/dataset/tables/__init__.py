"""Tables of labels as people and programs save them: rows, columns, and the images they name."""
