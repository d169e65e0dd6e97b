"""What the bot logs: lines for a person at a terminal, JSON for everything else.

No token is ever written. The words of questions, the names of members and the messages of
exceptions (which may quote either) are written at debug level alone: above it an exception is its
type and the lines of code it passed through.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

log = logging.getLogger("paperbot.bot")
_TOKEN_IN_URL = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+")


def note(event: str, *, level: int = logging.INFO, error: BaseException | None = None,
         **fields: object) -> None:  # fmt: skip
    """Log one event with its fields."""
    log.log(level, event, extra={"fields": fields}, exc_info=error)


def say(line: str) -> None:
    """Log what the engine says while it opens or builds."""
    note("index", said=line)


class Redacted(logging.Formatter):
    """Shared by both shapes: takes out the token and, above debug, what exceptions say."""

    def __init__(self, secret: str | None, *, debug: bool) -> None:
        super().__init__()
        self._secret = secret
        self._debug = debug

    def clean(self, text: str) -> str:
        """``text`` without the bot's token and without interaction tokens."""
        if self._secret:
            text = text.replace(self._secret, "[token]")
        return _TOKEN_IN_URL.sub(r"\1[token]", text)

    def trace(self, record: logging.LogRecord) -> str | None:
        """The exception of a record: in full at debug, else without its message."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return None
        if self._debug:
            return "".join(traceback.format_exception(error)).rstrip()
        lines: list[str] = []
        seen: BaseException | None = error
        while seen is not None and len(lines) < 80:
            lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}{_numbers(seen)}")
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(seen.__traceback__)
            ]
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        return "\n".join(lines)


class JsonLines(Redacted):
    """One JSON object a line: at, level, event, logger, the event's fields, trace."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **getattr(record, "fields", {}),
        }
        if (trace := self.trace(record)) is not None:
            line["trace"] = trace
        return self.clean(json.dumps(line, ensure_ascii=False, default=str))


class Lines(Redacted):
    """Time, level, event and fields on one line; the trace below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        fields = "".join(f" {k}={v}" for k, v in getattr(record, "fields", {}).items())
        text = f"{at} {record.levelname.lower():7} {record.getMessage()}{fields}"
        if (trace := self.trace(record)) is not None:
            text += "\n" + trace
        return self.clean(text)


def set_up(secret: str | None, *, level: int = logging.INFO, to: TextIO | None = None) -> None:
    """Send every log line to ``to`` (stderr): for people on a terminal, else JSON.

    Other libraries are heard from warning up.
    """
    stream = to or sys.stderr
    shape = Lines if stream.isatty() else JsonLines
    handler = logging.StreamHandler(stream)
    handler.setFormatter(shape(secret, debug=level <= logging.DEBUG))
    handler.addFilter(_one_line_reconnects)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))
    for ours in ("paperbot", "discord"):
        logging.getLogger(ours).setLevel(level)


def _one_line_reconnects(record: logging.LogRecord) -> bool:
    """A lost connection is daily weather: one line without a trace."""
    if record.name == "discord.client" and str(record.msg).startswith("Attempting a reconnect"):
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True


def _numbers(error: BaseException) -> str:
    """Status and code of a refusal by Discord: they say what happened, and nobody's words."""
    pairs = ((name, getattr(error, name, None)) for name in ("status", "code"))
    shown = " ".join(f"{name}={value}" for name, value in pairs if isinstance(value, int))
    return f" ({shown})" if shown else ""
