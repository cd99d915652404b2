"""Files of the dataset that changed under the project."""
