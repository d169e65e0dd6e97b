"""Answers as embeds: read well on a phone, fit Discord's limits whatever the lists hold.

The footer of an answer holds the question as it was understood: the buttons read it back from
there, so an answer needs no memory of the bot's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import discord

from paperbot.bot.counters import Counters
from paperbot.bot.state import State
from paperbot.bot.text import cut, emphasised, escape, link, plain, units, web_address
from paperbot.paper import Paper
from paperbot.search.answer import Answer, Hit

if TYPE_CHECKING:
    from paperbot.assistant import SectionSummary, Status

BODY = 3900
"""Room for an embed's description (Discord allows 4,096, and 6,000 with title and footer)."""
_GREEN, _AMBER, _GREY, _BLUE, _RED = 0x2E8B57, 0xD9A441, 0x80848E, 0x4A78C2, 0xC0392B
_SECTIONS_A_PAGE = 15


def answer_embed(answer: Answer, state: State, offset: int) -> discord.Embed:
    """One page of an answer; the footer keeps ``state``."""
    topic = escape(answer.query.text or answer.query.asked, 90)
    heading, colour = {
        "close": ("Read on", _GREEN),
        "loose": ("Loosely related to", _AMBER),
        "nothing": ("Nothing close to", _GREY),
    }[answer.confidence]
    if answer.confidence == "close" and any(hit.step for hit in answer.hits):
        heading = "Where to start with"
    head = [f"*{escape(answer.understood, 300)}*"] if answer.understood else []
    head += [f"⚠ {escape(remark, 200)}" for remark in answer.remarks[:3]]
    if answer.confidence == "nothing":
        head.append(_nothing(answer))
    shown = answer.staged if answer.confidence != "nothing" else []
    tail = _position(offset, len(shown), answer.total)
    body = _fit(head, _hits(shown, BODY - sum(map(units, head)) - 120), tail)
    embed = discord.Embed(title=cut(f"{heading} {topic}", 250), description=body, colour=colour)
    return embed.set_footer(text=state.footer())


def hit_lines(hit: Hit, title: int = 160, why: int = 180, address: int = 400) -> str:
    """One paper: title as link, what is known of it, one line of why; each within its limit."""
    paper = hit.paper
    first = f"**{hit.rank}. {link(paper.title, web_address(paper.url, address), title)}**"
    return "\n".join(x for x in (first, facts(paper), emphasised(hit.because, why)) if x)


def facts(paper: Paper) -> str:
    """Year, venue, citations and stars, as far as they are known."""
    known = [
        str(paper.year) if paper.year else "",
        escape(paper.venue, 40) if paper.venue else "",
        _counted(paper.citations, "citation") if paper.citations is not None else "",
        paper.kind if paper.kind != "paper" else "",
        "⭐" * min(paper.stars, 3),
    ]
    return " · ".join(fact for fact in known if fact)


def why_embed(hit: Hit, state: State) -> discord.Embed:
    """The named parts that a hit's score is made of."""
    parts = "\n".join(f"`{part.value:+.3f}` {escape(part.name, 60)}" for part in hit.parts[:15])
    body = f"{hit_lines(hit)}\n\n{parts}\n`{hit.score:+.3f}` **together**"
    embed = discord.Embed(title=f"Why {hit.rank}?", description=body, colour=_BLUE)
    return embed.set_footer(text=state.footer())


def paper_embed(paper: Paper) -> discord.Embed:
    """All that the lists say about one paper, and its summary."""
    also = [escape(alias, 80) for alias in paper.aliases[:5]]
    head = [facts(paper)]
    if also:
        head.append("also called " + " · ".join(also))
    if paper.authors:
        head.append(escape(", ".join(paper.authors), 200))
    notes = [
        ("In plain words:\n" if note.lent else "")
        + f"> {escape(note.text, 600)}\n{_place(note.file, note.line)}"
        for note in paper.notes
    ]
    links = [
        f"[{escape(known.role, 20)}]({address})"
        for known in paper.links
        if (address := web_address(known.url))
    ]
    places = [
        f"{escape(' › '.join(m.section) or 'top', 120)} {_place(m.file, m.line)}"
        for m in paper.mentions
    ]
    address = web_address(paper.url)
    embed = discord.Embed(
        title=cut(escape(paper.title, 240), 256),
        url=address,
        description=_fit([x for x in head if x], notes, "", room=2400) or None,
        colour=_BLUE,
    )
    for name, values in (("Links", links), ("In the lists", places)):
        if values:
            embed.add_field(name=name, value=_fit([], values, "", room=1000, gap="\n"))
    return embed


def sections_embed(sections: Sequence[SectionSummary], offset: int) -> discord.Embed:
    """One page of the lists' sections with how many papers each holds."""
    shown = sections[offset : offset + _SECTIONS_A_PAGE]
    lines = [f"**{one.papers}** {escape(' › '.join(one.path), 140)}" for one in shown]
    tail = _position(offset, len(shown), len(sections))
    body = _fit([], lines, tail, gap="\n") or "The lists have no sections yet."
    return discord.Embed(title="Sections of the reading lists", description=body, colour=_BLUE)


def status_embed(status: Status, counters: Counters, watcher: str, waiting: int) -> discord.Embed:
    """What `/admin status` shows."""
    built = f"generation {status.generation}, built {status.built_at}"
    lines = [
        f"**{status.papers}** papers in **{status.sections}** sections of **{status.lists}** lists",
        escape(f"{built}{', out of date' if status.stale else ''}", 300),
        escape(f"model {status.model}", 200),
        f"**{counters.questions}** questions, {waiting} under way, {counters.refused} refused, "
        f"{counters.errors} errors",
        f"answered within {_ms(counters.percentile(0.5))} (half of them), "
        f"{_ms(counters.percentile(0.95))} (95 of 100)",
        f"nothing close: {_share(counters.nothing_share)}",
        escape(watcher, 800),
    ]
    if status.problems:
        lines.append(
            f"⚠ {status.problems} lines of the lists could not be read: `paperbot lists check`"
        )
    body = _fit(["\n".join(lines)], [], "")
    return discord.Embed(title="paperbot", description=body, colour=_BLUE)


def help_embed(*, every_message_in: int | None) -> discord.Embed:
    """What the bot can do, and what it keeps of its members."""
    lines = [
        "**Mention me** with a question, or write to me in private. "
        "*Where do I start with …?* gets a week's reading path.",
        "**Reply** to my answer (with the ping on), or press **Ask more**: only surveys · newer · "
        "since 2023 · why 2? · more like 1",
        "`/recommend` a topic, with years, section, kind, stars",
        "`/paper` all about one paper · `/similar` papers like it · `/sections` what there is",
        "On a message: ⋯ → Apps → **Find papers like this message**",
        "Answers to commands are yours alone until you press **Share in channel**.",
    ]
    if every_message_in is not None:
        lines.append(f"In <#{every_message_in}> I answer every message.")
    lines.append(
        "**What I keep of you: nothing.** Your question stands in the answer's message, in "
        "Discord, and is gone when that is deleted; I count questions, not who asked them."
    )
    return discord.Embed(title="What I can do", description="\n".join(lines), colour=_BLUE)


def notice(text: str, *, bad: bool = False) -> discord.Embed:
    """A short word of the bot's own; callers escape what is not."""
    return discord.Embed(description=cut(text, BODY), colour=_RED if bad else _GREY)


def sections_a_page() -> int:
    """How many sections one page of `/sections` shows."""
    return _SECTIONS_A_PAGE


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _hits(hits: Sequence[tuple[str, Hit]], room: int) -> list[str]:
    """Every hit of a page, under its stage: all of them shorter where they would not fit."""
    blocks: list[str] = []
    for title, why, address in ((160, 180, 400), (100, 90, 250), (70, 50, 120), (50, 20, 0)):
        blocks = [
            (f"__{above}__\n\n" if above else "") + hit_lines(hit, title, why, address)
            for above, hit in hits
        ]
        if sum(units(block) + 2 for block in blocks) <= room:
            break
    return blocks


def _nothing(answer: Answer) -> str:
    if not answer.sections:
        return "The lists hold nothing close to this."
    nearest = " · ".join(escape(" › ".join(path), 120) for path in answer.sections[:5])
    return f"The lists hold nothing close to this. The nearest sections: {nearest}"


def _position(offset: int, shown: int, total: int) -> str:
    return f"{offset + 1}–{offset + shown} of {total}" if shown and total > shown else ""


def _place(file: str, line: int) -> str:
    return f"`{cut(plain(file).replace('`', ''), 80)}:{line}`"


def _fit(
    head: Iterable[str], blocks: Sequence[str], tail: str, *, room: int = BODY, gap: str = "\n\n"
) -> str:
    """Head, as many whole blocks as fit, tail. What did not fit is said."""
    text = gap.join(x for x in head if x)
    spare = room - units(tail) - 40
    for number, block in enumerate(blocks):
        longer = text + gap + block if text else block
        if units(longer) > spare:
            text += f"{gap}… and {len(blocks) - number} more"
            break
        text = longer
    return cut(text + (gap + tail if tail else ""), room)


def _ms(value: float | None) -> str:
    return f"{value:,.0f} ms" if value is not None else "not yet known"


def _share(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "not yet known"
