"""How paperbot does on lists that others made, with and without the plain-language adapter.

    PAPERBOT_BENCH_DATA=<folder of judged sets> python -m benchmarks.outside > benchmarks/results/outside.md

Reads `bench/acl-reading-lists` and `lists/public` below that folder; a set that is absent is
skipped, and said to be. Nothing of paperbot is set on these sets but reading paths, on the
development half of the teachers' lists.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from benchmarks.outside.report import (
    likeness_report,
    paths_report,
    retrieval_report,
    sections_report,
)
from paperbot import Settings

HEAD = """# On lists that others made

Made by `make bench-outside` (`python -m benchmarks.outside`, with `PAPERBOT_BENCH_DATA` set). Titles
are all that is indexed, and their summaries where `data/summaries.md` has one, by paperbot's own build;
no title or question is the lab's."""


def main() -> None:
    """Print the report, as far as the data are there."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    data = Settings.load().bench_data
    if data is None:
        print("Skipped: PAPERBOT_BENCH_DATA names no folder of judged sets.", file=sys.stderr)
        return
    teachers, public = data / "bench" / "acl-reading-lists", data / "lists" / "public"
    parts = [
        (teachers, retrieval_report),
        (public, sections_report),
        (public, likeness_report),
        (teachers, paths_report),
    ]
    print(HEAD)
    for folder, report in parts:
        if not folder.is_dir():
            print(f"Skipped: there is no {folder}.", file=sys.stderr)
            continue
        with TemporaryDirectory() as work:
            print(f"\n{report(folder, Path(work))}", flush=True)


if __name__ == "__main__":
    main()
