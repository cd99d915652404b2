"""What everything else stands on: types, problems, errors, events, whole writes, version."""
