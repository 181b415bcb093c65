"""The tasks of docs/moderating.md, carried out as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simcord import InteractionResult, MemberActor

from bot.chat.demo import Stage, open_stage
from bot.chat.options import ChatOptions, Parts
from tests.stories.desk import fills
from tests.stories.reading import message_of, text_of

PAGE = Path(__file__).parents[2] / "docs" / "moderating.md"
TASK = re.compile(r"^### ([^\n]+)\n.*?^```task\n(.*?)^```", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(\w+): (.*?)(?= \w+: |$)")
TASKS = TASK.findall(PAGE.read_text(encoding="utf-8"))


def steps(task: str) -> Iterator[tuple[str, list[str]]]:
    """Each line of a task with the lines that are written into what it opens."""
    for block in re.split(r"\n(?! )", task.strip("\n")):
        line, *written = block.split("\n")
        yield line, [text[4:] for text in written]


class Moderator:
    """Somebody who does what the page says."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.who, self.seen = stage, stage.moderator, None

    seen: InteractionResult | None
    who: MemberActor

    async def does(self, line: str, written: list[str]) -> None:
        """One step."""
        word, _, rest = line.partition(": ")
        if line == "another moderator:":
            user = self.stage.env.create_user("sam")
            self.stage.server.add_member(user, roles=[self.stage.moderators])
            self.who = MemberActor(self.stage.env, self.stage.server, user)
        elif word == "shows":
            assert self.seen is not None
            assert rest in text_of(self.seen).replace("**", "")
        elif word == "press":
            assert self.seen is not None
            pressed = await self.who.click(message_of(self.seen), label=rest)
            if pressed.modal is not None or pressed.response is not None or pressed.followups:
                self.seen = await self.writes(pressed, written)
        else:
            command, _, options = line.removeprefix("/").partition(" ")
            given: dict[str, Any] = dict(OPTION.findall(options))
            given |= {name: int(value) for name, value in given.items() if value.isdigit()}
            if "file" in given:
                given["file"] = (given["file"], "\n".join(written).encode())
            shown = await self.who.slash(self.stage.questions, command, **given)
            self.seen = shown if "file" in given else await self.writes(shown, written)

    async def writes(self, opened: InteractionResult, written: list[str]) -> InteractionResult:
        """Fill in the form that was opened, by the labels of its fields."""
        if opened.modal is None:
            assert not written
            return opened
        names = {part["label"]: part["component"]["custom_id"] for part in opened.modal["components"]}
        texts = {}
        for line in written:
            label = max((label for label in names if line.startswith(f"{label}:")), key=len)
            texts[names[label]] = line.removeprefix(f"{label}:").strip().replace(" / ", "\n")
        return await fills(self.who, opened, **texts)


async def test_the_tasks_are_carried_out_as_they_stand_on_the_page(stage: Stage, parts: Parts) -> None:
    assert len(TASKS) == 6
    moderator = Moderator(stage)
    for _, task in TASKS[:-1]:
        for line, written in steps(task):
            await moderator.does(line, written)


async def test_a_second_person_approves_as_it_stands_on_the_page(parts: Parts) -> None:
    async with open_stage(parts, ChatOptions(announcer_seconds=0, second_person=True)) as stage:
        moderator = Moderator(stage)
        for line, written in steps(TASKS[-1][1]):
            await moderator.does(line, written)
