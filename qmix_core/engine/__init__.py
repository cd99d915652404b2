"""The QMix engine: networks, separation, targets, losses and the trainer."""
