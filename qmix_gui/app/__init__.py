"""The application: main window, session, crash reports. It alone knows the features."""
