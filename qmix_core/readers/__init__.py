"""Second readers: blind packages that leave a project, readings that come back, agreement."""
