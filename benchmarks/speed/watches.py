"""What watched questions cost after a new index: `python -m benchmarks.speed.watches`."""

import asyncio
import time
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import discord
import typer

from benchmarks.speed.memory import memory_mb
from bot.cards.base import Card
from bot.features.watch_answers import Pace
from bot.features.watch_checks import WatchChecks
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.notifying import Notifier, Outcome
from bot.runtime.watch_file import ServerChannel, WatchFile
from index.coverage import Coverage, open_coverage
from index.models import Filters
from index.reader.opening import ON
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, ReaderName, output, read_place, run
from scripts._questions import read_questions

_TICK = 0.01  # seconds
_HURRIED = Pace(poll=_TICK, budget=float("inf"), apart=0.0)


class _Nobody(Notifier):
    """Counts what would have been sent."""

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents.none()))
        self.sent = 0

    async def notify(
        self, user_id: int, channel: ServerChannel | None, card: Card, nonce: str
    ) -> Outcome:
        """Send the card to nobody."""
        self.sent += 1
        return Outcome.SENT


def watches(
    questions: Annotated[
        Path, typer.Option(help="JSONL file of `id, question`.", exists=True, dir_okay=False)
    ],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    reader: ReaderName = ON,
    count: Annotated[int, typer.Option("--watches", min=1, help="Watched questions.")] = 1000,
    new: Annotated[int, typer.Option(min=1, help="Articles that count as new.")] = 100,
) -> None:
    """Check watched questions against the newest articles of an index, as the bot does.

    Example: `python -m benchmarks.speed.watches --questions questions.jsonl --watches 1000`
    """
    asked = [each.text for each in read_questions(questions)]
    coverage = open_coverage(read_place(index_dir), reader=reader)
    keys = _newest(coverage, new)
    setattr(coverage, "news_since", lambda _: keys)  # noqa: B010  # mypy takes it for a method
    with TemporaryDirectory() as folder:
        file = WatchFile(Path(folder) / "watches.db")
        started = time.perf_counter()
        for number, question in enumerate(islice(cycle(asked), count)):
            file.add(number, None, question, "", "en", "an earlier snapshot")
        adding = time.perf_counter() - started
        asyncio.run(_check(coverage, file, count, len(keys)))
        output.print(f"adding a watch: {adding / count * 1000:.1f} ms")


def _newest(coverage: Coverage, count: int) -> frozenset[str]:
    store = coverage._store
    numbers = [each.number for each in store.dated_within(Filters())[-count:]]
    return frozenset(each.article.key for each in store.articles(numbers).values())


async def _check(coverage: Coverage, file: WatchFile, count: int, new: int) -> None:
    pool, nobody = CoveragePool(coverage), _Nobody()
    coverage.answer("Is anything loaded only for the first question?")
    before = memory_mb()
    checks = WatchChecks(pool, file, nobody, _HURRIED)
    started, used, latest = time.perf_counter(), time.process_time(), 0.0
    checks.start()
    while not checks.is_done:
        ticked = time.perf_counter()
        await asyncio.sleep(_TICK)
        latest = max(latest, time.perf_counter() - ticked - _TICK)
    took, after = time.perf_counter() - started, memory_mb()
    used = time.process_time() - used
    await checks.finish(1.0)
    output.print(f"{count:,} watches, {new:,} new articles of {coverage.manifest.articles:,}:")
    output.print(f"checked in {took:.1f} s, half of them pauses; {nobody.sent:,} have an answer")
    output.print(f"processor: {used:.1f} s, {used / count * 1000:.1f} ms a watch")
    output.print(f"the connection to Discord was served at most {latest * 1000:.0f} ms late")
    if before:
        most = after["peak"] - before["now"]
        output.print(f"memory: {before['now']:.0f} MB before, at most {most:.0f} MB more meanwhile")
    pool.close()


if __name__ == "__main__":
    run(watches)
