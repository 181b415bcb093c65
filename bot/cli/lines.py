"""Lines that are typed at a prompt, where Ctrl+C always ends the conversation."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

CTRL_C = "\x03"


def read_line(prompt: str) -> str:
    """The next line, with line editing where there is any; raises EOFError at the end, KeyboardInterrupt at Ctrl+C."""
    with _interrupt_as_a_key():
        line = input(prompt)
    if CTRL_C in line:
        raise KeyboardInterrupt
    return line


@contextlib.contextmanager
def _interrupt_as_a_key() -> Iterator[None]:
    """Let the prompt read Ctrl+C as it reads each key: its signal is lost if it comes just before ``input`` waits."""
    try:
        import readline
        import termios
    except ImportError:  # Windows has neither; some Pythons edit no lines
        yield
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or "libedit" in (readline.__doc__ or ""):
        yield
        return
    terminal = sys.stdin.fileno()
    before, during = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
    during[6][termios.VINTR] = bytes([os.fpathconf(terminal, "PC_VDISABLE") & 0xFF])
    readline.parse_and_bind(r'"\C-c": "\C-q\C-c\C-m"')  # taken into the line as it is, and the line ended
    termios.tcsetattr(terminal, termios.TCSANOW, during)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
