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
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.ops.counts import Counts
from bot.questions.query import Query, Read, Reading
from bot.questions.reader import Judged, cleaned
from bot.questions.second import LONGEST, Unfit, is_barred, is_due, messages, query_of, schema
from db.model.records import Measure
from db.store.lru import WeightedLRU

WITHIN = 4.0
"""Seconds that a member waits for it."""
MOST_BYTES = 65_536
"""Of a response; what is longer is not read to its end."""
KEPT = 256
"""Answers that are given again for the same question on the same day."""
FAILURES = 3
"""Failures that use up a minute's questions: nobody waits for a server that is away."""
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
        self._url, self._model, self._judge = f"{url.rstrip('/')}/chat/completions", model, judge
        self._within, self._counts, self._grammar = within, counts or Counts(), True
        self._headers = {"Accept-Encoding": "identity"}  # a small body could unfold into a huge one
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._answers: WeightedLRU[tuple[str, date, Query | None], str] = WeightedLRU(KEPT)
        self._per_minute, self._asked = per_minute, deque[float](maxlen=per_minute)

    async def __aenter__(self) -> SecondReader:
        self._session = ClientSession(headers=self._headers, auto_decompress=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def read(
        self, text: str, reading: Reading, last: Query | None, today: date, measures: Mapping[str, Measure]
    ) -> Query | None:
        """The query that a text was read as; None where the built-in reading stands. Never raises."""
        text = cleaned(text)  # whom it mentions, and what it links to, stays here
        if not is_due(reading) or is_barred(await asyncio.to_thread(self._judge, text, today)):
            return None
        query, result = None, "not_asked"
        try:
            answer = self._answers.get(key := (text, today, last))
            if answer is None and self._may_ask():
                answer = await self._answer(text, last, today, measures)
                self._answers.put(key, answer)
            if answer is not None:
                query = query_of(answer, reading, measures)
                result = "not_understood" if query is None else "used"
        except Unfit:
            result = "unfit"
        except (ClientError, OSError, ValueError, LookupError, TypeError, RecursionError) as problem:
            self._asked.extend([time.monotonic()] * (self._per_minute // FAILURES))
            result = "late" if isinstance(problem, TimeoutError) else "failed"
            _log.warning("the second reader %s: %s", result, type(problem).__name__)
        if query is not None and isinstance(reading, Read) and reading.query == query:
            query, result = None, "same"
        self._counts.second_reader(result)
        return query

    def _may_ask(self) -> bool:
        now = time.monotonic()
        if len(self._asked) == self._per_minute and self._asked[0] > now - 60:
            return False
        self._asked.append(now)
        return True

    async def _answer(self, text: str, last: Query | None, today: date, measures: Mapping[str, Measure]) -> str:
        async with asyncio.timeout(self._within):
            # The nearest of thousands of rows are looked for; other questions need not wait for that.
            told = await asyncio.to_thread(messages, text, last, today, measures)
            request = {"model": self._model, "messages": told, "temperature": 0, "max_tokens": 400, "stream": False}
            form = {"name": "query", "strict": True, "schema": schema(measures)}
            shaped = request | {"response_format": {"type": "json_schema", "json_schema": form}}
            status, body = await self._posted(shaped if self._grammar else request)
            if self._grammar and status in _NO_GRAMMAR:
                status, body = await self._posted(request)
                self._grammar = status != 200  # a server that cannot do it is not asked for it again
        content: object = json.loads(body)["choices"][0]["message"]["content"] if status == 200 else None
        if not isinstance(content, str) or len(content) > LONGEST:
            raise ValueError("no answer of the protocol")
        return content

    async def _posted(self, request: dict[str, Any]) -> tuple[int, bytes]:
        async with self._session.post(self._url, json=request, allow_redirects=False) as response:
            body = bytearray()
            async for chunk in response.content.iter_chunked(8192):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ValueError("a body of more than it may have")
            return response.status, bytes(body)
