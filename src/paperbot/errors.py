"""Every error that paperbot raises on purpose.

    PaperbotError
    ├── UsageError            the question or an option makes no sense        exit 2
    │   └── UnknownPaper      no paper of the lists goes by that name         exit 2
    ├── ListsError            the reading lists cannot be read or written     exit 3
    │   └── AlreadyListed     the paper to add stands in a list already       exit 1
    ├── ModelError            no usable encoder, or its files are not right   exit 3
    ├── BadIndex              the index is missing, damaged or another's      exit 3
    │   └── IndexBusy         another process is building it                  exit 3
    └── DiscordError          the bot cannot run                              exit codes 10 and up

Inner code raises them with what happened, where, and what to do; only the front doors catch
them and turn them into one line and an exit code. Exit 0 means that it ran (also when nothing
is close), 1 that a check found problems.
"""

from __future__ import annotations


class PaperbotError(Exception):
    """One readable line: what happened, where, and what to do."""

    exit_code = 3


class UsageError(PaperbotError):
    """The question or an option makes no sense."""

    exit_code = 2


class UnknownPaper(UsageError):
    """No paper goes by that name; ``suggestions`` are the nearest titles, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean: {' · '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No paper in the lists is called “{name}”.{hint}")
        self.suggestions = suggestions


class ListsError(PaperbotError):
    """The reading lists cannot be read or written."""


class AlreadyListed(ListsError):
    """The paper to add stands in a list already."""

    exit_code = 1


class ModelError(PaperbotError):
    """No usable encoder was found, or its files are not what they should be."""


class BadIndex(PaperbotError):
    """The index is missing, damaged, of another version, or of another model."""


class IndexBusy(BadIndex):
    """Another process holds the build lock."""


class DiscordError(PaperbotError):
    """The bot cannot run; each cause has an exit code of its own from 10 up."""

    exit_code = 10
