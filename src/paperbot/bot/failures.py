"""Why the bot cannot run: one line and one exit code each.

    DiscordError (paperbot.errors)
    ├── MissingToken      10   no token was given
    ├── RefusedToken      11   Discord does not know the token
    ├── RefusedIntent     12   the Message Content intent is asked for but not switched on
    ├── Unreachable       13   Discord could not be reached when the bot started
    └── ClosedForGood     14   Discord ended the connection and forbids coming back

``run_bot`` turns them into that line and code.
"""

from __future__ import annotations

from paperbot.errors import DiscordError


class MissingToken(DiscordError):
    """No token was given."""

    exit_code = 10

    def __init__(self) -> None:
        super().__init__(
            "The bot needs its token: set PAPERBOT_DISCORD_TOKEN, or PAPERBOT_DISCORD_TOKEN_FILE "
            "to a file that holds it (docs/discord.md says where to get one)."
        )


class RefusedToken(DiscordError):
    """Discord does not know the token."""

    exit_code = 11

    def __init__(self) -> None:
        super().__init__(
            "Discord refused the token: copy it again from the developer portal (Bot → Reset "
            "Token); it is not the application id and not the client secret."
        )


class RefusedIntent(DiscordError):
    """The Message Content intent is asked for but not switched on."""

    exit_code = 12

    def __init__(self) -> None:
        super().__init__(
            "Discord refused the Message Content intent, which PAPERBOT_DISCORD_CHANNEL needs: "
            "switch it on in the developer portal (Bot → Privileged Gateway Intents), or unset "
            "the variable."
        )


class Unreachable(DiscordError):
    """Discord could not be reached when the bot started."""

    exit_code = 13

    def __init__(self, reason: str) -> None:
        super().__init__(f"Discord cannot be reached ({reason}): check the network and try again.")


class ClosedForGood(DiscordError):
    """Discord ended the connection with a code that forbids coming back."""

    exit_code = 14

    def __init__(self, code: int | None) -> None:
        super().__init__(
            f"Discord closed the connection for good (code {code}): see docs/discord.md."
        )
