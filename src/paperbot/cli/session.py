"""The local query mode: ask, follow up, open papers, in one session on the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from paperbot.cli.doors import out
from paperbot.cli.render import Line, answer_lines, paper_lines, parts_lines
from paperbot.errors import PaperbotError, UsageError

if TYPE_CHECKING:
    from paperbot.assistant import Assistant
    from paperbot.search.answer import Answer

HELP = """Ask anything, such as: what should I read on KV cache compression?
Then follow up: only surveys · since 2024 · starred · newer · more like 2
  2, open 2      the second paper: its notes and links
  why 2          the parts of its score
  more           the next papers
  new            forget the question before
  sections       the sections of the lists
  history        what you asked
  quit           leave (or Ctrl-D)
Tab completes titles and nicknames."""

_NUMBERED = re.compile(r"(?:(open|show|why|more like|like|similar to)\s+)?#?(\d{1,3})\??", re.I)


@dataclass
class Session:
    """One conversation: the last answer, and what was asked."""

    assistant: Assistant
    answer: Answer | None = None
    asked: list[str] = field(default_factory=list)

    def reply(self, line: str) -> list[Line]:
        """Give the lines that answer one line of the person; raises ``PaperbotError``."""
        said = line.strip()
        self.asked.append(said)
        command = self._commands().get(said.casefold())
        if command is not None:
            return command()
        if match := _NUMBERED.fullmatch(said):
            return self._numbered((match[1] or "open").casefold(), int(match[2]))
        if self.answer is not None and (lines := self._followed_up(said)) is not None:
            return lines
        previous = self.answer.query if self.answer else None
        self.answer = self.assistant.ask(said, previous=previous, laid_out=True)
        return answer_lines(self.answer)

    def _followed_up(self, said: str) -> list[Line] | None:
        """Answer what only makes sense after an answer: more of it, like one of it, or thanks."""
        from paperbot.search.followups import asks_for_more, is_courtesy, more_like

        hits = self.answer.hits if self.answer else ()
        if (rank := more_like(said, hits[-1].rank if hits else 0)) is not None:
            return self._numbered("more like", rank)
        if asks_for_more(said):
            return self._more()
        return _plain("You are welcome. Ask on.") if is_courtesy(said) else None

    def _commands(self) -> dict[str, Callable[[], list[Line]]]:
        return {
            "help": lambda: _plain(HELP),
            "?": lambda: _plain(HELP),
            "more": self._more,
            "new": self._forget,
            "sections": self._sections,
            "history": lambda: _plain("\n".join(self.asked[:-1]) or "Nothing yet."),
        }

    def _numbered(self, command: str, number: int) -> list[Line]:
        hits = self.answer.hits if self.answer else ()
        hit = next((hit for hit in hits if hit.rank == number), None)
        if hit is None:
            raise UsageError(f"There is no paper {number} in the last answer.")
        if command == "why":
            return parts_lines(hit)
        if command in ("open", "show"):
            return paper_lines(self.assistant.paper(hit.paper.id))
        self.answer = self.assistant.similar(hit.paper.id)
        return answer_lines(self.answer)

    def _more(self) -> list[Line]:
        if self.answer is None or not self.answer.hits:
            raise UsageError("There is no answer to go on from.")
        last = self.answer
        self.answer = self.assistant.next_page(last, laid_out=True)
        if not self.answer.hits:
            self.answer = last
            return _plain("That is all.")
        return answer_lines(self.answer)

    def _forget(self) -> list[Line]:
        self.answer = None
        return _plain("Forgotten. Ask away.")

    def _sections(self) -> list[Line]:
        found = self.assistant.sections()
        return _plain("\n".join(f"{s.papers:>4}  {' > '.join(s.path)}" for s in found))


def _plain(text: str) -> list[Line]:
    return [[(line, "")] for line in text.splitlines()]


def run(assistant: Assistant, history: Path | None = None) -> None:
    """Talk with a person until they leave."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory

    from paperbot.cli.render import show

    class Titles(Completer):
        """Completes a line to titles and nicknames of the lists."""

        def get_completions(
            self, document: Document, complete_event: CompleteEvent
        ) -> Iterable[Completion]:
            typed = document.text_before_cursor
            if len(typed.strip()) >= 2:
                for found in assistant.complete(typed, limit=12):
                    yield Completion(found.title, start_position=-len(typed))

    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(history or _history_file())),
        completer=Titles(),
        complete_while_typing=False,
    )
    session = Session(assistant)
    out("Ask the reading lists; help tells more, Ctrl-D leaves.")
    while True:
        try:
            line = prompt.prompt("paperbot> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line.strip().casefold() in ("quit", "exit", "bye"):
            return
        if line.strip():
            try:
                show(session.reply(line))
            except PaperbotError as error:
                out(str(error))


def _history_file() -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("paperbot", ensure_exists=True)
    return folder / "history"
