"""Why an image stands where it stands."""
