"""``python -m paperbot``."""

from paperbot.cli import main

main()
