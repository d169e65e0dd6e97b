"""A Discord on the loopback address: REST and gateway, its refusals too, for tests alone.

It runs in a thread of its own, so that it sees what Discord would see when the bot's loop hangs.
Each request of the bot and each reply given to it is judged by ``referee``.
"""

from tests.fakediscord.server import FakeDiscord, Handle

__all__ = ["FakeDiscord", "Handle"]
