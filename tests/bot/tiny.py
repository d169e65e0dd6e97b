"""`python -m tests.bot.tiny build ROOT`: what `paperbot build` does, with the tests' encoder."""

from __future__ import annotations

import sys
from pathlib import Path

from paperbot.errors import PaperbotError
from tests.bot.support import Where, open_engine


def main() -> int:
    """Build, or say in one line why not."""
    try:
        open_engine(Where(Path(sys.argv[2])))
    except PaperbotError as error:
        print(f"paperbot: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
