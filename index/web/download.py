"""Download addresses: obey robots.txt, follow redirects, limit time and size."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from yarl import URL

from index.errors import FetchError
from index.web.addresses import read_address
from index.web.http_client import Connections, Reply
from index.web.politeness import Host
from index.web.robots import Rules, read_rules
from index.web.sources import PAGE_BYTES

MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets a host answer "not modified"."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Download:
    """What an address holds; `address` is where it was found, after redirects."""

    address: str
    data: bytes
    content_type: str
    validators: Validators


class Downloader:
    """Asks each host one thing at a time, `delay` seconds apart, and obeys its robots.txt.

    `seconds` limits the time for one address, redirects included; waiting for the host is not
    counted.
    """

    def __init__(self, connections: Connections, delay: float = 1.0, seconds: float = 20.0) -> None:
        self._connections = connections
        self._delay = delay
        self._seconds = seconds
        self._hosts: defaultdict[str | None, Host] = defaultdict(Host)
        self._rules: dict[URL, Rules] = {}
        self._reading_rules: defaultdict[URL, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(
        self,
        address: str,
        max_bytes: int = PAGE_BYTES,
        validators: Validators = Validators(),
    ) -> Download | None:
        """Return what the address holds; None if it was not modified since `validators`.

        Raises FetchError with the reason if it may not be fetched or could not be.
        """
        start = read_address(address)
        try:
            url, reply = await self._follow(start, validators.headers, max_bytes)
            if reply.status == 304 and validators.headers:
                return None
            if reply.status != 200:
                raise FetchError(str(url), f"HTTP {reply.status}")
        except FetchError as error:
            moved = "" if error.address == str(start) else f"redirected to {error.address}: "
            raise FetchError(address, f"{moved}{error.reason}") from None
        found = Validators(reply.headers.get("ETag"), reply.headers.get("Last-Modified"))
        return Download(str(url), reply.data, reply.headers.get("Content-Type", ""), found)

    async def _follow(
        self, url: URL, headers: Mapping[str, str], max_bytes: int, *, obey: bool = True
    ) -> tuple[URL, Reply]:
        """Return the first reply that is not a redirect, and its address."""
        left = self._seconds
        for _ in range(1 + MAX_REDIRECTS):
            reply = await self._ask(url, headers, max_bytes, left, obey=obey)
            if reply.failure:
                raise FetchError(str(url), reply.failure)
            target = reply.headers.get("Location")
            if reply.status not in _REDIRECTS or not target:
                return url, reply
            url = read_address(target, base=url)
            left -= reply.seconds
        raise FetchError(str(url), f"more than {MAX_REDIRECTS} redirects")

    async def _ask(
        self, url: URL, headers: Mapping[str, str], max_bytes: int, seconds: float, *, obey: bool
    ) -> Reply:
        rules = await self._rules_of(url.origin()) if obey else Rules()
        if refusal := rules.refuse(url):
            raise FetchError(str(url), refusal)
        return await self._hosts[url.host].ask(
            url,
            lambda: self._connections.request(url, headers, max_bytes, seconds),
            max(self._delay, rules.delay),
        )

    async def _rules_of(self, origin: URL) -> Rules:
        async with self._reading_rules[origin]:
            if origin not in self._rules:
                self._rules[origin] = await self._read_rules(origin / "robots.txt")
            return self._rules[origin]

    async def _read_rules(self, url: URL) -> Rules:
        try:
            _, reply = await self._follow(url, {}, PAGE_BYTES, obey=False)
        except FetchError as error:
            return Rules(refusal=f"robots.txt cannot be had: {error.reason}")
        return await asyncio.to_thread(read_rules, reply.status, reply.data)
