"""The command line: thin commands over the assistant."""

from __future__ import annotations


def main() -> None:
    """Run the command line; every error of paperbot's own is one line and an exit code."""
    import gc
    import os
    import sys

    # The products of one question are too small to share: with OpenBLAS's threads waiting beside
    # those of FAISS and onnxruntime, 20,000 titles took 15 ms beside the encoding, not 6.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    # Pydantic looks for plug-ins in the metadata of every package installed; settings need none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

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
