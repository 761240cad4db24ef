"""Sends the answer of a watch to its member, once."""

import asyncio
import logging
from concurrent.futures import CancelledError
from dataclasses import dataclass
from threading import Event

from bot.cards.answer import answer_card
from bot.cards.base import Card
from bot.cards.watches import asked_line
from bot.features.watches import line_of
from bot.runtime.notifying import Notifier, Outcome
from bot.runtime.watch_file import Attempt, Watch, WatchFile
from bot.wording.phrases import phrases_in
from index.models import Answer, Status

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How checks share the machine with questions: seconds.

    `poll` lies between two looks at the snapshot in use, `budget` is what an edition may take of a
    worker, `retry` how long to wait if Discord could not be reached, `apart` between two messages,
    `repeat` before a message is repeated that may have arrived, `forget` between two deletions of
    old watches.
    """

    poll: float = 2.0
    budget: float = 600.0
    retry: float = 300.0
    apart: float = 1.0
    repeat: float = 20.0
    forget: float = 3600.0


UNHURRIED = Pace()


class WatchAnswers:
    """Makes and sends cards from a thread; `stopped` ends every wait."""

    def __init__(
        self,
        file: WatchFile,
        notifier: Notifier,
        pace: Pace,
        stopped: Event,
        *,
        has_votes: bool = False,
    ) -> None:
        self._file = file
        self._notifier = notifier
        self._pace = pace
        self._stopped = stopped
        self._has_votes = has_votes

    def make_cards(
        self, watch: Watch, answer: Answer, loop: asyncio.AbstractEventLoop
    ) -> dict[bool, Card] | None:
        """Return the cards that tell it, by whether they are private; None without an answer.

        They are made before anything is noted as being sent: a failure leaves the watch as it was.
        """
        if answer.status is not Status.ANSWERED or not answer.quotes:
            return None

        async def make() -> dict[bool, Card]:
            return {each: self._card(watch, answer, each) for each in (True, False)}

        return asyncio.run_coroutine_threadsafe(make(), loop).result()

    def send(self, watch: Watch, cards: dict[bool, Card], loop: asyncio.AbstractEventLoop) -> bool:
        """Send the member a card, at most once; return False if that is to be repeated."""
        while attempt := self._file.begin_sending(watch.id):
            try:
                outcome = self._try(watch, attempt, cards, loop)
            except CancelledError:  # the bot is stopping: the next start decides
                return False
            if outcome is Outcome.UNCERTAIN:
                if self._stopped.wait(self._pace.repeat):
                    return False
            elif outcome is Outcome.UNREACHABLE and attempt.channel and not attempt.may_be_there:
                self._file.make_private(watch.id)
            else:
                return self._settle(watch, outcome)
        return True

    def _try(
        self,
        watch: Watch,
        attempt: Attempt,
        cards: dict[bool, Card],
        loop: asyncio.AbstractEventLoop,
    ) -> Outcome:
        """Return what became of the message, in this attempt and in those before."""
        card = cards[attempt.channel is None]
        nonce = f"watch-{watch.id}"
        sending = self._notifier.notify(watch.user_id, attempt.channel, card, nonce)
        outcome = asyncio.run_coroutine_threadsafe(sending, loop).result()
        if outcome is Outcome.FAILED and attempt.may_be_there:
            return Outcome.UNCERTAIN
        return outcome

    def _settle(self, watch: Watch, outcome: Outcome) -> bool:
        """Note what became of a message; return False if it is to be tried again."""
        match outcome:
            case Outcome.SENT:
                self._file.end_sending(watch.id, is_sent=True)
            case Outcome.LEFT:
                log.info("dropped a watch: its member has left")
                self._file.end_sending(watch.id, is_sent=True)
            case Outcome.UNREACHABLE:
                log.info("a watch has an answer, but its member takes no direct messages or has it")
                self._file.set_answered(watch.id)
            case _:
                self._file.end_sending(watch.id, is_sent=False)
                return False
        self._stopped.wait(self._pace.apart)
        return True

    def _card(self, watch: Watch, answer: Answer, is_private: bool) -> Card:
        phrases = phrases_in(watch.language)
        return answer_card(
            answer,
            watch.user_id,
            phrases,
            topic=watch.topic,
            notice=asked_line(line_of(watch), watch.user_id, phrases, is_private=is_private),
            has_votes=self._has_votes,
            asked_on=None,  # no *More quotes*: of the whole coverage the next ones would be others
        )
