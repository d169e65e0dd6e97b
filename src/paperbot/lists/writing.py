"""Files replaced in one step, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from paperbot.disk import flush, write_flushed
from paperbot.errors import ListsError


def replace_file(path: Path, data: bytes, *, was: bytes | None) -> None:
    """Writes a file under a temporary name, flushes it to disk, and puts it in place in one step.

    ``was`` are the bytes on which ``data`` is founded, ``None`` for a file that must be new.
    Raises ``ListsError`` where the file holds something else by now, or cannot be written; it is
    then as it was.
    """
    target = path.resolve()  # a link stays a link
    work = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        write_flushed(work, data)
        _put(work, target, was)
        flush(target.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ListsError(
            f"{path}: cannot be written ({reason}); it is as it was · check the disk and the "
            "folder's permissions"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            work.unlink(missing_ok=True)


def _put(work: Path, target: Path, was: bytes | None) -> None:
    if was is None:
        try:
            os.link(work, target)  # fails where a file of that name has come up
        except FileExistsError:
            raise ListsError(f"{target}: exists already · choose another name") from None
        return
    if target.read_bytes() != was:
        raise ListsError(
            f"{target}: changed since it was read; nothing is written · run the command again"
        )
    shutil.copymode(target, work)
    work.replace(target)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder to one writer alone: another paperbot that would write waits until it is done."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ListsError(f"{folder}: {reason} · create it, or set PAPERBOT_DATA_DIR") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
