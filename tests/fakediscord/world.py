"""Who and what there is in the fake Discord: server, channels, members, messages, and its clock."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

APP = 900_000_000_000_000_001
GUILD = 700_000_000_000_000_001
CHANNEL = 600_000_000_000_000_001
OTHER_CHANNEL = 600_000_000_000_000_002
ROLE = 500_000_000_000_000_001
ALICE, BOB, CAROL = (100_000_000_000_000_000 + n for n in (1, 2, 3))
ADMIN = 100_000_000_000_000_009
DM_BASE = 800_000_000_000_000_000
_EPOCH = 1_420_070_400_000
MEMBER_MAY = 1024 | 2048 | 16384 | 65536 | 1 << 31
ADMIN_MAY = MEMBER_MAY | 1 << 5

_count = itertools.count()


def snowflake() -> int:
    """A new id, in the order of time."""
    return (int(time.time() * 1000) - _EPOCH << 22) + next(_count) % (1 << 22)


@dataclass
class Clock:
    """Seconds that a test can put forward."""

    ahead: float = 0.0

    def now(self) -> float:
        """The fake's time."""
        return time.monotonic() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += seconds


@dataclass
class World:
    """Everything that the fake remembers."""

    clock: Clock = field(default_factory=Clock)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    pings: list[tuple[int, str]] = field(default_factory=list)
    denied: set[int] = field(default_factory=set)
    privileged: bool = False
    commands: list[list[dict[str, Any]]] = field(default_factory=list)

    def store(self, message: dict[str, Any]) -> dict[str, Any]:
        """Keep a message and note whom it pings."""
        self.messages[int(message["id"])] = message
        return message


def user(who: int, *, bot: bool = False) -> dict[str, Any]:
    """A user as Discord describes one."""
    return {
        "id": str(who), "username": f"member{who % 1000}", "global_name": f"Ms Member {who % 1000}",
        "avatar": None, "discriminator": "0", "public_flags": 0, "flags": 0,
        "primary_guild": None, "bot": bot,
    }  # fmt: skip


def me() -> dict[str, Any]:
    """The bot's own account."""
    return {**user(APP, bot=True), "mfa_enabled": False, "locale": "en-US", "username": "paperbot"}


def application() -> dict[str, Any]:
    """The bot's application."""
    return {
        "id": str(APP), "name": "paperbot", "icon": None, "description": "", "type": None,
        "flags": 0, "flags_new": "0", "verify_key": "00", "redirect_uris": [],
        "interactions_endpoint_url": None, "role_connections_verification_url": None,
        "owner": user(ADMIN), "approximate_guild_count": 1, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": None,
        "eligible_oauth2_scopes": [], "bot_public": False, "bot_require_code_grant": False,
        "summary": "", "tags": [], "hook": True, "is_monetized": False,
    }  # fmt: skip


def member(who: int, *, permissions: int | None = None) -> dict[str, Any]:
    """A member of the server; with ``permissions`` as interactions carry them."""
    known = {
        "avatar": None, "banner": None, "communication_disabled_until": None, "flags": 0,
        "joined_at": "2024-01-01T00:00:00+00:00", "nick": None, "pending": False,
        "premium_since": None, "roles": [], "mute": False, "deaf": False,
    }  # fmt: skip
    if permissions is not None:
        known |= {"user": user(who), "permissions": str(permissions)}
    return known


def channel(number: int, *, private_with: int | None = None) -> dict[str, Any]:
    """A text channel, or a private one."""
    if private_with is not None:
        return {"id": str(number), "type": 1, "recipients": [user(private_with)], "flags": 0}
    return {
        "id": str(number), "type": 0, "guild_id": str(GUILD), "name": f"reading-{number % 10}",
        "position": 0, "permission_overwrites": [], "nsfw": False, "flags": 0, "topic": None,
        "parent_id": None, "last_message_id": None, "rate_limit_per_user": 0,
    }  # fmt: skip


def guild() -> dict[str, Any]:
    """The server as GUILD_CREATE tells of it."""
    everyone = {
        "id": str(GUILD), "name": "@everyone", "permissions": str(MEMBER_MAY), "position": 0,
        "color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    return {
        "id": str(GUILD), "name": "A lab", "owner_id": str(ADMIN), "roles": [everyone],
        "emojis": [], "stickers": [], "features": [], "channels": [channel(CHANNEL),
        channel(OTHER_CHANNEL)], "threads": [], "members": [{**member(APP), "user": me()}],
        "member_count": 60, "presences": [], "voice_states": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "unavailable": False,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
        "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "system_channel_flags": 0,
        "preferred_locale": "en-US", "afk_timeout": 300, "large": False, "icon": None,
        "splash": None, "discovery_splash": None, "afk_channel_id": None, "banner": None,
        "application_id": None, "system_channel_id": None, "rules_channel_id": None,
        "public_updates_channel_id": None, "vanity_url_code": None, "description": None,
        "joined_at": "2024-01-01T00:00:00+00:00", "premium_progress_bar_enabled": False,
        "safety_alerts_channel_id": None, "max_members": 1000,
    }  # fmt: skip


def dm(who: int) -> int:
    """The private channel with a member."""
    return DM_BASE + who % 1_000_000


def message(author: dict[str, Any], where: int, content: str = "", **more: Any) -> dict[str, Any]:
    """A message as Discord describes one."""
    return {
        "id": str(snowflake()), "channel_id": str(where), "author": author, "content": content,
        "timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None, "tts": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "components": [], "pinned": False, "type": 0, "flags": 0, **more,
    }  # fmt: skip
