"""The command line: thin commands over the assistant."""

from __future__ import annotations


def main() -> None:
    """Run the command line; every error of paperbot's own is one line and an exit code."""
    import gc
    import sys

    # A command mostly loads code, which makes no garbage: a tenth of its start went to looking.
    gc.set_threshold(10_000)

    from paperbot.cli.app import app
    from paperbot.errors import PaperbotError

    try:
        app(prog_name="paperbot")
    except PaperbotError as error:
        print(f"paperbot: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `paperbot ask … | head` closed the pipe: nothing more to say
        sys.stderr.close()
        sys.exit(0)
