"""Make one bounded HTTP request over a checked connection; no other module uses the network.

The IP address is checked when the socket is opened, so that neither its spelling nor a name that
resolves differently the second time gets around the check.
"""

import asyncio
import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from index.errors import FetchError
from index.web.addresses import closed_to_us
from index.web.robots import AGENT

USER_AGENT = f"{AGENT}/0.1 (On Record, a self-hosted archive of news articles)"
_AT_ONCE = 8  # requests, to as many hosts
_AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of one request: an HTTP reply, or why there is none (`failure`).

    `data` is empty unless the status is 200; `seconds` is what the request took.
    """

    seconds: float
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes = b""
    failure: str | None = None


class Connections:
    """Connections to public addresses only, unless `allow_private`; no cookies, no credentials.

    `resolver` finds the IP addresses of names; by default the system's.
    """

    def __init__(
        self, *, allow_private: bool = False, resolver: AbstractResolver | None = None
    ) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(resolver=self._resolver, socket_factory=self._open_socket)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(total=None),  # `request` has its own
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def request(
        self, url: URL, headers: Mapping[str, str], max_bytes: int, seconds: float
    ) -> Reply:
        """Ask once, without following redirects.

        Raises FetchError if the body, unpacked, is larger than `max_bytes`.
        """
        async with self._slots:
            started = monotonic()
            try:
                async with asyncio.timeout(seconds):
                    return await self._read(url, headers, max_bytes, started)
            except TimeoutError:
                failure = f"no full reply within {seconds:.2g} s"
            except aiohttp.ClientConnectorError as error:
                failure = f"cannot connect: {error.os_error.strerror or error.os_error}"
            except (aiohttp.ClientError, OSError, ValueError) as error:
                failure = f"no proper reply: {str(error) or type(error).__name__}"
            return Reply(monotonic() - started, failure=failure)

    async def _read(
        self, url: URL, headers: Mapping[str, str], max_bytes: int, started: float
    ) -> Reply:
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            data = bytearray()
            if response.status == 200:
                # Unpacked in pieces, so that a body that is too large does not fill the memory.
                async for piece in response.content.iter_chunked(1 << 16):
                    data += piece
                    if len(data) > max_bytes:
                        raise FetchError(str(url), f"larger than {max_bytes / 1e6:g} MB")
            took = monotonic() - started
            return Reply(took, response.status, response.headers, bytes(data))

    def _open_socket(self, info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, (ip, *_) = info
        closed = None if self._allow_private else closed_to_us(ip)
        if closed:
            reason = f"{ip} is no public address ({closed}); --allow-private lets it through"
            raise OSError(errno.EACCES, reason)
        return socket.socket(family, kind, protocol)
