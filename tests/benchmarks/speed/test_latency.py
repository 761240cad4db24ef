"""Stages are timed, readers share threads, and recall is the share of what all comparing finds."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from benchmarks.speed.latency import STAGES, recall, time_readers, time_stages
from index.coverage import THREADS, Coverage
from index.evaluation.metrics import LabelledQuestion
from index.models import silent
from index.reader.base import Verdict
from index.snapshot.snapshot import open_snapshot
from index.snapshot.vector_index import PassageVectors
from tests.index.fake_reader import FakeReader

ASKED = [LabelledQuestion(n, f"Who opened bridge {n}?", (), frozenset(), True) for n in range(12)]


class Slow:
    """Notes who asks what, and how many at once."""

    def __init__(self):
        self.questions, self.threads = [], set()
        self.asking, self.most = [], 0

    def answer(self, question):
        self.questions.append(question)
        self.threads.add(threading.current_thread().name)
        self.asking.append(question)
        self.most = max(self.most, len(self.asking))
        time.sleep(0.01)
        self.asking.remove(question)


@pytest.mark.parametrize("readers", [1, 4])
def test_readers_ask_every_question_once_as_many_at_a_time_as_the_bot_answers(readers):
    slow = Slow()

    figures = time_readers(slow, ASKED, readers, silent)

    assert sorted(slow.questions) == sorted(each.text for each in ASKED)
    assert slow.most == min(THREADS, readers)
    assert threading.current_thread().name not in slow.threads
    assert 0 < figures["per_second"] <= 100 * THREADS
    # With four, each waits for those before it.
    assert figures["wait_ms"]["p50"] >= 10 * readers / min(THREADS, readers) - 1


def test_late_event_loop_is_noticed():
    class Greedy:
        """Lets no other thread run while it answers."""

        def answer(self, question):
            ends = time.perf_counter() + 0.1
            while time.perf_counter() < ends:
                pass

    before = sys.getswitchinterval()
    sys.setswitchinterval(1)
    try:
        figures = time_readers(Greedy(), ASKED[:3], 2, silent)
    finally:
        sys.setswitchinterval(before)

    assert figures["loop_ms"] > 30


@pytest.fixture
def coverage(tiny_index, tiny_encoder):
    with closing(Coverage(open_snapshot(tiny_index), tiny_encoder)) as opened:
        yield opened


class BusyReader(FakeReader):
    """Works for a twentieth of a second on each question, in a thread of its own."""

    def read(self, question, windows):
        with ThreadPoolExecutor(1) as worker:
            worker.submit(self._work).result()
        return [Verdict(0.0) for _ in windows]

    def _work(self):
        ends = time.thread_time() + 0.05
        while time.thread_time() < ends:
            pass


class TestStages:
    QUESTIONS = [LabelledQuestion("1", "Who leads the CSTO?", (), frozenset(), True)] * 2

    @pytest.fixture
    def times(self, tiny_index, tiny_encoder, monkeypatch):
        """Time the questions with a reader or without; what is hooked is as before at the end."""
        stopwatch = "benchmarks.speed.stopwatch.setattr"
        monkeypatch.setattr(stopwatch, monkeypatch.setattr, raising=False)

        def measure(reader=None):
            with Coverage(open_snapshot(tiny_index), tiny_encoder, reader=reader) as coverage:
                return time_stages(coverage, self.QUESTIONS, silent)

        return measure

    def test_every_stage_is_timed(self, times):
        found = times(BusyReader({}))

        assert found.keys() == {*STAGES, "all but encode, processor", "all, processor"}
        assert all(0 < found[stage]["p50"] <= found["all"]["p99"] for stage in STAGES)
        assert found["reader"]["p50"] >= 50

    def test_what_a_reader_does_in_its_own_threads_counts_for_the_processor(self, times):
        found = times(BusyReader({}))

        assert found["all, processor"]["p50"] >= 50
        assert found["all but encode, processor"]["p50"] >= 50

    def test_reader_takes_no_time_if_there_is_none(self, times):
        assert times()["reader"] == {"p50": 0, "p95": 0, "p99": 0}


def test_recall_of_an_exact_search_is_full(coverage, monkeypatch):
    monkeypatch.setattr("benchmarks.speed.latency._ROWS", 5)

    assert recall(coverage, ASKED, silent) == 1


def test_recall_falls_with_what_is_not_found(coverage, monkeypatch):
    search = PassageVectors.search

    def few(self, vector, count):
        return dict(list(search(self, vector, count).items())[:2])

    monkeypatch.setattr(PassageVectors, "search", few)

    assert recall(coverage, ASKED, silent) == pytest.approx(2 / coverage.manifest.passages)
