"""No test of the engine may reach for the network unnoticed."""

from no_network import *  # noqa: F403
