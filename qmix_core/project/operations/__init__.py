"""What is done to a whole project: apply, verify, recover, relink, change classes."""
