"""The bytes of a list as text whose places are known, and lines put between them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from paperbot.errors import ListsError

_BREAK = re.compile(r"\r\n|\r|\n")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A list as it lies on disk. ``lines`` are without their ends; ``ends`` stand beside them."""

    data: bytes
    bom: bytes
    encoding: str
    text: str
    lines: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, name: str) -> Source:
        """Decodes as the reader does; raises ``ListsError`` for what is no text."""
        bom, encoding = next((b for b in _BOMS if data.startswith(b[0])), (b"", "utf-8"))
        body = data[len(bom) :]
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            if bom:
                raise ListsError(f"{name}: its text is damaged · save it anew as UTF-8") from None
            encoding, text = "cp1252", body.decode("cp1252", errors="replace")
        breaks = _BREAK.findall(text)
        return cls(data, bom, encoding, text, tuple(_BREAK.split(text)), (*breaks, ""))

    @property
    def eol(self) -> str:
        """The line end that the list uses most."""
        return max(dict.fromkeys(self.ends[:-1]), key=self.ends.count, default="\n")

    def eol_at(self, line: int) -> str:
        """The line end used about a line (from 1)."""
        near = [end for end in self.ends[max(line - 2, 0) : line + 1] if end]
        return near[-1] if near else self.eol

    def after_line(self, line: int, new: list[str]) -> bytes:
        """The list with lines put after a line (from 1; 0 is the beginning)."""
        eol = self.eol_at(line)
        at = sum(len(a) + len(b) for a, b in zip(self.lines[:line], self.ends[:line], strict=True))
        if line and not self.ends[line - 1]:
            return self.at(at, "".join(eol + one for one in new))
        return self.at(at, "".join(one + eol for one in new))

    def at(self, place: int, new: str) -> bytes:
        """The list with a text put at a place of its text; raises ``ListsError`` if it cannot."""
        if self.encoding == "cp1252":
            before = place
        else:
            before = len(self.text[:place].encode(self.encoding))
        try:
            added = new.encode(self.encoding)
        except UnicodeEncodeError as error:
            odd = new[error.start : error.end]
            raise ListsError(
                f"“{odd}” does not exist in this list's encoding ({self.encoding}) · "
                "save the list as UTF-8"
            ) from None
        cut = len(self.bom) + before
        return self.data[:cut] + added + self.data[cut:]

    def raw(self, begin: int, end: int) -> str:
        r"""The raw lines from ``begin`` to ``end`` (from 1, inclusive), ``\n`` between them."""
        return "\n".join(self.lines[begin - 1 : end])
