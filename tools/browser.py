"""The least of a browser driver: headless chromium over its own debugging protocol, nothing to install beside it."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PHONE = (390, 844)


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for packet in self._socket:
            told = json.loads(packet.data)
            waiting = self._waiting.pop(told.get("id", 0), None)
            if waiting and not waiting.done():
                waiting.set_result(told)

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol and its result; raise RuntimeError when the browser refuses it."""
        number = next(self._ids)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        answer = await asyncio.wait_for(self._waiting[number], 30)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def run(self, script: str) -> Any:
        """The value of a JavaScript expression; a promise is awaited."""
        result = await self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:600])
        return result["result"].get("value")

    async def wait_for(self, script: str, seconds: float = 60) -> None:
        """Wait until an expression is true; raise TimeoutError when it does not become so."""
        async with asyncio.timeout(seconds):
            while not await self.run(script):  # noqa: ASYNC110 - the page tells nobody when it has changed
                await asyncio.sleep(0.1)

    async def size(self, width: int, height: int, scale: float = 2) -> None:
        """Draw as on a screen of this size."""
        await self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    async def open(self, url: str) -> None:
        """Load an address."""
        await self.send("Page.enable")
        await self.send("Page.navigate", url=url)

    async def shoot(self, clip: dict[str, float] | None = None) -> bytes:
        """What is seen, or a part of it, as PNG."""
        chosen = {"clip": {**clip, "scale": 1}} if clip else {}
        shot = await self.send("Page.captureScreenshot", format="png", **chosen)
        return base64.b64decode(shot["data"])


def browser() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@asynccontextmanager
async def open_browser(width: int, height: int) -> AsyncIterator[Page]:
    """A headless chromium with one empty tab."""
    program = browser()
    if program is None:
        raise SystemExit("chromium is needed for screenshots: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            port_file = Path(profile) / "DevToolsActivePort"
            async with asyncio.timeout(30):
                # The browser tells its port in this file and in no other way.
                while not port_file.exists() or not port_file.read_text().strip():  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            port = port_file.read_text().splitlines()[0]
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                    tabs = await response.json()
                address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
                async with session.ws_connect(address, max_msg_size=64 * 2**20) as socket:
                    page = Page(socket)
                    await page.size(width, height)
                    yield page
        finally:
            process.terminate()
            await process.wait()
