"""The project folder: samples, runs, results and append-only decisions."""
