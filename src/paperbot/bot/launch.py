"""From the settings to a running bot: what `paperbot bot` and `paperbot health` call."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from paperbot.bot.config import BotConfig
from paperbot.bot.failures import MissingToken
from paperbot.bot.heartbeat import health

if TYPE_CHECKING:
    from paperbot.assistant import Assistant
    from paperbot.settings import Settings


def launch(*, guild: int | None = None, verbose: bool = False) -> int:
    """Run the bot with the settings of the environment; the exit code.

    ``guild`` takes the place of the setting; ``verbose`` logs at debug level, questions included.
    """
    from paperbot.bot.run import run_bot
    from paperbot.settings import Settings

    settings = Settings.load()

    def open_assistant() -> Assistant:
        from paperbot.assistant import Assistant
        from paperbot.bot.logs import note

        return Assistant.open(settings, say=lambda line: note("index", said=line))

    level = logging.DEBUG if verbose else logging.INFO
    return run_bot(open_assistant, config_of(settings, guild=guild), level=level)


def check() -> tuple[int, str]:
    """Exit code and one line about the bot that runs with the same settings."""
    from paperbot.settings import Settings

    return health(config_of(Settings.load(), with_token=False).heartbeat_file)


def config_of(
    settings: Settings, *, guild: int | None = None, with_token: bool = True
) -> BotConfig:
    """The bot's configuration; raises ``MissingToken`` for a token file that cannot be read."""
    return BotConfig(
        token=_token(settings) if with_token else None,
        lists_dir=settings.lists_dir,
        state_dir=settings.index_dir / "bot",
        guild=guild if guild is not None else settings.discord_guild,
        channel=settings.discord_channel,
    )


def _token(settings: Settings) -> str | None:
    if settings.discord_token is not None:
        return settings.discord_token.get_secret_value()
    file = settings.discord_token_file
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise MissingToken(f"{file} cannot be read ({type(error).__name__})") from None
