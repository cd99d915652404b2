"""What runs it: the device, and the processes that share a run."""
