"""No command without help, an example and its place in docs/commands.md; no name that Discord would refuse."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any

import discord
import pytest_asyncio
from discord import app_commands

from bot.answers.ask import Asker
from bot.chat.client import InflowBot
from bot.chat.cogs import build_client, load_cogs
from bot.chat.guide import MODERATED, Entry, Group, entries
from bot.chat.options import ChatOptions, Parts
from bot.chat.translator import CommandNames, command_words, named_languages
from bot.places.resolve import Resolver
from bot.questions.reader import Reader
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.store.engine import Database
from db.store.figures import FigureStore

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
NAME = re.compile(r"^[-_'\w]{1,32}$")
SAME_EVERYWHERE = {
    "apa",
    "chicago",
    "harvard",
    "bibtex",
    "ris",
    "csl-json",
    "JSON",
    "SDMX-CSV 2.0",
    "SY",
    "IQ",
    "SY+IQ",
}
"""Choices that are names of formats, and codes of countries."""


@pytest_asyncio.fixture
async def bot(database: Database) -> AsyncIterator[InflowBot]:
    """The bot with its commands, connected to nothing."""
    resolver = Resolver.load()
    dataset = FigureStore(database)
    parts = Parts(Asker(dataset, Reader(resolver)), dataset, database, resolver)
    made = build_client(parts, ChatOptions(shard_count=1, announcer_seconds=0))
    await load_cogs(made)
    yield made
    for name in list(made.cogs):
        await made.remove_cog(name)


def typed(bot: InflowBot) -> list[app_commands.Command[Any, ..., Any]]:
    """Every command that is typed."""
    found = [*bot.tree.get_commands(), *bot.tree.get_commands(guild=bot.home)]
    return [command for command in found if isinstance(command, app_commands.Command)]


async def test_every_command_tells_what_it_does_and_shows_an_example_of_itself(bot: InflowBot) -> None:
    assert typed(bot)
    for command in typed(bot):
        assert command.extras.get("example", "").startswith(f"/{command.name}"), command.name
        assert command.description.endswith("."), command.name
        assert command.description != "…", command.name
        for option in command.parameters:
            assert str(option.description) not in ("", "…"), f"{command.name} {option.name}"


async def test_examples_use_options_that_there_are(bot: InflowBot) -> None:
    for command in typed(bot):
        options = {option.name for option in command.parameters}
        named = set(re.findall(r"(\w+): ", command.extras["example"]))
        assert named <= options, command.name
        needed = {option.name for option in command.parameters if option.required}
        assert needed <= named, f"the example of {command.name} lacks a needed option"


async def test_menu_entries_tell_what_they_do(bot: InflowBot) -> None:
    menus = [
        *bot.tree.get_commands(type=discord.AppCommandType.message),
        *bot.tree.get_commands(guild=bot.home, type=discord.AppCommandType.message),
    ]
    assert menus
    assert all(menu.extras.get("description") for menu in menus)


async def test_everything_stays_within_discords_limits(bot: InflowBot) -> None:
    assert len(typed(bot)) <= 100
    for command in typed(bot):
        assert NAME.match(command.name)
        assert len(command.description) <= 100
        assert len(command.parameters) <= 25
        size = len(command.name) + len(command.description)
        size += sum(len(option.name) + len(str(option.description)) for option in command.parameters)
        assert size <= 4000


async def test_moderators_commands_exist_in_the_home_server_only(bot: InflowBot) -> None:
    for entry in entries(bot.tree, bot.home):
        scope = bot.home if entry.group in MODERATED else None
        kind = discord.AppCommandType.message if entry.menu else discord.AppCommandType.chat_input
        assert bot.tree.get_command(entry.name, guild=scope, type=kind) is not None, entry.name


async def test_the_page_of_commands_is_the_commands(bot: InflowBot) -> None:
    page = commands_page(entries(bot.tree, bot.home))
    if os.environ.get("INFLOW_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def commands_page(shown: Iterable[Entry]) -> str:
    """The page docs/commands.md: every command with its options and an example."""
    lines = [
        "# Commands",
        "",
        "<!-- Made from the commands: INFLOW_WRITE_DOCS=1 .venv/bin/pytest tests/house/test_commands.py writes it. -->",
        "",
        "Mention the bot with a question, write to it directly, or use a command. Moderators' commands exist in the",
        "home server only; each is checked again when it runs.",
    ]
    group: Group | None = None
    english = words_of("en")
    for entry in shown:
        if entry.group is not group:
            group = entry.group
            lines += ["", f"## {group}"]
        lines += ["", f"### {entry.title(english)}", "", entry.description]
        if entry.options:
            lines.append("")
        for name, description, required in entry.options:
            lines.append(f"- `{name}`{' (needed)' if required else ''}: {description}")
        if entry.example:
            lines += ["", "```text", entry.example, "```"]
    return "\n".join(lines) + "\n"


def under(words: Mapping[str, str], kind: str) -> set[str]:
    """The English texts that a language has words of a kind for."""
    return {key.removeprefix(f"{kind}.") for key in words if key.startswith(f"{kind}.")}


def test_every_language_of_answers_that_discord_has_names_the_commands() -> None:
    spoken = {known.value.partition("-")[0] for known in discord.Locale} - {"en"}
    assert set(languages()) & spoken <= set(named_languages())


async def test_commands_are_named_in_every_language(bot: InflowBot) -> None:
    shown = entries(bot.tree, bot.home)
    typed_names = {entry.name for entry in shown if not entry.menu}
    for locale in named_languages():
        words = command_words(locale)
        rows = {entry.name for entry in shown}
        assert under(words, "command") == under(words, "about") == rows, locale
        assert any(known.value.partition("-")[0] == locale for known in discord.Locale)
        for kind in (typed_names, rows - typed_names):  # a menu entry may be called like a command
            names = [words[f"command.{name}"] for name in kind]
            assert len(set(names)) == len(names), locale
        for key in rows:
            name, description = words[f"command.{key}"], words[f"about.{key}"]
            assert 1 <= len(description) <= 100, (locale, name)
            if key in typed_names:
                assert NAME.match(name), (locale, name)
                assert name == name.lower(), (locale, name)
            else:
                assert 1 <= len(name) <= 32, (locale, name)


async def test_options_are_named_in_every_language(bot: InflowBot) -> None:
    commands = list(typed(bot))
    options = [option for command in commands for option in command.parameters]
    choices = {choice.name for option in options for choice in option.choices} - SAME_EVERYWHERE
    for locale in named_languages():
        words = command_words(locale)
        assert under(words, "option") == {option.name for option in options}, locale
        assert under(words, "describe") == {str(option.description) for option in options}, locale
        assert under(words, "choice") == choices, locale
        for key, text in words.items():
            assert 1 <= len(text) <= 100, (locale, key)
            assert not key.startswith("option.") or (NAME.match(text) and text == text.lower()), (locale, key)
        for command in commands:
            named = [words[f"option.{option.name}"] for option in command.parameters]
            assert len(set(named)) == len(named), (locale, command.name)


async def test_help_elsewhere_shows_examples_as_they_are_typed_there(bot: InflowBot) -> None:
    for locale in named_languages():
        for entry in entries(bot.tree, bot.home, locale):
            if entry.shown_name and not entry.menu:
                assert entry.example.startswith(f"/{entry.shown_name}"), (locale, entry.name)
                named = set(re.findall(r" ([^ :]+): ", entry.example))
                assert named <= {name for name, _, _ in entry.options}, (locale, entry.example)
    (compare,) = (entry for entry in entries(bot.tree, bot.home, "fr") if entry.name == "compare")
    assert compare.example == "/comparer premier: France deuxième: Germany par_million: True"


async def test_discord_is_told_the_names_of_its_locales(bot: InflowBot) -> None:
    names = CommandNames()
    ask = bot.tree.get_command("ask")
    menu = bot.tree.get_command("Check this claim", type=discord.AppCommandType.message)
    assert ask is not None
    assert menu is not None
    told = await ask.get_translated_payload(bot.tree, names)
    assert told["name_localizations"]["de"] == "fragen"
    assert told["name_localizations"]["es-419"] == told["name_localizations"]["es-ES"]
    assert "en-US" not in told["name_localizations"]
    question = told["options"][0]
    assert question["name"] == "question"
    assert question["name_localizations"]["es-419"] == "pregunta"
    assert question["description_localizations"]["fr"].startswith("Par exemple")
    rank = bot.tree.get_command("rank")
    assert rank is not None
    who = next(
        option for option in (await rank.get_translated_payload(bot.tree, names))["options"] if option["name"] == "who"
    )
    assert who["choices"][0]["name_localizations"]["de"] == "alle"
    shown = await menu.get_translated_payload(bot.tree, names)
    assert shown["name_localizations"]["fr"] == "Vérifier cette affirmation"


async def test_members_commands_work_in_servers_direct_messages_and_user_installs(bot: InflowBot) -> None:
    for entry in entries(bot.tree, bot.home):
        if entry.group in MODERATED:
            continue
        kind = discord.AppCommandType.message if entry.menu else discord.AppCommandType.chat_input
        command = bot.tree.get_command(entry.name, type=kind)
        assert command is not None
        sent = command.to_dict(bot.tree)
        assert sorted(sent["contexts"]) == [0, 1, 2], entry.name
        assert sorted(sent["integration_types"]) == [0, 1], entry.name


async def test_options_with_a_known_set_complete_what_is_typed(bot: InflowBot) -> None:
    named = "place region first second third fourth measure word figure source key what command"
    sets = set(named.split())
    lacking = [
        f"{command.name} {option.name}"
        for command in typed(bot)
        for option in command.parameters
        if option.name in sets and not option.autocomplete and not option.choices
    ]
    assert lacking == []
