"""The worker process: it draws, it dies, it comes back, and it never makes anyone wait for ever."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.charts.chart import Chart, ChartKind
from bot.charts.errors import ChartFailed, ChartsNotInstalled, Failure, UnknownFormat
from bot.charts.files import write_chart
from bot.charts.png import size
from bot.charts.specs import chart_for, map_for
from bot.charts.worker import MIB, ChartWorker
from tests.bot.charts.made import compare_answer, trend_answer, world_answer

pytestmark = pytest.mark.asyncio(loop_scope="module")
PLENTY = 300.0
"""Seconds that no picture needs, however busy the machine: what is not about time does not fail by it."""


def small(name: str = "small") -> Chart:
    """A chart that is drawn in a moment."""
    layer = {"data": {"values": [{}]}, "mark": {"type": "text", "text": name}}
    return Chart(ChartKind.COMPARE, {"width": 40, "height": 40, "layer": [layer]}, "alt", f"{name}-1", text="the text")


def slow() -> Chart:
    """A chart that takes the renderer far longer than any time-out here."""
    data = {"sequence": {"start": 0, "stop": 20_000_000, "as": "n"}}
    layer = {"data": data, "mark": "bar", "encoding": {"x": {"aggregate": "count"}}}
    return replace(small("slow"), spec={"layer": [layer]})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[ChartWorker]:
    """One worker for all that does it no harm."""
    async with ChartWorker(patience=PLENTY) as opened:
        yield opened


async def test_a_chart_becomes_a_picture_of_twice_its_size(worker: ChartWorker) -> None:
    chart = chart_for(compare_answer())
    assert chart is not None
    png = await worker.png(chart)
    padding = chart.spec["padding"]
    assert size(png) == (1600, 2 * (chart.spec["height"] + padding["top"] + padding["bottom"]))
    assert len(png) < 200_000


async def test_a_map_is_drawn(worker: ChartWorker) -> None:
    chart = map_for(world_answer())
    assert chart is not None
    width, _ = size(await worker.png(chart))
    assert width == 1200


async def test_svg_and_page_carry_the_alt_text_and_load_nothing(worker: ChartWorker, tmp_path: Path) -> None:
    chart = chart_for(trend_answer())
    assert chart is not None
    page = await worker.html(chart)
    assert "144" in page
    assert "none known" in page
    for remote in ("<script", 'http-equiv="refresh"', "src=", "<link", "@import"):
        assert remote not in page
    path = tmp_path / "chart.svg"
    await write_chart(chart, path, worker)
    assert "<desc>" in path.read_text(encoding="utf-8")


async def test_charts_asked_for_together_are_drawn_once_each(worker: ChartWorker) -> None:
    pictures = await asyncio.gather(*(worker.png(small(name)) for name in "aabba"))
    assert pictures[0] == pictures[1] == pictures[4]
    assert pictures[2] == pictures[3]


async def test_a_picture_is_drawn_once_and_a_dead_worker_comes_back_for_the_next_one() -> None:
    async with ChartWorker(patience=PLENTY) as worker:
        first = await worker.png(small("before"))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        assert await worker.png(small("before")) == first
        assert worker.starts == 1
        assert await worker.png(small("after"))
        assert worker.starts == 2


async def test_a_worker_that_never_ends_a_picture_is_replaced() -> None:
    async with ChartWorker(patience=PLENTY, draw_timeout=1) as worker:
        with pytest.raises(ChartFailed) as failed:
            await worker.png(slow())
        assert failed.value.failure is Failure.TIMED_OUT
        assert failed.value.text == "the text"
        while worker.starts < 2:  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.01)


async def test_a_picture_that_comes_late_is_there_for_whoever_asks_next() -> None:
    async with ChartWorker(patience=0.001) as worker:
        late = small("late")
        with pytest.raises(ChartFailed) as failed:
            await worker.png(late)
        assert (failed.value.failure, failed.value.text) == (Failure.TIMED_OUT, "the text")
        while worker.is_drawing:  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.01)
        assert (await worker.png(late)).startswith(b"\x89PNG")
        assert worker.starts == 1


async def test_a_cold_start_is_waited_for_and_never_counted_as_a_slow_picture() -> None:
    async with ChartWorker(wait=False, patience=0.001) as worker:
        with pytest.raises(ChartFailed):
            await worker.png(small())
        while worker.is_drawing:  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.01)
        assert await worker.png(small())
        assert worker.starts == 1


async def test_a_full_queue_refuses_at_once() -> None:
    async with ChartWorker(patience=PLENTY, queue=2) as worker:
        asked = [asyncio.create_task(worker.png(small(str(index)))) for index in range(5)]
        results = await asyncio.gather(*asked, return_exceptions=True)
        refused = [result for result in results if isinstance(result, ChartFailed)]
        assert len([result for result in results if isinstance(result, bytes)]) == 2
        assert {failure.failure for failure in refused} == {Failure.BUSY}


async def test_a_spec_that_the_renderer_rejects_fails_and_the_worker_lives_on(worker: ChartWorker) -> None:
    broken = replace(small("broken"), spec={"layer": [{"mark": "nonsense"}]})
    with pytest.raises(ChartFailed) as failed:
        await worker.png(broken)
    assert failed.value.failure is Failure.REFUSED
    assert await worker.png(small("next"))
    assert worker.starts == 1


async def test_a_spec_cannot_fetch_anything(worker: ChartWorker) -> None:
    layer = {"data": {"url": "http://127.0.0.1:9/data.json"}, "mark": "point", "encoding": {}}
    with pytest.raises(ChartFailed) as failed:
        await worker.png(replace(small("remote"), spec={"layer": [layer]}))
    assert failed.value.failure is Failure.REFUSED
    assert "127.0.0.1" in failed.value.detail


async def test_a_caller_that_gives_up_leaves_the_pipe_in_order(worker: ChartWorker) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(worker.png(small("given up")), 0.001)
    first, second = await worker.png(small("one")), await worker.png(small("another one"))
    assert first != second
    assert worker.starts == 1


async def test_a_worker_that_grows_is_replaced() -> None:
    async with ChartWorker(patience=PLENTY, memory_limit=MIB) as worker:
        await worker.png(small("one"))
        await worker.png(small("two"))
        assert worker.starts >= 2


async def test_the_cache_keeps_no_more_than_its_bytes(worker: ChartWorker) -> None:
    first = await worker.png(small("one"))
    async with ChartWorker(patience=PLENTY, cache_bytes=len(first) * 3 // 2) as worker:
        await worker.png(small("one"))
        await worker.png(small("two"))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        await worker.png(small("one"))
        assert worker.starts == 2, "the first picture was dropped for the second"


async def test_a_worker_that_is_not_waited_for_draws_all_the_same() -> None:
    async with ChartWorker(patience=PLENTY, wait=False) as worker:
        assert worker.starts == 0
        assert (await worker.png(small())).startswith(b"\x89PNG")
        assert worker.starts == 1


@pytest.mark.parametrize("seconds", [0.0, 0.02])
async def test_a_worker_closed_while_it_starts_leaves_no_process(seconds: float) -> None:
    async with ChartWorker(wait=False) as worker:
        await asyncio.sleep(seconds)
    assert worker.pid is None


async def test_a_closed_worker_refuses() -> None:
    async with ChartWorker() as worker:
        pass
    with pytest.raises(ChartFailed) as failed:
        await worker.png(small())
    assert failed.value.failure is Failure.CLOSED


async def test_without_the_renderer_the_advice_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ChartsNotInstalled, match=r"pip install \"inflow\[charts\]\""):
        async with ChartWorker():
            pass


async def test_specs_need_no_renderer() -> None:
    code = (
        "import sys; sys.modules['vl_convert'] = None\n"
        "import bot.charts.specs, bot.charts.files, bot.charts.worker, bot.charts.renderer"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0


@pytest.mark.parametrize("name", ["chart.gif", "chart", "chart.pdf"])
async def test_an_unknown_ending_is_refused_before_drawing(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"\.png, \.svg, \.html"):
        await write_chart(small(), tmp_path / name)
    assert not (tmp_path / name).exists()


async def test_a_file_is_written_with_a_worker_of_its_own(tmp_path: Path) -> None:
    chart = chart_for(compare_answer())
    assert chart is not None
    path = tmp_path / "chart.PNG"
    await write_chart(chart, path)
    assert path.read_bytes().startswith(b"\x89PNG")
