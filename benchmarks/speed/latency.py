"""How long a coverage takes to answer, stage by stage and for several readers at once."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import index.answers.answer
from benchmarks.speed.stopwatch import Stopwatch
from index.coverage import THREADS, Coverage
from index.evaluation.metrics import LabelledQuestion
from index.models import PassageNo, Progress
from index.search.hybrid import HybridSearch
from index.snapshot.inverted_index import Postings
from index.snapshot.snapshot import Snapshot
from index.snapshot.vector_index import PassageVectors

AT_ONCE = (1, 8, 32)
STAGES = ("encode", "dense", "lexical", "sentences", "quotes", "reader", "all but encode", "all")
_RECALLED = 20
_MOST_RECALLED = 200  # questions
_ROWS = 16_384  # in memory, of the exact search
_TICK = 0.01  # seconds

Percentiles = dict[str, float]


def time_stages(
    coverage: Coverage, asked: Sequence[LabelledQuestion], progress: Progress
) -> dict[str, Percentiles]:
    """Return p50, p95 and p99 of a question's milliseconds, by stage, asked one after the other.

    Those of the processor are of all threads together: a reader has threads of its own.
    """
    watch, used = Stopwatch(), Stopwatch(time.process_time)
    for each in (watch, used):
        each.hook("encode", type(coverage._encoder), "encode_question")
        each.hook("all", Coverage, "answer")
    watch.hook("dense", PassageVectors, "search")
    watch.hook("dense", PassageVectors, "cosines")
    watch.hook("lexical", Postings, "scores")
    watch.hook("lexical", Postings, "document_frequencies")
    watch.hook("sentences", HybridSearch, "_found")
    watch.hook("quotes", index.answers.answer, "draft_quotes")
    if coverage._reader:
        watch.hook("reader", type(coverage._reader), "read")
    laps, processor = [], []
    for done, question in enumerate(asked, 1):
        coverage.answer(question.text, asked_on=question.asked_on)
        laps.append(_but_encode(watch.lap()))
        processor.append(_but_encode(used.lap()))
        progress("Asking one after the other", done, len(asked))
    times = {stage: _percentiles([lap.get(stage, 0.0) for lap in laps]) for stage in STAGES}
    # What other programs do at the time does not count here.
    return times | {
        f"{stage}, processor": _percentiles([lap[stage] for lap in processor])
        for stage in STAGES[-2:]
    }


def time_readers(
    coverage: Coverage, asked: Sequence[LabelledQuestion], readers: int, progress: Progress
) -> dict[str, float | Percentiles]:
    """Return questions a second and a reader's wait, with `readers` of them who ask on and on.

    As in the bot, `THREADS` threads do the work, beside the event loop: `loop_ms` is how late that
    ever was, and Discord's heartbeat with it.
    """
    waits: list[float] = []
    late = [0.0]
    left = iter(asked)

    async def read(worker: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        for each in left:
            started = time.perf_counter()
            await loop.run_in_executor(worker, coverage.answer, each.text)
            waits.append(time.perf_counter() - started)
            progress(f"Asking {readers} at once", len(waits), len(asked))

    async def watch() -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(_TICK)
            late.append(time.perf_counter() - started - _TICK)

    async def read_all() -> None:
        watching = asyncio.create_task(watch())
        with ThreadPoolExecutor(THREADS) as worker:
            await asyncio.gather(*(read(worker) for _ in range(readers)))
        watching.cancel()

    started = time.perf_counter()
    asyncio.run(read_all())
    per_second = len(asked) / (time.perf_counter() - started)
    return {
        "per_second": per_second,
        "wait_ms": _percentiles(waits),
        "loop_ms": max(late) * 1000,
    }


def recall(coverage: Coverage, asked: Sequence[LabelledQuestion], progress: Progress) -> float:
    """Return the share of the 20 truly nearest passages that the dense leg finds."""
    questions = asked[:_MOST_RECALLED]
    vectors = np.stack([coverage._encoder.encode_question(each.text) for each in questions])
    store, total = coverage._store, coverage.manifest.passages
    assert isinstance(store, Snapshot)  # noqa: S101  # no other store has rows to compare with
    passages = store.passage_vectors
    best = np.empty((len(vectors), 0))
    numbers = np.empty((len(vectors), 0), np.int64)
    for first in range(0, total, _ROWS):
        count = min(_ROWS, total - first)
        block = vectors @ passages.read([PassageNo(row) for row in range(first, first + count)]).T
        best = np.hstack([best, block])
        numbers = np.hstack([numbers, np.tile(np.arange(first, first + count), (len(best), 1))])
        kept = np.argsort(-best, axis=1)[:, :_RECALLED]
        best = np.take_along_axis(best, kept, axis=1)
        numbers = np.take_along_axis(numbers, kept, axis=1)
        progress("Comparing all passages", first + count, total)
    found = [passages.search(vector, _RECALLED).keys() for vector in vectors]
    shares = [
        len(one & set(row)) / len(row) for one, row in zip(found, numbers.tolist(), strict=True)
    ]
    return float(np.mean(shares))


def _but_encode(lap: dict[str, float]) -> dict[str, float]:
    return lap | {"all but encode": lap["all"] - lap.get("encode", 0.0)}


def _percentiles(seconds: Sequence[float]) -> Percentiles:
    return {f"p{share}": float(np.percentile(seconds, share)) * 1000 for share in (50, 95, 99)}
