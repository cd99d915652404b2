"""The desktop application. Never imports torch: training runs in a child process."""
