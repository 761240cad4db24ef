"""Be polite to one host: one request at a time, a pause between two, and give up in time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from yarl import URL

from index.errors import FetchError
from index.web.http_client import Reply

LONGEST_WAIT = 60.0  # seconds; a host that asks for more is given up
_FAILURES = 3  # in a row


class Host:
    """One host name."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._free_at = 0.0
        self._failures = 0
        self._refusal: str | None = None

    async def ask(self, url: URL, request: Callable[[], Awaitable[Reply]], delay: float) -> Reply:
        """Make the request when it is its turn, `delay` seconds after the one before.

        HTTP 429 and 503 with a short `Retry-After` are retried once. Raises FetchError if the host
        is given up: all later requests to it fail at once, with the same reason.
        """
        async with self._turn:
            reply, waited = await self._next(url, request, delay), False
            while (wait := self._wait(reply, waited)) is not None:
                await asyncio.sleep(wait)
                reply, waited = await self._next(url, request, delay), True
            if self._refusal:
                raise FetchError(str(url), self._refusal)
            return reply

    async def _next(self, url: URL, request: Callable[[], Awaitable[Reply]], delay: float) -> Reply:
        if self._refusal:
            raise FetchError(str(url), self._refusal)
        await asyncio.sleep(max(0.0, self._free_at - monotonic()))
        try:
            reply = await request()
        finally:
            self._free_at = monotonic() + delay
        self._failures = self._failures + 1 if reply.failure else 0
        if self._failures == _FAILURES:
            self._refusal = f"gave up on this host after {_FAILURES} failures: {reply.failure}"
        return reply

    def _wait(self, reply: Reply, waited: bool) -> float | None:
        """Return the seconds to wait before asking again; None if it is not asked again."""
        if reply.status not in (429, 503):
            return None
        wait = retry_after(reply.headers.get("Retry-After"))
        if wait is not None and wait <= LONGEST_WAIT and not waited:
            return wait
        # A page may be out of service by itself; 429 and Retry-After speak for the host.
        if reply.status == 429 or wait is not None:
            asked = "" if wait is None else f", asks to wait {wait:,.0f} s"
            again = " again" if waited else ""
            self._refusal = f"gave up on this host: HTTP {reply.status}{again}{asked}"
        return None


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, given as such or as a date."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter for a year of twenty figures
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
