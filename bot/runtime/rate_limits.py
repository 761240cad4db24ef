"""Rate limits: questions per minute of a member and of a server, counted in memory only."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from discord.app_commands import Cooldown
from discord.ext.commands import CooldownMapping

WINDOW_SECONDS = 60.0
MEMBER_QUESTIONS = 5
SERVER_QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and in which server; `guild_id` is None in a direct message."""

    user_id: int
    guild_id: int | None


@dataclass(frozen=True, slots=True)
class Wait:
    """A limit is exceeded: seconds to wait, which limit, and whether the user was notified."""

    seconds: int
    is_of_server: bool
    already_notified: bool


class Limits:
    """Counts the questions of the last minute."""

    def __init__(
        self,
        member_questions: int = MEMBER_QUESTIONS,
        server_questions: int = SERVER_QUESTIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sizes = (member_questions, server_questions)
        self._members = _Limit(member_questions)
        self._servers = _Limit(server_questions)
        self._clock = clock

    def anew(self) -> "Limits":
        """Return limits of the same size that have counted nothing."""
        return Limits(*self._sizes, self._clock)

    def count(self, asker: Asker) -> Wait | None:
        """Count a question and return None, or return how long to wait and don't count it."""
        now = self._clock()
        asked = [(self._members, asker.user_id)]
        if asker.guild_id is not None:
            asked.append((self._servers, asker.guild_id))
        for limit, key in asked:
            if seconds := limit.seconds_left(key, now):
                already_notified = limit.already_notified(key, now)
                return Wait(math.ceil(seconds), limit is self._servers, already_notified)
        for limit, key in asked:
            limit.count(key, now)
        return None


class _Limit:
    """A number of questions per minute, for each key."""

    def __init__(self, questions: int) -> None:
        self._buckets = CooldownMapping[int](Cooldown(questions, WINDOW_SECONDS), int)
        self._notified_until: dict[int, float] = {}

    def seconds_left(self, key: int, now: float) -> float:
        bucket = self._buckets.get_bucket(key, now)
        return bucket.get_retry_after(now) if bucket else 0.0

    def count(self, key: int, now: float) -> None:
        self._buckets.update_rate_limit(key, now)

    def already_notified(self, key: int, now: float) -> bool:
        """Return whether the user was notified of this cooldown; after the first call, they are."""
        self._notified_until = {
            each: end for each, end in self._notified_until.items() if end > now
        }
        already_notified = key in self._notified_until
        self._notified_until.setdefault(key, now + self.seconds_left(key, now))
        return already_notified
