"""QMix: two networks, separation, targets, losses, co-training."""
