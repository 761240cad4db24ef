"""Failures for the log: their tracebacks without messages, which may contain a question."""

import logging
import traceback

import aiohttp
import discord

log = logging.getLogger(__name__)

# A cut connection surfaces as the last two, not as an HTTPException.
SEND_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)


def described(error: BaseException) -> str:
    """Return the tracebacks of an error and of its causes, the first cause first.

    Only messages of Discord and of the network are included.
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    message = f": {error}" if isinstance(error, SEND_ERRORS) else ""
    frames = "".join(traceback.format_tb(error.__traceback__))
    own = f"{frames}{type(error).__qualname__}{message}"
    return f"{described(cause)}\n\n{own}" if cause else own


def log_dropped(dropped: int) -> None:
    """Log how many of the quotes found are not, word for word, in the stored articles."""
    if dropped:
        log.error("dropped %d quote(s) that are not in the stored article", dropped)
