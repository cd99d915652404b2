"""Widgets that know nothing of QMix."""
