"""What a person sees on a real terminal: a pseudo-terminal, the real program."""

import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest


class Terminal:
    """paperbot on a pseudo-terminal."""

    def __init__(self, home, *args, **env):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "paperbot", *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            close_fds=True,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLUMNS": "100",
                "PAPERBOT_DATA_DIR": f"{home}/data",
                "PAPERBOT_INDEX_DIR": f"{home}/index",
                "XDG_STATE_HOME": f"{home}/state",
                **env,
            },
        )
        os.close(slave)
        self.seen = ""

    def type(self, line):
        self.seen = ""
        os.write(self.master, line.encode() + b"\r")

    def read_until(self, wanted, patience=40.0):
        end = time.monotonic() + patience
        while wanted not in self.seen and time.monotonic() < end:
            ready, _, _ = select.select([self.master], [], [], 0.2)
            if ready:
                try:
                    self.seen += os.read(self.master, 65536).decode(errors="replace")
                except OSError:
                    break
        assert wanted in self.seen, self.seen[-2000:]
        return self.seen

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(real_home):
    opened = []

    def start(*args, **env):
        opened.append(Terminal(real_home, *args, **env))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")


def test_a_terminal_gets_colours(terminal):
    assert COLOUR.search(terminal("ask", "pruning", NO_COLOR="").read_until("why:"))


def test_no_color_is_honoured(terminal):
    assert not COLOUR.search(terminal("ask", "pruning", NO_COLOR="1").read_until("why:"))


def test_a_conversation_on_the_terminal(terminal):
    shell = terminal()
    shell.read_until("Ctrl-D leaves")
    shell.type("agents")
    shell.read_until("why:")
    shell.type("only surveys")
    shell.read_until("· only surveys")
    shell.type("history")
    shell.read_until("agents")
    shell.type("quit")
    assert shell.process.wait(timeout=20) == 0
