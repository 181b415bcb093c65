"""Nothing that Discord is asked may hang for ever: every call that sends or fetches has an end in time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest

CHAT = Path(__file__).parents[2] / "bot" / "chat"
ASKING = frozenset(
    "send send_message send_modal defer edit_original_response edit_message delete_original_response create_thread "
    "fetch_user fetch_channel fetch_message typing history pin add_reaction".split()
)
"""Methods of discord.py that ask Discord something."""
IN_TIME = frozenset(("in_time", "_patiently", "_taken_once"))
OURS = frozenset(("replies", "editing"))
"""Rooms of ours with functions of such names, which keep the rule themselves."""
NOT_THE_WIRE = frozenset(("demo.py",))


def calls_without_end(tree: ast.AST, *, ends: bool = False) -> Iterator[ast.Call]:
    """Calls that ask Discord something outside of a time limit."""
    for node in ast.iter_child_nodes(tree):
        limited = ends or _limits(node)
        if isinstance(node, ast.Call) and _asks(node) and not limited:
            yield node
        yield from calls_without_end(node, ends=limited)


def _limits(node: ast.AST) -> bool:
    if isinstance(node, ast.AsyncWith):
        return any("asyncio.timeout" in ast.unparse(item.context_expr) for item in node.items)
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in IN_TIME


def _asks(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ASKING:
        return False
    return ast.unparse(call.func.value) not in OURS


@pytest.mark.parametrize("path", sorted(CHAT.rglob("*.py")), ids=lambda path: path.stem)
def test_everything_that_discord_is_asked_ends_in_time(path: Path) -> None:
    if path.name in NOT_THE_WIRE:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"{path.name}:{call.lineno} {ast.unparse(call.func)}" for call in calls_without_end(tree)] == []


def test_what_has_no_end_is_found() -> None:
    source = "async def f(a):\n    await a.send(1)\n    await in_time(a.send(2))\n    await in_time(a.b(), a.defer())\n"
    assert [call.lineno for call in calls_without_end(ast.parse(source))] == [2]


def test_the_methods_are_called_so_in_discord_py() -> None:
    classes = (
        discord.InteractionResponse,
        discord.Interaction,
        discord.Message,
        discord.abc.Messageable,
        discord.Client,
    )
    assert {name for name in ASKING if not any(hasattr(each, name) for each in classes)} == set()
