"""The buttons and selects under an answer. They hold ids alone; ``clicks`` acts on them.

Views are stopped before they are sent, so discord.py keeps none of them: a click takes the same
way whether its message is a second or a year old, before a restart or after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import discord

from paperbot.bot import ids
from paperbot.bot.embeds import sections_a_page
from paperbot.bot.ids import ButtonId
from paperbot.bot.text import cut, plain
from paperbot.paper import Paper, SectionPath
from paperbot.search.answer import Answer, Hit

if TYPE_CHECKING:
    from paperbot.assistant import SectionSummary

_OPTIONS = 25
"""Discord's limit for the options of a select."""


def answer_controls(
    answer: Answer, owner: int, offset: int, size: int, *, like: str = "", share: bool
) -> discord.ui.View:
    """What one page of an answer offers; ``like`` is the paper it was asked to resemble."""
    view = _View()
    shown = len(answer.hits) if answer.confidence != "nothing" else 0
    page: ids.Action = "like" if like else "page"
    if shown and offset > 0:
        before = ButtonId(page, owner, max(0, offset - size), size, like)
        view.add_item(_button("◀ Back", before))
    if shown and offset + shown < answer.total:
        view.add_item(_button("Next ▶", ButtonId(page, owner, offset + shown, size, like)))
    view.add_item(_button("Ask more", ButtonId("ask", owner, size=size)))
    if share:
        view.add_item(_button("Share in channel", ButtonId("share", owner, size=size)))
    if shown:
        options = [_option(hit, offset + place) for place, hit in enumerate(answer.hits)]
        view.add_item(_select("More like …", ButtonId("more", owner, size=size), options))
    elif answer.sections:
        view.add_item(_sections("Look into a section …", owner, answer.sections))
    return view.ready()


def paper_controls(paper: Paper, owner: int, *, share: bool) -> discord.ui.View:
    """What one paper offers: more like it, and to share it."""
    view = _View()
    key = paper_key(paper)
    if key:
        view.add_item(_button("More like this", ButtonId("like", owner, key=key)))
    if share:
        view.add_item(_button("Share in channel", ButtonId("share", owner)))
    return view.ready()


def choice_controls(names: Sequence[str], owner: int) -> discord.ui.View:
    """The titles that a mistyped name may have meant."""
    options = [
        discord.SelectOption(label=cut(plain(name), 100), value=cut(name, ids.LIMIT))
        for name in names[:_OPTIONS]
    ]
    view = _View()
    if options:
        view.add_item(_select("Did you mean …", ButtonId("paper", owner), options))
    return view.ready()


def section_controls(
    sections: Sequence[SectionSummary], owner: int, offset: int
) -> discord.ui.View:
    """Pages of sections, and a select to look into one."""
    view, size = _View(), sections_a_page()
    if offset > 0:
        view.add_item(_button("◀ Back", ButtonId("sections", owner, max(0, offset - size))))
    if offset + size < len(sections):
        view.add_item(_button("Next ▶", ButtonId("sections", owner, offset + size)))
    shown = [one.path for one in sections[offset : offset + size]]
    if shown:
        view.add_item(_sections("Look into a section …", owner, shown))
    return view.ready()


def shared_controls(message: discord.Message) -> tuple[discord.ui.View, discord.ui.View]:
    """The buttons of a shared copy, and those that stay with its private original."""
    public, private = _View(), _View()
    for row in message.components:
        for part in getattr(row, "children", ()):
            if isinstance(part, discord.SelectMenu):
                private.add_item(discord.ui.Select.from_component(part))
                public.add_item(discord.ui.Select.from_component(part))
            elif isinstance(part, discord.Button):
                meaning = ids.decode(part.custom_id or "")
                kept = discord.ui.Button[discord.ui.View].from_component(part)
                private.add_item(kept)
                if meaning is not None and meaning.action == "share":
                    kept.disabled, kept.label = True, "Shared"
                else:
                    public.add_item(discord.ui.Button.from_component(part))
    return public.ready(), private.ready()


def ask_modal(size: int) -> discord.ui.Modal:
    """The form behind "Ask more"."""
    modal = discord.ui.Modal(title="Ask more", custom_id=ButtonId("ask", size=size).encode())
    box: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(
        label="Narrow it down, or ask something new",
        placeholder="only surveys · newer · since 2023 · why 2? · more like 1",
        custom_id="question",
        max_length=300,
    )
    modal.add_item(box)
    modal.stop()
    return modal


def key_fits(key: str) -> bool:
    """Can this name of a paper travel in a button?"""
    return ids.fits(key)


def paper_key(paper: Paper) -> str:
    """What names a paper within a custom id: its id, or "" where that is too long."""
    return paper.id if ids.fits(paper.id) else ""


class _View(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    def ready(self) -> discord.ui.View:
        self.stop()
        return self


def _button(label: str, meaning: ButtonId) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, custom_id=meaning.encode())


def _select(
    placeholder: str, meaning: ButtonId, options: list[discord.SelectOption]
) -> discord.ui.Select[discord.ui.View]:
    return discord.ui.Select(
        placeholder=placeholder, custom_id=meaning.encode(), options=options[:_OPTIONS]
    )


def _option(hit: Hit, place: int) -> discord.SelectOption:
    label = cut(f"{hit.rank}. {plain(hit.paper.title)}", 100)
    return discord.SelectOption(label=label, value=paper_key(hit.paper) or f"#{place}")


def _sections(
    placeholder: str, owner: int, paths: Iterable[SectionPath]
) -> discord.ui.Select[discord.ui.View]:
    options: dict[str, discord.SelectOption] = {}
    for path in paths:
        heading = next((plain(part) for part in reversed(path) if plain(part)), "")
        if heading and len(heading) <= ids.LIMIT:
            label = cut(" › ".join(plain(part) for part in path), 100)
            options.setdefault(heading, discord.SelectOption(label=label, value=heading))
    if not options:
        options["?"] = discord.SelectOption(label="All sections", value="?")
    return _select(placeholder, ButtonId("section", owner), list(options.values()))
