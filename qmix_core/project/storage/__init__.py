"""How a project lies on the disk: database, decision log, journal, backups, lock."""
