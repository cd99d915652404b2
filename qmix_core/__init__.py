"""QMix: find mislabeled and unreadable images in a labelled dataset. No Qt anywhere in here."""

__version__ = "0.1.0"
