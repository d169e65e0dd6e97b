"""For a bot started as a user starts it: shows discord.py the way to the fake Discord.

Python imports this module by itself where this folder is on PYTHONPATH. Product code knows
nothing of it. Only the loopback address is taken.
"""

import os
from urllib.parse import urlsplit

_api, _gateway = os.environ.get("FAKE_DISCORD_API"), os.environ.get("FAKE_DISCORD_GATEWAY")
if _api and _gateway:
    if {urlsplit(_api).hostname, urlsplit(_gateway).hostname} != {"127.0.0.1"}:
        raise SystemExit("the fake Discord lives on 127.0.0.1 alone")
    import discord.gateway
    import discord.http
    import yarl

    discord.http.Route.BASE = _api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(_gateway)
