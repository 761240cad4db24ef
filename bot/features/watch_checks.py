"""Asks watched questions of what is new in each edition of the index, and sends the answers."""

import asyncio
import logging
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from functools import partial
from threading import Event, Thread

from bot.cards.base import Card
from bot.features.watch_answers import UNHURRIED, Pace, WatchAnswers
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.failures import described
from bot.runtime.notifying import Notifier
from bot.runtime.watch_file import Watch, WatchFile
from index.coverage import Coverage
from index.errors import StoreUnavailableError
from index.models import Answer, Filters, Status
from index.search.follow_up import ConversationQuestion

log = logging.getLogger(__name__)

_NOTED_AT_ONCE = 50  # checks; those of a bot that is killed are repeated


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a snapshot has on a watch."""

    snapshot_id: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Found:
    """The cards that tell an answer, by whether they are private; and what finding them took."""

    snapshot_id: str
    seconds: float
    cards: dict[bool, Card] | None = None


class WatchChecks:
    """Checks every watch once per edition, in a thread of its own that lets questions go first."""

    def __init__(
        self,
        pool: CoveragePool,
        file: WatchFile,
        notifier: Notifier,
        pace: Pace = UNHURRIED,
        *,
        has_votes: bool = False,
    ) -> None:
        self._pool = pool
        self._file = file
        self._pace = pace
        self._stopped = Event()
        self._answers = WatchAnswers(file, notifier, pace, self._stopped, has_votes=has_votes)
        self._thread: Thread | None = None
        self._done = ""  # the snapshot in which all was checked that the budget allowed
        self._not_before = 0.0
        self._forget_at = 0.0

    def start(self) -> None:
        """Start to check, in the running event loop's bot."""
        loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._run, args=(loop,), name="watch-checks", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether all is checked in the snapshot in use that its budget allows."""
        return self._done == self._pool.snapshot_id

    def stop(self) -> None:
        """Check nothing further; what is being sent is sent."""
        self._stopped.set()

    async def finish(self, seconds: float) -> None:
        """Stop, and wait up to `seconds` for a message that is being sent."""
        self.stop()
        if self._thread:
            await asyncio.to_thread(self._thread.join, seconds)

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopped.wait(self._pace.poll):
            try:
                self._round(loop)
            except Exception as error:  # noqa: BLE001  # the edge: a thread that ends tells nobody
                if not self._stopped.is_set():
                    log.error("checking watched questions failed\n%s", described(error))
                    self._not_before = time.monotonic() + self._pace.retry

    def _round(self, loop: asyncio.AbstractEventLoop) -> None:
        """Check what is due in the snapshot in use, unless that is done."""
        self._delete_old()
        snapshot_id = self._pool.snapshot_id
        if snapshot_id in (None, self._done) or time.monotonic() < self._not_before:
            return
        assert snapshot_id is not None  # noqa: S101  # for mypy
        due = self._file.due(snapshot_id)
        if self._check_all(due, snapshot_id, loop):
            self._done = snapshot_id

    def _delete_old(self) -> None:
        """Delete old watches from time to time, also while no index is built."""
        if (now := time.monotonic()) >= self._forget_at:
            self._forget_at = now + self._pace.forget
            self._file.delete_old()

    def _check_all(
        self, due: Sequence[Watch], snapshot_id: str, loop: asyncio.AbstractEventLoop
    ) -> bool:
        """Check these; return whether nothing is left to do in this snapshot."""
        spent, all_settled, without_answer = 0.0, True, list[int]()
        started, number = time.monotonic(), 0
        try:
            for number, watch in enumerate(due, 1):
                if self._stopped.is_set() or self._pool.snapshot_id != snapshot_id:
                    return False
                if spent > self._pace.budget:
                    log.warning("%d watch(es) wait for the next index", len(due) - number + 1)
                    break
                found = self._ask(watch, snapshot_id, loop)
                spent += found.seconds
                if found.snapshot_id != snapshot_id:
                    return False
                if found.cards is None:
                    without_answer.append(watch.id)
                    if len(without_answer) >= _NOTED_AT_ONCE:
                        self._note(without_answer, snapshot_id)
                else:
                    all_settled &= self._send(watch, found.cards, loop)
                self._stopped.wait(found.seconds)  # half of the time is for others
        finally:
            self._note(without_answer, snapshot_id)
        if due:
            took = time.monotonic() - started
            log.info("checked %d watch(es) in %.1f s, %.1f s of a worker", number, took, spent)
        return all_settled

    def _send(self, watch: Watch, cards: dict[bool, Card], loop: asyncio.AbstractEventLoop) -> bool:
        """Send the answer; if that is to be repeated, return False and pause all checks."""
        if self._answers.send(watch, cards, loop):
            return True
        self._not_before = time.monotonic() + self._pace.retry
        return False

    def _note(self, watch_ids: list[int], snapshot_id: str) -> None:
        if watch_ids:
            self._file.set_checked(watch_ids, snapshot_id)
            watch_ids.clear()

    def _ask(self, watch: Watch, snapshot_id: str, loop: asyncio.AbstractEventLoop) -> _Found:
        """Return what tells the answer; log a failure, which counts as none."""
        started = time.monotonic()
        try:
            checked, seconds = self._pool.run_when_idle(partial(_check, watch))
            return _Found(
                checked.snapshot_id, seconds, self._answers.make_cards(watch, checked.answer, loop)
            )
        except (StoreUnavailableError, CancelledError):
            raise
        except Exception as error:  # one watch must not stop the others
            if self._stopped.is_set() or self._pool.snapshot_id is None:
                raise
            log.error("checking a watched question failed\n%s", described(error))
            return _Found(snapshot_id, time.monotonic() - started)


def _check(watch: Watch, coverage: Coverage) -> _Checked:
    """Ask the question, of the day it was asked on, of what is new since it was checked last."""
    keys = coverage.news_since(watch.checked)
    if keys is not None and not keys:
        return _Checked(coverage.snapshot_id, Answer(watch.question, Status.NO_MATCH))
    asked = ConversationQuestion(watch.question, watch.topic)
    answer = coverage.answer(asked.text, filters=Filters(keys=keys), asked_on=watch.asked_at.date())
    answer = replace(answer, question=watch.question, filters=Filters())
    return _Checked(coverage.snapshot_id, answer)
