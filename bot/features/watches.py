"""Watched questions: adding, listing and stopping them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.cards.answer import answer_card
from bot.cards.base import Card, notice_card
from bot.cards.watches import WatchLine, asked_line, watches_card, watching_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.failures import log_dropped
from bot.runtime.watch_file import ServerChannel, Watch, WatchFile, WatchRejection
from bot.wording.phrases import Phrases
from index.coverage import Coverage
from index.models import Answer, Status
from index.search.follow_up import ConversationQuestion


class Watches:
    """Keeps what members want to be told of; questions are never logged."""

    def __init__(
        self,
        pool: CoveragePool,
        delivery: Delivery,
        file: WatchFile | None,
        *,
        has_votes: bool = False,
    ) -> None:
        self._pool = pool
        self._delivery = delivery
        self._file = file
        self._has_votes = has_votes

    async def add(
        self,
        asked: ConversationQuestion,
        reader: Reader,
        here: ServerChannel | None,
        *,
        is_told_here: bool,
    ) -> None:
        """Watch a question, or show its answer if the coverage has one by now.

        `here` is the channel, None if nothing can be posted in it later; `is_told_here` if the
        answer is to be.
        """
        phrases, today = reader.phrases, datetime.now(UTC).date()

        def find(coverage: Coverage) -> tuple[str, Answer]:
            return coverage.snapshot_id, coverage.answer(asked.text, asked_on=today)

        async def make(file: WatchFile) -> Card:
            if not any(map(str.isalnum, asked.question)):
                return notice_card(phrases.say("watch-no-question"))
            snapshot_id, answer = await self._pool.run(find)
            log_dropped(answer.dropped)
            if answer.status is Status.ANSWERED:
                return self._answered_now(answer, asked, today, reader)
            added = await asyncio.to_thread(
                file.add,
                reader.user_id,
                here if is_told_here else None,
                asked.question,
                asked.topic,
                phrases.language,
                snapshot_id,
            )
            if isinstance(added, WatchRejection):
                return _not_added(added, file.most_per_member, phrases)
            can_move = here is not None and added.channel is None
            return watching_card(line_of(added), phrases, can_move=can_move)

        await self._send(make, reader)

    async def show(self, reader: Reader) -> None:
        """Send the list of all that the reader watches."""

        async def make(file: WatchFile) -> Card:
            watches = await asyncio.to_thread(file.of_member, reader.user_id)
            lines = [line_of(each) for each in watches]
            return watches_card(lines, file.most_per_member, reader.phrases)

        await self._send(make, reader)

    async def stop(self, watch_id: int, reader: Reader) -> None:
        """End a watch of this reader."""

        async def make(file: WatchFile) -> Card:
            watch = await asyncio.to_thread(file.stop, watch_id, reader.user_id)
            return notice_card(reader.phrases.say("watch-stopped" if watch else "watch-is-over"))

        await self._send(make, reader)

    async def move(self, watch_id: int, channel: ServerChannel, reader: Reader) -> None:
        """Have the answer of a watch of this reader posted in a channel, if it is yet to come."""

        async def make(file: WatchFile) -> Card:
            watch = await asyncio.to_thread(file.move, watch_id, reader.user_id, channel)
            if watch is None:
                return notice_card(reader.phrases.say("watch-is-over"))
            if watch.channel != channel:
                return notice_card(reader.phrases.say("watch-has-answer"))
            return watching_card(line_of(watch), reader.phrases, can_move=False)

        await self._send(make, reader)

    async def show_answer(self, watch_id: int, reader: Reader) -> None:
        """Send the answer of a watch of this reader, and end the watch once it was sent.

        If the answer is gone meanwhile, the question is watched again.
        """
        shown = list[Watch]()

        async def make(file: WatchFile) -> Card:
            own = await asyncio.to_thread(file.of_member, reader.user_id)
            watch = next((each for each in own if each.id == watch_id), None)
            if watch is None:
                return notice_card(reader.phrases.say("watch-is-over"))
            asked = ConversationQuestion(watch.question, watch.topic)
            asked_on = watch.asked_at.date()
            snapshot_id, answer = await self._pool.run(
                lambda coverage: (
                    coverage.snapshot_id,
                    coverage.answer(asked.text, asked_on=asked_on),
                )
            )
            log_dropped(answer.dropped)
            if has_quotes := answer.status is Status.ANSWERED and bool(answer.quotes):
                shown.append(watch)
            elif not await asyncio.to_thread(file.resume, watch.id, snapshot_id):
                return notice_card(reader.phrases.say("watch-is-over"))
            notice = _shown_line(watch, reader) if has_quotes else _resumed_line(reader)
            return self._shown(replace(answer, question=asked.question), watch, notice, reader)

        is_sent = await self._send(make, reader)
        if is_sent and shown and self._file is not None:
            await asyncio.to_thread(self._file.stop, watch_id, reader.user_id)

    async def _send(self, make: Callable[[WatchFile], Awaitable[Card]], reader: Reader) -> bool:
        """Send the card that is made, or say that watches are off; return whether it was sent."""

        async def make_or_say() -> Card:
            if self._file is None:
                return notice_card(reader.phrases.say("watches-are-off"))
            return await make(self._file)

        return await self._delivery.send(make_or_say, reader)

    def _shown(self, answer: Answer, watch: Watch, notice: str, reader: Reader) -> Card:
        return answer_card(
            answer,
            reader.user_id,
            reader.phrases,
            topic=watch.topic,
            notice=notice,
            has_votes=self._has_votes,
            is_private=reader.is_private,
        )

    def _answered_now(
        self, answer: Answer, asked: ConversationQuestion, asked_on: date, reader: Reader
    ) -> Card:
        return answer_card(
            answer,
            reader.user_id,
            reader.phrases,
            topic=asked.topic,
            notice=reader.phrases.say("watch-answered-already"),
            has_votes=self._has_votes,
            asked_on=asked_on,
            is_private=reader.is_private,
        )


def line_of(watch: Watch) -> WatchLine:
    """Return what a card says of a watch."""
    channel_id = watch.channel.channel_id if watch.channel else None
    return WatchLine(watch.id, watch.question, watch.asked_at, channel_id, watch.is_answered)


def _shown_line(watch: Watch, reader: Reader) -> str:
    return asked_line(line_of(watch), reader.user_id, reader.phrases, is_private=True)


def _resumed_line(reader: Reader) -> str:
    gone = reader.phrases.say("watch-answer-gone")
    return f"{gone} {reader.phrases.say('watch-told-privately')}"


def _not_added(rejection: WatchRejection, most: int, phrases: Phrases) -> Card:
    if rejection is WatchRejection.TOO_MANY:
        return notice_card(phrases.say("watch-too-many", count=most))
    return notice_card(phrases.say("watch-already"))
