"""A conversation in a terminal: lines can be edited and called back, turns lean on each other, and Ctrl+C ends it."""

from __future__ import annotations

import asyncio
import os
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.twin.snapshot import put_snapshot

termios = pytest.importorskip("termios", reason="terminals are such on POSIX only")
pty = pytest.importorskip("pty", reason="there are pseudo-terminals on POSIX only")
pytest.importorskip("readline", reason="this Python edits no lines")
CHAT = "import sys; from bot.cli import main; sys.exit(main(['chat']))"
CODES = re.compile(r"\x1b\[[\d;?]*[a-zA-Z]|\x1b\]8;[^\\]*\\|\r")
PROMPT = "\n> "
LEFT, UP, CTRL_C = "\x1b[D", "\x1b[A", "\x03"


class Terminal:
    """``inflow chat`` behind a pseudo-terminal."""

    def __init__(self, database: Path) -> None:
        asyncio.run(put_snapshot(database))
        self.pid, self.fd = pty.fork()
        if not self.pid:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
            os.environ |= {"TERM": "xterm", "COLUMNS": "200", "INFLOW_DATABASE_URL": f"sqlite+aiosqlite:///{database}"}
            os.execv(sys.executable, [sys.executable, "-c", CHAT])
        self.read()

    def types(self, text: str) -> str:
        """Type something; what is shown until the next prompt, or the end."""
        os.write(self.fd, text.encode())
        return self.read()

    def read(self, enough: str = PROMPT) -> str:
        """What is shown until the next prompt, the end, or something that is enough."""
        shown, latest = "", time.monotonic() + PATIENCE
        while not shown.endswith(PROMPT) and enough not in shown and time.monotonic() < latest:
            if not select.select([self.fd], [], [], 0.2)[0]:
                continue
            try:
                shown = CODES.sub("", shown + os.read(self.fd, 65536).decode(errors="replace"))
            except OSError:  # the terminal is gone
                break
        return shown

    def ended(self) -> int:
        """The exit code, of itself: nobody presses anything again."""
        latest = time.monotonic() + PATIENCE
        while time.monotonic() < latest:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_lines_are_edited_and_called_back_turns_lean_on_each_other_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "inflow.db")
    # Ctrl+C is a key at the prompt: Python loses a signal that comes between showing one and waiting, and never ends.
    assert termios.tcgetattr(terminal.fd)[6][termios.VINTR] == bytes([os.fpathconf(terminal.fd, "PC_VDISABLE") & 0xFF])
    assert "women from Belgium" in terminal.types(f"women from Belgum{LEFT}i\n")
    assert "women from France" in terminal.types("and France?\n")
    assert "women from Belgium" in terminal.types(f"{UP}{UP}\n")
    terminal.types(f"and Ger{LEFT}{CTRL_C}")
    assert terminal.ended() == 0


def test_ctrl_c_pressed_again_and_again_while_a_line_is_answered_ends_it_in_peace(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "inflow.db")
    os.write(terminal.fd, b"Tunisia?\n")
    shown = terminal.read(enough="Tunisia?\n")
    for _ in range(3):
        os.write(terminal.fd, CTRL_C.encode())
        time.sleep(0.02)
    shown += terminal.read()
    assert "Traceback" not in shown
    # The first ends it; a later one may still meet the closing (130) or the interpreter's last moments (the signal).
    assert terminal.ended() in (0, 130, -signal.SIGINT)
