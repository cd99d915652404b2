"""Where the engine runs: here, under another Python, on another computer, on a cluster."""
