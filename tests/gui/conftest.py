from gui_fixtures import *  # noqa: F403
