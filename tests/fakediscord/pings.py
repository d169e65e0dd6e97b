"""Whom a message pings, and how what is sent looks when Discord shows it back."""

from __future__ import annotations

import re
from typing import Any


def pinged(body: dict[str, Any], replied_to: str | None) -> list[str]:
    """Users, roles and "everyone" that ``body`` pings; embeds never do.

    Without ``allowed_mentions`` Discord pings all that the content names, and whoever is replied to.
    """
    content = body.get("content") or ""
    allowed = body.get("allowed_mentions")
    users = re.findall(r"<@!?(\d+)>", content)
    roles = re.findall(r"<@&(\d+)>", content)
    everyone = ["everyone"] if re.search(r"@(everyone|here)\b", content) else []
    if allowed is None:
        return users + roles + everyone + ([replied_to] if replied_to else [])
    parse = allowed.get("parse") or []
    found = [u for u in users if "users" in parse or u in map(str, allowed.get("users") or [])]
    found += [r for r in roles if "roles" in parse or r in map(str, allowed.get("roles") or [])]
    found += everyone if "everyone" in parse else []
    if replied_to and allowed.get("replied_user"):
        found.append(replied_to)
    return found


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """The parts of a message that a request sets, as a reply shows them."""
    parts: dict[str, Any] = {}
    if "content" in body:
        parts["content"] = body["content"] or ""
    if "embeds" in body:
        parts["embeds"] = [_embed(embed) for embed in body["embeds"] or []]
    if "components" in body:
        parts["components"] = _numbered(body["components"] or [])
    if body.get("flags"):
        parts["flags"] = int(body["flags"])
    return parts


def _embed(embed: dict[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in embed.items() if value is not None}
    known["type"] = "rich"
    if "fields" in known:
        known["fields"] = [{"inline": False, **field} for field in known["fields"]]
    return known


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    number = 0
    out = []
    for row in rows:
        parts = []
        number += 1
        here = number
        for part in row["components"]:
            number += 1
            more = {"min_values": 1, "max_values": 1} if part["type"] == 3 else {}
            kept = {key: value for key, value in part.items() if value is not None}
            parts.append({**more, **kept, "id": number})
        out.append({"type": 1, "id": here, "components": parts})
    return out
