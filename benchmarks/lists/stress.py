"""What size and damage do to reading: lists of growing length, and real lists broken at random.

    python -m benchmarks.lists.stress             5,000 to 40,000 entries in one list
    PAPERBOT_BENCH_DATA=… python -m benchmarks.lists.stress --broken 2000

``--broken N`` cuts N texts from the lists below ``lists/public`` (the lab's own where there are
none), breaks each by deleting, doubling and inserting markup, and reads it. Anything but paperbot's
own errors ends the run with the text in hand. Times are those of the processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from paperbot.errors import PaperbotError
from paperbot.lists import join, parse
from paperbot.settings import Settings

LAB = Path(__file__).parents[2] / "data" / "lists"
THIS_YEAR = 2026
MARKUP = ("[", "](", "**", "|", "<td>", "</ul>", "`", ":+1:", "\n\n", "    ", "> ", "#", "\0", "é")
SIZES = (5_000, 10_000, 20_000, 40_000)


def long_list(entries: int) -> str:
    """Write a list in one file: a heading every hundred entries, each with link, people, venue."""
    lines = []
    for at in range(entries):
        if at % 100 == 0:
            lines.append(f"\n## Topic {at // 100}\n")
        lines.append(
            f"- [Scaling Part {at} of Learned Systems](https://arxiv.org/abs/{1000 + at % 1200:04d}"
            f".{at:05d}) - A. Author, B. Writer. ICML {2000 + at % 25}"
        )
    return "\n".join(lines)


def grow() -> None:
    """Read lists of growing length and tell what an entry costs in each."""
    for entries in SIZES:
        text = long_list(entries)
        began = time.process_time()
        parsed = parse(text, "long.md", this_year=THIS_YEAR)
        read = time.process_time()
        papers = len(join([parsed]).papers)
        joined = time.process_time()
        print(
            f"{entries:,} entries: read {read - began:.1f} s, joined {joined - read:.2f} s, "
            f"{(joined - began) / entries * 1e6:.0f} µs an entry, {papers:,} papers"
        )


def broken(text: str, at_random: random.Random) -> str:
    """Cut a piece of a text and damage it in up to six places."""
    start = at_random.randrange(max(1, len(text) - 3_000))
    piece = text[start : start + 3_000]
    for _ in range(at_random.randint(1, 6)):
        at, size = at_random.randrange(len(piece) + 1), at_random.randint(0, 80)
        kept = piece[at : at + size] * at_random.choice((0, 2))
        piece = (
            piece[:at]
            + at_random.choice(MARKUP) * at_random.randint(1, 4)
            + kept
            + piece[at + size :]
        )
    return piece


def damage(count: int) -> None:
    """Read broken pieces of real lists; tell the slowest."""
    data = Settings.load().bench_data
    folder = data / "lists" / "public" if data else LAB
    files = sorted(path for path in folder.iterdir() if path.suffix in (".md", ".yml"))
    texts = [(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in files]
    at_random, slowest = random.Random(7), 0.0
    for _ in range(count):
        name, text = at_random.choice(texts)
        piece = broken(text, at_random)
        began = time.process_time()
        try:
            join([parse(piece, name, this_year=THIS_YEAR)])
        except PaperbotError:
            pass
        except Exception:
            sys.stderr.write(f"{name}:\n{piece!r}\n")
            raise
        slowest = max(slowest, time.process_time() - began)
    print(f"{count:,} broken pieces of {len(files)} lists: the slowest took {slowest:.2f} s")


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--broken", type=int, metavar="N", help="broken pieces to read")
    args = parser.parse_args()
    damage(args.broken) if args.broken else grow()


if __name__ == "__main__":
    main()
