"""What the bot is told: plain values, from the settings or from a test."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BotConfig:
    """How one bot behaves. Times are seconds.

    ``token`` never appears in ``repr`` or in a log. ``guild`` syncs the commands to that server
    alone. ``channel`` is the one channel whose every message is answered; it makes the bot ask
    for the Message Content intent, which must be switched on in Discord's developer portal.
    ``workers`` questions run at once and ``waiting`` more may wait; the next is refused.
    ``patience`` is how long Discord may be unreachable at start before the bot gives up.
    """

    token: str | None = field(repr=False)
    lists_dir: Path
    state_dir: Path
    guild: int | None = None
    channel: int | None = None
    cooldown: float = 2.0
    workers: int = 4
    waiting: int = 60
    answer_timeout: float = 30.0
    complete_timeout: float = 0.8
    follow_up_for: float = 900.0
    patience: float = 60.0
    close_within: float = 2.0
    poll_every: float = 60.0
    quiet_for: float = 5.0
    beat_every: float = 15.0
    build_command: tuple[str, ...] = (sys.executable, "-m", "paperbot", "build")

    @property
    def heartbeat_file(self) -> Path:
        """Where the running bot says that it is well; `paperbot health` reads it."""
        return self.state_dir / "heartbeat.json"

    @property
    def synced_file(self) -> Path:
        """Which command tree Discord was last told; delete it to have it told again."""
        return self.state_dir / "commands.json"
