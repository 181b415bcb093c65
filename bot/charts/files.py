"""Charts as files, for the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.charts.chart import Chart
from bot.charts.errors import UnknownFormat
from bot.charts.page import labelled
from bot.charts.worker import ChartWorker

FORMATS = (".png", ".svg", ".html")


async def write_chart(chart: Chart, path: Path, worker: ChartWorker | None = None) -> None:
    """Write the chart in the format that the file's ending names.

    Raises UnknownFormat before anything is drawn, ChartsNotInstalled without the renderer, ChartFailed when it cannot
    be drawn, OSError when the file cannot be written. Without a worker it starts one for this file alone.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(path.suffix, FORMATS)
    if worker is not None:
        content = await _content(chart, suffix, worker)
    else:
        async with ChartWorker(patience=60) as own:  # nobody in a conversation waits
            content = await _content(chart, suffix, own)
    await asyncio.to_thread(path.write_bytes, content)


async def _content(chart: Chart, suffix: str, worker: ChartWorker) -> bytes:
    if suffix == ".png":
        return await worker.png(chart)
    if suffix == ".svg":
        return labelled(await worker.svg(chart), chart).encode()
    return (await worker.html(chart)).encode()
