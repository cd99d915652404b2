"""What a run leaves behind: its settings, scores and noise report. No torch."""
