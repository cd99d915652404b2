"""What is a class: cells and folders as labels, grades and their names."""
