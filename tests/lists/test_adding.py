"""An entry added to a list: in that list's own shape, read back as given, nothing else touched."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbot.errors import AlreadyListed, ListsError, PaperbotError, UsageError
from paperbot.lists import parse
from paperbot.lists.adding.add import add_entry
from paperbot.lists.adding.asked import from_bibtex, link_of
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.task import add_to_lists
from paperbot.lists.writing import replace_file

ROOT = Path(__file__).parents[2]
YEAR = 2026
LINK = "https://arxiv.org/abs/2401.01234"
FULL = NewEntry(
    "Paging Attention Memory: Serving Long Chats",
    (LINK,),
    ("Jane Doe", "Bob Roe", "Ann Li"),
    2024,
    "ICML",
)


def added(text, name, new, heading="Caches"):
    data = text if isinstance(text, bytes) else text.encode()
    parsed = parse(data, name, this_year=YEAR)
    section = next((s.path for s in parsed.sections if s.path[-1:] == (heading,)), ())
    return add_entry(data, parsed, section, new, this_year=YEAR)


def new_bytes(before: bytes, after: bytes) -> bytes:
    """What was put in; fails unless taking it out gives the file as it was."""
    size = len(after) - len(before)
    same = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
        len(before),
    )
    for at in range(same, max(0, same - size) - 1, -1):
        if after[:at] + after[at + size :] == before:
            return after[at : at + size]
    raise AssertionError("bytes beside the added ones have changed")


TAGS = """# Lab

**Caches**
1. [C60 2024 USENIX] KVPress: Compressing the Key-Value Cache of Long Chats :+1:
2. [C3 2023] Paging Memory for Serving

**Pruning**
1. [C25 2024] Pruning Heads of Transformers
2. [Blog] How We Prune
"""
TABLE = """# Lab
## Caches
| #  | Title                          | Authors          | Venue     | Link                                       |
| -- | ------------------------------ | ---------------- | --------- | ------------------------------------------ |
| 1  | KVPress: Compressing the Cache | Ann Ray, Bob Day | ICML 2024 | [[pdf]](https://arxiv.org/abs/2401.00001)  |
| 2  | Paging Memory for Serving Them | Cy Poe, Di Fox   | ACL 2023  | [[pdf]](https://arxiv.org/abs/2301.00001)  |

## Pruning
"""


@pytest.mark.parametrize(
    ("text", "new", "line"),
    [
        (
            TAGS,
            NewEntry(FULL.title, year=2024, venue="OSDI", citations=7, starred=True),
            "3. [C7 2024 OSDI] Paging Attention Memory: Serving Long Chats :+1:",
        ),
        (TAGS, NewEntry(FULL.title, year=2024), "3. [2024] " + FULL.title),
        (TAGS, NewEntry("How We Cache Things", kind="blog"), "3. [Blog] How We Cache Things"),
        (
            TAGS.replace("[C60 2024 USENIX]", "[C60 USENIX 2024]"),
            NewEntry(FULL.title, year=2024, venue="OSDI", citations=7),
            "3. [C7 OSDI 2024] " + FULL.title,
        ),
        (TAGS, NewEntry(FULL.title, (LINK,), year=2024), f"3. [2024] [{FULL.title}]({LINK})"),
        (
            "## Caches\n* **Old Title of Work**, *Ann Ray and Bob Day*. ACL 2020. "
            "[[Paper]](https://arxiv.org/abs/2001.00001)\n",
            FULL,
            f"* **{FULL.title}**, *Jane Doe, Bob Roe and Ann Li*. ICML 2024. [[Paper]]({LINK})",
        ),
        (
            "## Caches\n- [NeurIPS'23] [Old Title of Work](https://arxiv.org/abs/2301.00001)\n",
            NewEntry(FULL.title, (LINK,), year=2024, venue="ICML"),
            f"- [ICML'24] [{FULL.title}]({LINK})",
        ),
        (
            "## Caches\n1. Old Title of Work. In *ACL 2020*. [[pdf](https://aclanthology.org/"
            "2020.acl-main.1)] [[code](https://github.com/a/b)]\n1. Other Title of Work. In "
            "*ACL 2021*. [[pdf](https://aclanthology.org/2021.acl-main.1)]\n"
            "1. Third Title of Work. In *ACL 2022*. [[pdf](https://aclanthology.org/"
            "2022.acl-main.1)]\n",
            NewEntry(FULL.title, (LINK,), year=2024, venue="ICML"),
            f"1. {FULL.title}. In *ICML 2024*. [[pdf]({LINK})]",
        ),
        (
            TABLE,
            FULL,
            "| 3  | Paging Attention Memory: Serving Long Chats | Jane Doe, Bob Roe, Ann Li | "
            "ICML 2024 | [[pdf]](https://arxiv.org/abs/2401.01234)  |",
        ),
        (
            "## Caches\n<ul>\n<li><a href=\"https://arxiv.org/abs/1910.10683\">Exploring the "
            "Limits of Transfer</a>, JMLR 2020</li>\n</ul>\n",
            NewEntry(FULL.title, (LINK,), year=2024, venue="ICML"),
            f'<li><a href="{LINK}">{FULL.title}</a>, ICML 2024</li>',
        ),
    ],
)  # fmt: skip
def test_the_line_has_the_shape_of_its_neighbours(text, new, line):
    done = added(text, "a.md", new)
    new_bytes(text.encode(), done.data)
    assert line in done.data.decode().splitlines()
    assert done.left_out == ()
    assert done.entry.section[-1] == "Caches"


def test_reference_lists_of_restructuredtext_too():
    text = "Caches\n======\n\n* `Old Title of Work <https://arxiv.org/abs/2001.00001>`_\n"
    done = added(text, "a.rst", NewEntry(FULL.title, (LINK,)))
    assert new_bytes(text.encode(), done.data).decode() == f"* `{FULL.title} <{LINK}>`_\n"


def test_items_of_three_lines_and_blank_lines_between():
    text = """## Caches

**Old Title of Work** \\
*Ann Ray, Bob Day* \\
ACL 2020. [[Paper](https://arxiv.org/abs/2001.00001)] \\
3 May 2020

**Other Title of Work** \\
*Cy Poe, Di Fox* \\
ACL 2021. [[Paper](https://arxiv.org/abs/2101.00001)] \\
7 Jun 2021

## Pruning
"""
    done = added(text, "a.md", FULL)
    assert done.data.decode().split("7 Jun 2021\n")[1] == (
        f"\n**{FULL.title}** \\\n*Jane Doe, Bob Roe, Ann Li* \\\nICML 2024. [[Paper]({LINK})]\n"
        "\n## Pruning\n"
    )


def test_an_empty_section_gets_its_first_entry_like_those_of_other_sections():
    done = added(TAGS + "\n## New Things\n\n## Last\n", "a.md",
                 NewEntry(FULL.title, year=2024), "New Things")  # fmt: skip
    assert f"## New Things\n\n1. [2024] {FULL.title}\n" in done.data.decode()
    done = added(TABLE, "a.md", NewEntry(FULL.title, (LINK,)), "Pruning")
    assert done.data.decode().splitlines()[-3].startswith("| #  | Title")
    assert done.entry.section == ("Lab", "Pruning")


def test_what_a_shape_has_no_place_for_is_said():
    text = "## Caches\n- [Old Title of Work](https://arxiv.org/abs/2001.00001)\n"
    done = added(text, "a.md", FULL)
    assert done.left_out == ("authors", "venue")  # the year is told by the link
    assert done.entry.year_derived
    done = added(text, "a.md", NewEntry(FULL.title, (LINK,), citations=3, kind="blog"))
    assert done.left_out == ("citations", "kind")
    first = "## Caches\n- [Old Title of Work](https://arxiv.org/abs/2001.00001), Ray et al.\n"
    assert "first alone: Doe et al." in added(first, "a.md", FULL).remarks[0]


def test_a_note_comes_below_an_item():
    note = "It pages what attention seldom reads."
    done = added(TAGS, "a.md", NewEntry(FULL.title, year=2024, note=note))
    assert f"3. [2024] {FULL.title}\n   - {note}\n" in done.data.decode()
    assert done.entry.note == note


def test_an_entry_of_links_alone_is_not_written_where_it_would_be_prose():
    text = "## Caches\n" + "".join(
        f"- [Old Title {n} of Work](https://arxiv.org/abs/2001.0000{n})\n" for n in range(5)
    )
    with pytest.raises(ListsError, match="give its --link"):
        added(text, "a.md", NewEntry(FULL.title))


# -- records ---------------------------------------------------------------------------------------

RECORDS = {
    "a.bib": "@misc{a,\n\ttitle = {Old Title of Work},\n\tauthor = {Ann Ray},\n}",
    "a.csv": 'Title,Authors,Year,Venue,Link\r\n"Old Title, of Work","Ray, Ann; Day, Bob",2020,ACL,'
    "https://arxiv.org/abs/2001.00001\r\n",
    "a.tsv": "Paper\tAuthors\tWhere\tLink\nOld Title of Work\tAnn Ray, Bob Day\tACL 2020\t"
    "https://arxiv.org/abs/2001.00001",
    "a.yml": "- title: Old Title of Work\n  author: Ray\n  related:\n  - title: Inner Title of Work"
    "\n\n- title: Next Title of Work\n  author: Day\n\n# the end\n",
    "a.json": '[\n  {"title": "Old Title of Work", "authors": [{"name": "Ann Ray"}]}\n]\n',
    "b.json": '{"title": "Old Title of Work"}\n{"title": "Next Title of Work"}\n',
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_of_records_gets_a_record_of_its_own_format(name):
    before = RECORDS[name].encode()
    done = added(before, name, FULL, "")
    new_bytes(before, done.data)
    entry = done.entry
    assert (entry.title, entry.year, entry.venue) == (FULL.title, 2024, "ICML")
    assert entry.authors == FULL.authors
    assert [link.url for link in entry.links] == [LINK]
    assert done.left_out == ()
    assert before.endswith(b"\n") == done.data.endswith(b"\n")


def test_a_record_stands_in_the_section_that_was_named():
    text = "Caches:\n- title: Old Title of Work\n\nPruning:\n- title: Next Title of Work\n"
    done = added(text, "a.yml", FULL)
    assert done.data.index(b"Paging") < done.data.index(b"Pruning:")
    table = "Section,Title\nCaches,Old Title of Work\nPruning,Next Title of Work\n"
    assert f"Caches,{FULL.title}\nPruning" in added(table, "a.csv", FULL).data.decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yml", "[{title: Old Title of Work, year: 2020}]\n"),
        ("z.json", '[{"key": "A", "data": {"key": "A", "title": "Old Title of Work"}}]'),
    ],
)
def test_a_file_that_cannot_be_added_to_is_refused_clearly(name, text):
    with pytest.raises(ListsError, match="cannot be added to"):
        added(text, name, FULL, "")


def test_bibtex_goes_word_for_word_into_a_library_and_its_lost_fields_are_named_elsewhere():
    source = "@article{k, title={Paging of Memory Now}, volume={3}, journal={Nature}, year={2024}}"
    (new,) = from_bibtex(source, this_year=YEAR)
    done = added(RECORDS["a.bib"], "a.bib", new, "")
    assert done.data.decode() == RECORDS["a.bib"] + "\n\n" + source
    assert done.left_out == ()
    assert added(TAGS, "a.md", new).left_out == ("volume",)


# -- what must hold of any list and any entry --------------------------------------------------------

BULLETS = """# Lab

Read these first.

## Caches
- [Old Title of Work](https://arxiv.org/abs/2001.00001) - Ray et al. ACL 2020
- [Other Title of Work](https://arxiv.org/abs/2101.00001) - Day et al. ACL 2021 :star:
- [Third Title of Work](https://arxiv.org/abs/2201.00001)

## Pruning
* Pruned Title of Work [[paper]](https://arxiv.org/abs/2202.00001)

---
Thanks!
"""
LOOSE = BULLETS.replace("\n- ", "\n\n- ")
OWN = """---
paperbot: 1
---

## Caches

> Read these first.

- **Old Title of Work**
  - year: 2020
  - note: A remark
    of two lines.

## Pruning
"""
LISTS = [
    *(text.encode() for text in (TAGS, TABLE, BULLETS, LOOSE, OWN)),
    BULLETS.encode().replace(b"\n", b"\r\n"),
    b"\xef\xbb\xbf" + TAGS.encode(),
    TAGS.rstrip("\n").encode(),
    TAGS.replace("Heads", "Häupter").encode("cp1252"),
    BULLETS.encode("utf-16"),
    TABLE.partition("\n## Pruning")[0].rstrip("\n").encode(),
]
WORD = st.sampled_from("sparse paging of attention memory chats graphs kernels forest minds "
                       "über Café naïve C++ 3D (really) self-play GPT-4's keys_and_values".split())  # fmt: skip
TITLES = st.lists(WORD, min_size=4, max_size=9).map(lambda words: "Learning " + " ".join(words))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "authors": st.sampled_from([("Jane Doe",), ("Jane Doe", "Bob Roe"), FULL.authors]),
        "year": st.integers(1990, 2026),
        "venue": st.sampled_from(["ICML", "NeurIPS", "Nature", "OSDI", "A Workshop on Foo"]),
        "citations": st.integers(0, 99_999),
        "starred": st.just(True),
        "note": st.just("It keeps what attention seldom reads and drops the rest."),
        "kind": st.sampled_from(["blog", "survey", "tool"]),
    },
)
LINKS = st.sampled_from([LINK, "https://doi.org/10.1145/3292500.3330701",
                         "https://openreview.net/forum?id=abcd1234XY",
                         "https://example.org/a_(b).pdf"])  # fmt: skip


@given(st.sampled_from(LISTS), TITLES, LINKS, FIELDS, st.booleans())
@settings(max_examples=150)
def test_add_changes_nothing_else_and_says_what_it_left_out(data, title, link, fields, pruning):
    parsed = parse(data, "a.md", this_year=YEAR)
    heading = "Pruning" if pruning else "Caches"
    section = next((s.path for s in parsed.sections if s.path[-1:] == (heading,)), None)
    if section is None:
        return
    new = NewEntry(title, (link,), **fields)
    try:
        done = add_entry(data, parsed, section, new, this_year=YEAR)
    except ListsError as error:
        assert "encoding" in str(error)
        return
    new_bytes(data, done.data)
    entry = done.entry
    assert (entry.title, entry.section) == (title, section)
    assert "link" not in done.left_out
    told = {"authors": entry.authors, "year": entry.year, "citations": entry.citations,
            "starred": bool(entry.stars), "kind": entry.kind, "note": entry.note}  # fmt: skip
    for name, value in fields.items():
        left_out = "star" if name == "starred" else name
        if name == "venue":
            assert "venue" in done.left_out or (entry.venue or "-") in value
        elif left_out not in done.left_out and not (name == "authors" and done.remarks):
            assert told[name] == value
    again = parse(done.data, "a.md", this_year=YEAR)
    assert len(again.entries) == len(parsed.entries) + 1
    assert done.data.endswith((b"\n", b"\n\0")) == data.endswith((b"\n", b"\n\0"))


@given(st.sampled_from(LISTS), st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=150)
def test_no_title_however_odd_damages_a_list(data, title, venue):
    parsed = parse(data, "a.md", this_year=YEAR)
    section = parsed.entries[0].section
    try:
        new = NewEntry(title, (LINK,), venue=venue or None)
        done = add_entry(data, parsed, section, new, this_year=YEAR)
    except PaperbotError:
        return
    new_bytes(data, done.data)
    assert len(parse(done.data, "a.md", this_year=YEAR).entries) == len(parsed.entries) + 1


OUTSIDE = os.environ.get("PAPERBOT_BENCH_DATA")
PUBLIC = sorted(Path(OUTSIDE, "lists", "public").glob("*.[my]*")) if OUTSIDE else []


@pytest.mark.skipif(not PUBLIC, reason="PAPERBOT_BENCH_DATA names no public lists")
@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_the_public_lists_take_an_entry_in_their_fullest_section(path):
    data = path.read_bytes()
    parsed = parse(data, path.name, this_year=YEAR)
    sections = [entry.section for entry in parsed.entries]
    section = max(dict.fromkeys(sections), key=sections.count)
    done = add_entry(data, parsed, section, FULL, this_year=YEAR)
    new_bytes(data, done.data)
    assert (done.entry.title, done.entry.section) == (FULL.title, section)
    assert [link.url for link in done.entry.links] == [LINK]


# -- a folder of lists -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    for name, text in {"a.md": TAGS, "b.md": BULLETS, "c.bib": RECORDS["a.bib"]}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def put(folder, title="A Wholly New Title of Work", link=(), **options):
    given = {"list_name": None, "section": None, "this_year": YEAR} | options
    return add_to_lists(folder, [NewEntry(title, link, year=2024)], **given)


def test_a_list_need_not_be_named_where_only_one_can_be_meant(folder):
    (folder / "b.md").unlink()
    assert put(folder, section="caches")[0].file == "a.md"
    with pytest.raises(UsageError, match="say --list: a.md · b.md"):
        (folder / "b.md").write_text(BULLETS)
        put(folder, section="Caches")
    assert (
        put(folder, "Another Title of Works", (LINK,), section="Caches", list_name="b")[0].line == 9
    )


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"section": "Cache"}, "The nearest: .*Caches”"),
        ({"section": "Caches", "list_name": "nope"}, "There are: a.md · b.md · c.bib"),
        ({}, "--section, and --list, one of a.md · b.md · c.bib"),
        ({"list_name": "a"}, "Say which section of a.md with --section: “Caches” · “Pruning”"),
        ({"list_name": "c", "section": "Caches"}, "no sections"),
    ],
)
def test_a_place_that_is_not_clear_is_asked_for(folder, options, word):
    with pytest.raises(UsageError, match=word):
        put(folder, **options)


def test_a_section_where_a_list_keeps_house_takes_no_paper(folder):
    (folder / "a.md").write_text(TAGS + "\n## Contributing\nSend it to us.\n")
    with pytest.raises(UsageError, match="keeps house"):
        put(folder, section="Contributing")


@pytest.mark.parametrize(
    ("title", "link", "place"),
    [
        ("Old Title of Work", (), "b.md:6"),
        ("old title: of work", (), "b.md:6"),
        ("Prunning Heads of Transformers", (), "a.md:8"),
        ("Called Something Else Now", ("https://arxiv.org/pdf/2001.00001v3",), "b.md:6"),
    ],
)
def test_a_paper_that_stands_there_is_refused_with_its_place(folder, title, link, place):
    before = (folder / "b.md").read_bytes()
    with pytest.raises(AlreadyListed, match=f"^{place}: "):
        put(folder, title, link, section="Pruning", list_name="b")
    assert (folder / "b.md").read_bytes() == before


def test_adding_twice_is_refused_at_the_line_of_the_first(folder):
    (done,) = put(folder, section="Caches", list_name="a")
    assert (done.file, done.line) == ("a.md", 6)
    assert (folder / "a.md").read_text().splitlines()[5] == done.text
    with pytest.raises(AlreadyListed, match=r"^a\.md:6: "):
        put(folder, section="Caches", list_name="a")


def test_another_lists_paper_needs_again(folder):
    old = ("Paging Memory for Serving", ("https://arxiv.org/abs/2301.00009",))
    with pytest.raises(AlreadyListed, match=r"^a\.md:5: .*--again"):
        put(folder, *old, section="Caches", list_name="b")
    assert put(folder, *old, section="Caches", list_name="b", again=True)[0].file == "b.md"
    with pytest.raises(AlreadyListed, match=r"^b\.md:9: "):
        put(folder, *old, section="Caches", list_name="b", again=True)


def test_several_records_are_all_added_or_none(folder):
    text = "@misc{a, title={A First New Title}, year=2024}\n@misc{b, title={Old Title of Work}}\n"
    before = (folder / "a.md").read_bytes()
    new = from_bibtex(text, this_year=YEAR)
    with pytest.raises(AlreadyListed):
        add_to_lists(folder, new, list_name="a", section="Caches", this_year=YEAR)
    assert (folder / "a.md").read_bytes() == before
    done = add_to_lists(folder, new[:1], list_name="a", section="Caches", this_year=YEAR)
    assert done[0].text == "3. [2024] A First New Title"


def test_a_dry_run_writes_nothing(folder):
    before = (folder / "a.md").read_bytes()
    assert put(folder, section="Caches", list_name="a", write=False)[0].line == 6
    assert (folder / "a.md").read_bytes() == before


def test_eight_at_once_lose_nothing(folder):
    """Writers wait for each other: no entry of one is overwritten by another's."""
    topics = "Caches Kernels Graphs Robots Proteins Compilers Markets Weather".split()
    titles = [f"Learning about {topic} from Few Examples" for topic in topics]
    for_section = {"section": "Caches", "list_name": "a", "again": True}
    threads = [threading.Thread(target=put, args=(folder, t), kwargs=for_section) for t in titles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    text = (folder / "a.md").read_text()
    assert [text.count(title) for title in titles] == [1] * 8


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("of somebody else")
    with pytest.raises(ListsError, match="changed since it was read"):
        replace_file(path, b"mine", was=b"as it was")
    assert path.read_text() == "of somebody else"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fails_leaves_the_list_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_text("as it was")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ListsError, match="No space left"):
        replace_file(path, b"mine", was=b"as it was")
    assert path.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [path]


def test_a_list_that_is_a_link_stays_one_and_keeps_its_permissions(tmp_path):
    real = tmp_path / "real.md"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real)
    replace_file(link, b"new", was=b"old")
    assert link.is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("new", 0o640)


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762v5"),
        ("10.1145/3292500.3330701", "https://doi.org/10.1145/3292500.3330701"),
        ("https://example.org/a.pdf", "https://example.org/a.pdf"),
        ("A Title of 10.5 Words", None),
        ("javascript:alert(1)", None),
    ],
)
def test_links_are_told_from_titles(words, link):
    assert link_of(words) == link
