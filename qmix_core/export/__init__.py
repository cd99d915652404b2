"""Tables, folders and reports that leave a project."""
