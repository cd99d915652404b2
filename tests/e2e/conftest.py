from gui_fixtures import *  # noqa: F403
from no_network import *  # noqa: F403
