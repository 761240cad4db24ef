"""Requests over a connection that may be cut: sent again if Discord takes them only once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container
from typing import TypeVar

import aiohttp
import discord

log = logging.getLogger(__name__)

T = TypeVar("T")

# Discord's error code if an earlier request was carried out.
# Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
ALREADY_ACKNOWLEDGED = 40060

# How long to go on trying, and how long each try may take. Discord waits 3 seconds for
# an acknowledgement, and gives an answer 15 minutes. A message may have to wait for its turn.
SECONDS_TO_ACKNOWLEDGE = (1.6, 1.2)
SECONDS_TO_EDIT = (30.0, 10.0)
SECONDS_TO_POST = (30.0, 300.0)

_CUT = (aiohttp.ClientError, OSError)  # OSError includes TimeoutError
_FIRST_PAUSE = 0.1  # seconds, doubled after each try


async def retry_if_cut(
    send: Callable[[], Awaitable[T]],
    seconds: float,
    seconds_per_try: float,
    done_codes: Container[int] = (),
) -> T | None:
    """Return what `send` returns; if the connection is cut or silent, send again for `seconds`.

    Give it only requests that are carried out once even if they arrive twice. A try ends after
    `seconds_per_try`. Return None if Discord rejects a repeated request with one of `done_codes`:
    the first one had arrived. Raises what the last try raised. Errors that Discord answers with,
    such as 503, are left to discord.py, which retries them.
    """
    loop = asyncio.get_running_loop()
    last_start, pause, was_cut = loop.time() + seconds, _FIRST_PAUSE, False
    while True:
        try:
            async with asyncio.timeout(seconds_per_try):
                return await send()
        except _CUT as error:
            was_cut = True
            if loop.time() + pause > last_start:
                raise
            log.warning("a connection to Discord was cut, trying again: %s", type(error).__name__)
        except discord.HTTPException as error:
            if was_cut and error.code in done_codes:
                return None
            raise
        await asyncio.sleep(pause)
        pause *= 2
