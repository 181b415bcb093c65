"""A language model as a second reader: asked over HTTP in time and within bounds, and never believed beyond a query.

It is loaded where the operator names a server, and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date
from types import TracebackType
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.ops.counts import Counts
from bot.questions.query import Query, Read, Reading
from bot.questions.reader import Judged, cleaned
from bot.questions.second.prompt import messages
from bot.questions.second.schema import LONGEST, Unfit, is_barred, is_due, query_of, schema
from db.model.records import Measure
from db.store.lru import WeightedLRU

WITHIN = 4.0
"""Seconds that a member waits for it."""
MOST_BYTES = 65_536
"""Of a response; what is longer is not read to its end."""
KEPT = 256
"""Answers that are given again for the same question on the same day."""
FAILURES = 3
"""Failures in a row after which it is left alone for a while, so that nobody waits for a server that is away."""
PAUSE = 60.0
_TOKENS = 400
_NO_GRAMMAR = (400, 404, 422, 501)
"""How servers refuse a schema for the answer."""

_log = logging.getLogger(__name__)


class SecondReader:
    """Asks a server that speaks the chat-completions protocol; an async context, since it holds connections."""

    def __init__(
        self,
        url: str,
        model: str,
        judge: Callable[[str, date], Judged],
        *,
        key: str | None = None,
        per_minute: int = 30,
        within: float = WITHIN,
        counts: Counts | None = None,
    ) -> None:
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        self._judge = judge
        self._key = key
        self._per_minute = per_minute
        self._within = within
        self._counts = counts or Counts()
        self._answers: WeightedLRU[tuple[str, date, Query | None], str] = WeightedLRU(KEPT)
        self._asked: deque[float] = deque()
        self._failed = 0
        self._quiet_until = 0.0
        self._grammar = True
        self._session: ClientSession | None = None

    async def __aenter__(self) -> SecondReader:
        headers = {"Accept-Encoding": "identity"}  # a small body could unfold into a huge one
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        self._session = ClientSession(headers=headers, auto_decompress=False)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._session is not None:
            await self._session.close()

    async def read(
        self, text: str, reading: Reading, *, last: Query | None, today: date, measures: Mapping[str, Measure]
    ) -> Query | None:
        """The query that a text was read as; None where the built-in reading stands. Never raises."""
        text = cleaned(text)  # whom it mentions, and what it links to, stays here
        if not is_due(reading) or is_barred(self._judge(text, today)):
            return None
        key = (text, today, last)
        answer = self._answers.get(key)
        if answer is None:
            answer = await self._answer(text, last=last, today=today, measures=measures)
            if answer is None:
                return None
            self._answers.put(key, answer)
        try:
            query = query_of(answer, text, reading, measures)
        except Unfit as unfit:
            _log.info("the second reader's answer does not fit: %s", unfit)
            self._counts.second_reader("unfit")
            return None
        if query is None or (isinstance(reading, Read) and reading.query == query):
            self._counts.second_reader("not_understood" if query is None else "same")
            return None
        self._counts.second_reader("used")
        return query

    async def _answer(
        self, text: str, *, last: Query | None, today: date, measures: Mapping[str, Measure]
    ) -> str | None:
        if not self._may():
            self._counts.second_reader("not_asked")
            return None
        try:
            async with asyncio.timeout(self._within):
                # The nearest of thousands of rows are looked for; other questions need not wait for that.
                told = await asyncio.to_thread(messages, text, last=last, today=today, measures=measures)
                answer = await self._sent({"model": self._model, "messages": told}, measures)
        except (ClientError, OSError, ValueError, RecursionError) as problem:  # TimeoutError is an OSError
            self._failed += 1
            if self._failed >= FAILURES:
                self._quiet_until = time.monotonic() + PAUSE
            kind = "late" if isinstance(problem, TimeoutError) else "failed"
            _log.warning("the second reader %s: %s", kind, type(problem).__name__)
            self._counts.second_reader(kind)
            return None
        self._failed = 0
        return answer

    def _may(self) -> bool:
        now = time.monotonic()
        while self._asked and self._asked[0] <= now - 60:
            self._asked.popleft()
        if now < self._quiet_until or len(self._asked) >= self._per_minute:
            return False
        self._asked.append(now)
        return True

    async def _sent(self, request: dict[str, Any], measures: Mapping[str, Measure]) -> str:
        request |= {"temperature": 0, "max_tokens": _TOKENS, "stream": False}
        if self._grammar:
            form = {"name": "query", "strict": True, "schema": schema(measures)}
            shaped = {"type": "json_schema", "json_schema": form}
            status, body = await self._posted(request | {"response_format": shaped})
            if status not in _NO_GRAMMAR:
                return _content(status, body)
        status, body = await self._posted(request)
        answer = _content(status, body)
        self._grammar = False  # a server that cannot do it is not asked for it again
        return answer

    async def _posted(self, request: dict[str, Any]) -> tuple[int, bytes]:
        assert self._session is not None
        async with self._session.post(self._url, json=request, allow_redirects=False) as response:
            body = bytearray()
            async for chunk in response.content.iter_chunked(8192):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ValueError("a body of more than it may have")
            return response.status, bytes(body)


def _content(status: int, body: bytes) -> str:
    """What the model wrote; raises ValueError where the response is none of the protocol."""
    if status != 200:
        raise ValueError(f"status {status}")
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (LookupError, TypeError) as error:
        raise ValueError("no answer in it") from error
    if not isinstance(content, str) or len(content) > LONGEST:
        raise ValueError("no answer in it")
    return content
