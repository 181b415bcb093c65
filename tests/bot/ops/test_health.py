"""What an operator's tools see on loopback."""

import asyncio

import aiohttp

from bot.ops.health import Health, serving_health, watch_lag
from bot.ops.metrics import Metrics


async def _yes() -> bool:
    return True


async def _no() -> bool:
    return False


async def _raises() -> bool:
    raise ConnectionError("the database is away")


async def _fetch(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def test_ready_needs_every_check() -> None:
    async with serving_health(Health({"database": _yes, "discord": _yes}), Metrics(), port=0) as port:
        assert await _fetch(port, "/readyz") == (200, '{"ready": true, "checks": {"database": true, "discord": true}}')
    async with serving_health(Health({"database": _raises, "discord": _no}), Metrics(), port=0) as port:
        status, text = await _fetch(port, "/readyz")
        assert status == 503
        assert "away" not in text
        assert (await _fetch(port, "/healthz"))[0] == 200


async def test_counts_reach_the_metrics_page() -> None:
    metrics = Metrics()
    with metrics.answering("ask"):
        metrics.answered("ask", "no_data")
    metrics.show_revision(7)
    metrics.failed("timeout")
    metrics.edited("figure-add")
    metrics.announced("sent")
    async with serving_health(Health({}), metrics, port=0) as port:
        status, text = await _fetch(port, "/metrics")
    assert status == 200
    assert 'inflow_questions_total{door="ask",outcome="no_data"} 1.0' in text
    assert "inflow_dataset_revision 7.0" in text
    assert 'inflow_answer_seconds_count{door="ask"} 1.0' in text


async def test_two_bots_never_share_a_count() -> None:
    first, second = Metrics(), Metrics()
    first.answered("ask", "answered")
    assert b'outcome="answered"' not in second.page()


async def test_a_blocked_loop_shows_as_lag() -> None:
    metrics = Metrics()
    watch = asyncio.create_task(watch_lag(metrics, every=0.01))
    await asyncio.sleep(0.02)
    import time

    time.sleep(0.2)  # noqa: ASYNC251 - blocking is the very thing under test
    value = 0.0
    for _ in range(1_000):  # turns of the loop: the watch wakes in one of the first
        await asyncio.sleep(0)
        value = max(value, metrics.registry.get_sample_value("inflow_event_loop_lag_seconds") or 0.0)
    watch.cancel()
    assert value > 0.1
