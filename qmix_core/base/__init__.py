"""What everything else stands on: types, errors, events, cancellation, whole writes, version."""
