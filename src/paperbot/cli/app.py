"""The commands. Each opens what it needs when it runs: ``--help`` loads none of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperbot.cli.doors import open_assistant, out, say
from paperbot.cli.lists import lists_app

if TYPE_CHECKING:
    from paperbot.paper import Kind

app = typer.Typer(
    help="Ask the lab's reading lists: “what should I read on X”.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: quick to show, and readable in a pipe
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(lists_app, name="lists")

_KINDS: tuple[Kind, ...] = (
    "paper",
    "survey",
    "thesis",
    "book",
    "blog",
    "tool",
    "dataset",
    "course",
    "video",
)

Count = Annotated[int | None, typer.Option("-n", "--count", help="How many papers (1 to 100).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Ask the lab's reading lists: “what should I read on X”.

    Without a command, on a terminal: ask, follow up, open papers (type help there).
    """
    if context.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from paperbot.cli.session import run

            run(open_assistant())
        else:
            out(context.get_help())


@app.command(
    epilog='Example: paperbot ask "what should I read on KV cache compression?" --since 2024'
)
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="The question.")] = None,
    count: Count = None,
    since: Annotated[str | None, typer.Option(help="First year.")] = None,
    until: Annotated[str | None, typer.Option(help="Last year.")] = None,
    section: Annotated[str | None, typer.Option(help="Part of a section's heading.")] = None,
    starred: Annotated[bool, typer.Option("--starred", help="Starred papers alone.")] = False,
    kind: Annotated[str | None, typer.Option(help=f"One of: {', '.join(_KINDS)}.")] = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option(help="A file of questions, one a line (- for standard input); JSON lines."),
    ] = None,
) -> None:
    """Answer a question with papers, and tell why each."""
    from paperbot.cli.render import answer_json, answer_lines, show
    from paperbot.errors import UsageError
    from paperbot.search.answer import Filters

    known = next((one for one in _KINDS if one == kind), None)
    if kind is not None and known is None:
        raise UsageError(f"--kind {kind} is unknown; choose one of {', '.join(_KINDS)}.")
    filters = Filters(
        since=_year("--since", since),
        until=_year("--until", until),
        section=section,
        starred=starred,
        kind=known,
    )
    if batch is not None:
        _batch(batch, filters, count)
        return
    asked = " ".join(question or [])
    if not asked.strip():
        raise UsageError("Ask a question, such as: what should I read on KV cache compression?")
    # In JSON the ranking as it is; a reading path has a command, and a form, of its own.
    answer = open_assistant().ask(asked, filters=filters, count=count, laid_out=not as_json)
    if as_json:
        out(json.dumps(answer_json(answer), ensure_ascii=False, indent=1))
    else:
        show(answer_lines(answer))


def _year(option: str, value: str | None) -> int | None:
    """Read a year; raises ``UsageError`` saying which option is wrong and what it may be."""
    from paperbot.errors import UsageError

    if value is None:
        return None
    if not (value.isdecimal() and len(value) == 4):
        raise UsageError(f"{option} {value} is not a year; write four digits, such as 2023.")
    return int(value)


def _batch(file: Path, filters: Any, count: int | None) -> None:
    """Answer a question a line, each with a JSON line; a bad question gets an error in its line."""
    from paperbot.cli.render import answer_json
    from paperbot.errors import UsageError

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as UTF-8 text: {error}.") from error
    assistant = open_assistant()
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            record = answer_json(assistant.ask(line, filters=filters, count=count))
        except UsageError as error:
            record = {"question": line, "error": str(error)}
        out(json.dumps(record, ensure_ascii=False))


@app.command(epilog="Example: paperbot similar vLLM · paperbot similar - < abstract.txt")
def similar(
    paper: Annotated[str, typer.Argument(help="Title, nickname or id; - reads a text.")],
    count: Count = None,
    as_json: AsJson = False,
) -> None:
    """Find papers like a paper, or like a text on standard input."""
    from paperbot.cli.render import answer_json, answer_lines, show

    assistant = open_assistant()
    wanted = sys.stdin.read() if paper == "-" else assistant.paper(paper).id
    answer = assistant.similar(wanted, count=count)
    if as_json:
        out(json.dumps(answer_json(answer), ensure_ascii=False, indent=1))
    else:
        show(answer_lines(answer))


@app.command("show", epilog='Example: paperbot show "Transformer-XL"')
def show_paper(
    paper: Annotated[str, typer.Argument(help="Title, nickname or id.")], as_json: AsJson = False
) -> None:
    """Show a paper: notes, links, and where it stands in the lists."""
    from paperbot.cli.render import paper_json, paper_lines, show

    found = open_assistant().paper(paper)
    if as_json:
        out(json.dumps(paper_json(found), ensure_ascii=False, indent=1))
    else:
        show(paper_lines(found))


@app.command()
def sections(as_json: AsJson = False) -> None:
    """List the sections of the reading lists."""
    found = open_assistant().sections()
    if as_json:
        records = [{"path": list(s.path), "papers": s.papers, "file": s.file} for s in found]
        out(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for section in found:
        out(f"{section.papers:>4}  {' > '.join(section.path)}  ({section.file})")


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
) -> None:
    """Build the index from the lists, if they changed since."""
    import time

    from paperbot.assistant import Assistant
    from paperbot.cli.doors import progress
    from paperbot.settings import Settings

    began = time.monotonic()
    assistant = Assistant.unopened(Settings.load(), say=say)
    built = assistant.refresh(progress(), force=force)
    status = assistant.status()
    if built is None:
        mended = assistant.mend_encoder()
        say("Nothing to build: the lists are as they were." if not mended else "It is ready.")
    else:
        faults = [problem for problem in built.problems if not problem.aside]
        for problem in faults:
            say(str(problem))
        say(
            f"Built in {time.monotonic() - began:.1f} s: {status.papers:,} papers of "
            f"{status.lists} lists, {built.embedded:,} texts embedded, "
            f"{len(faults)} lines that could not be placed."
        )


@app.command(epilog='Example: paperbot path "parallel training"')
def path(
    topic: Annotated[list[str], typer.Argument(help="What to get into.")], as_json: AsJson = False
) -> None:
    """Lay out a reading path: survey, then groundwork, then the newest."""
    from paperbot.cli.render import answer_lines, path_json, show

    found = open_assistant().path(" ".join(topic))
    if as_json:
        out(json.dumps(path_json(found), ensure_ascii=False, indent=1))
    else:
        show(answer_lines(found))


@app.command(
    epilog="The token comes from PAPERBOT_DISCORD_TOKEN or its _FILE; see docs/discord.md."
)
def bot(
    guild: Annotated[
        int | None, typer.Option(help="Sync commands to this server alone: for development.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Log at debug level, members' questions included.")
    ] = False,
) -> None:
    """Run the Discord bot until it is told to stop."""
    import logging

    from paperbot.assistant import Assistant
    from paperbot.bot import BotConfig, run_bot
    from paperbot.bot.logs import say as log_line
    from paperbot.settings import Settings

    settings = Settings.load()
    config = BotConfig(
        token=settings.token(),
        lists_dir=settings.lists_dir,
        state_dir=settings.index_dir / "bot",
        guild=guild or settings.discord_guild,
        channel=settings.discord_channel,
    )
    level = logging.DEBUG if verbose else logging.INFO
    raise typer.Exit(run_bot(lambda: Assistant.open(settings, say=log_line), config, level=level))


@app.command()
def health() -> None:
    """Tell whether the bot that runs here is well: exit 0 if so, else 1."""
    from paperbot.bot import health as look
    from paperbot.settings import Settings

    code, line = look(Settings.load().index_dir / "bot" / "heartbeat.json")
    say(line)
    raise typer.Exit(code)
