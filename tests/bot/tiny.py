"""`python -m tests.bot.tiny build ROOT`: what `paperbot build` does, with the tests' encoder."""

from __future__ import annotations

import sys
from pathlib import Path

from paperbot.assistant import Assistant
from paperbot.errors import PaperbotError
from tests.bot.support import HashEncoder, Where


def main() -> int:
    """Build, or say in one line why not."""
    try:
        Assistant.open(Where(Path(sys.argv[2])), encoder=HashEncoder())  # type: ignore[arg-type]
    except PaperbotError as error:
        print(f"paperbot: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
