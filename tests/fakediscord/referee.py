"""Judges requests and replies by Discord's own schema, and by the limits it documents in words."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FILE = Path(__file__).parent / "schema" / "discord-limits.json.gz"
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


@cache
def limits() -> dict[str, Any]:
    """The pruned schema: source, routes, definitions."""
    return json.loads(gzip.decompress(FILE.read_bytes()))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": limits()["$defs"]})


def against(name: str, body: Any) -> list[str]:
    """What the schema called ``name`` holds against ``body``."""
    found = []
    for error in _validator(name).iter_errors(_stringly(body)):
        deepest = error
        while deepest.context:
            deepest = max(deepest.context, key=lambda e: len(e.absolute_path))
        where = ".".join(str(step) for step in deepest.absolute_path)
        found.append(f"{name} {where}: {deepest.message[:200]}")
    return found


def judge_request(route: str, body: Any) -> list[str]:
    """What is wrong with a request to ``route`` ("POST /channels/{channel_id}/messages")."""
    schema = limits()["routes"].get(route)
    if schema is None:
        return [f"{route} is not among the routes that can be judged"]
    wanted = schema[0]
    if wanted is None:
        return [] if body in (None, {}) else [f"{route} takes no body"]
    if route.endswith("/callback"):
        name = _CALLBACKS.get(body.get("type"))
        faults = against(name, body) if name else [f"no callback has type {body.get('type')}"]
        return faults + documented(body.get("data") or {}, empty_is_fine=body.get("type") != 4)
    if isinstance(wanted, list):
        faults = [fault for one in body for fault in against(wanted[0], one)]
        return faults + [fault for one in body for fault in _command(one)]
    return against(wanted, body) + documented(body, empty_is_fine=route.startswith("PATCH"))


def judge_reply(route: str, body: Any) -> list[str]:
    """What is wrong with the fake's own reply to ``route``."""
    wanted = limits()["routes"][route][1]
    if wanted is None:
        return [] if body is None else [f"{route} replies nothing"]
    if isinstance(body, list):
        return [fault for one in body for fault in against(wanted, one)]
    return against(wanted, body)


def documented(data: dict[str, Any], *, empty_is_fine: bool) -> list[str]:
    """The rules for messages and modals that stand in Discord's documentation alone."""
    faults: list[str] = []
    embeds = data.get("embeds") or []
    if _units(data.get("content") or "") > 2000:
        faults.append("content: 2,000 characters at most")
    if sum(_embed_size(embed) for embed in embeds) > 6000:
        faults.append("embeds: 6,000 characters at most in all")
    faults += [fault for embed in embeds for fault in _embed(embed)]
    rows = data.get("components") or []
    if len(rows) > 5:
        faults.append("components: five rows at most")
    parts = [part for row in rows for part in row.get("components", [])]
    ids = [part["custom_id"] for part in parts if part.get("custom_id")]
    if len(ids) != len(set(ids)):
        faults.append("components: custom ids must be unique")
    faults += [fault for row in rows for fault in _row(row)]
    choices = data.get("choices") or []
    if len(choices) > 25:
        faults.append("choices: 25 at most")
    if any(not 1 <= _units(c["name"]) <= 100 or _units(str(c["value"])) > 100 for c in choices):
        faults.append("choices: a name has 1 to 100 characters, a value at most 100")
    says = data.get("content") or embeds or rows or data.get("title") or "choices" in data
    if not says and not empty_is_fine:
        faults.append("a message must not be empty")
    return faults


def _embed(embed: dict[str, Any]) -> list[str]:
    faults = []
    if not any(embed.get(key) for key in ("title", "description", "fields", "image", "author")):
        faults.append("embeds: an embed must not be empty")
    for key, most in (("title", 256), ("description", 4096)):
        if _units(embed.get(key) or "") > most:
            faults.append(f"embeds: {key} has more than {most} characters")
    for field in embed.get("fields") or []:
        if not field.get("name", "").strip() or not field.get("value", "").strip():
            faults.append("embeds: a field needs a name and a value")
        if _units(field.get("value", "")) > 1024:
            faults.append("embeds: a field's value has more than 1,024 characters")
    url = embed.get("url")
    if url and not url.startswith(("http://", "https://")):
        faults.append("embeds: url must be http or https")
    return faults


def _row(row: dict[str, Any]) -> list[str]:
    faults = []
    parts = row.get("components", [])
    if any(part["type"] != 2 for part in parts) and len(parts) > 1:
        faults.append("components: a select or an input has its row to itself")
    for part in parts:
        if part["type"] == 2 and not (part.get("label") or part.get("emoji")):
            faults.append("components: a button needs a label")
        if part["type"] == 3:
            values = [option["value"] for option in part["options"]]
            if len(values) != len(set(values)):
                faults.append("components: the options of a select must differ")
            if any(_units(o["label"]) > 100 or _units(o["value"]) > 100 for o in part["options"]):
                faults.append("components: an option has more than 100 characters")
    return faults


def _command(command: dict[str, Any]) -> list[str]:
    faults = []
    slash = command.get("type", 1) == 1
    names = [command["name"]] if slash else []
    options = command.get("options") or []
    names += [option["name"] for option in options]
    for name in names:
        if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
            faults.append(f"commands: “{name}” is no command name")
    if slash and not command.get("description"):
        faults.append("commands: a slash command needs a description")
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        faults.append("commands: required options come first")
    return faults


def _embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(_units(text or "") for text in texts)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _stringly(body: Any) -> Any:
    """Snowflakes sent as numbers, as discord.py sends some and Discord takes them, as strings."""
    if isinstance(body, list):
        return [_stringly(item) for item in body]
    if not isinstance(body, dict):
        return body
    return {
        key: str(value)
        if key.endswith("id") and isinstance(value, int) and value > 2**32
        else _stringly(value)
        for key, value in body.items()
    }
