"""The health file: the running bot refreshes it, and `python -m bot --health` reads it.

The event loop writes it, so a bot that hangs lets it grow old; a bot that stops removes it.
"""

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.diagnostics import Check

log = logging.getLogger(__name__)

_REFRESH_SECONDS = 10.0
STALE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Health:
    """What the running bot knows about itself."""

    is_connected: bool
    snapshot_id: str | None
    """The snapshot in use, or None if the index is closed."""


async def keep_health_file(
    path: Path, read_health: Callable[[], Health], refresh_seconds: float = _REFRESH_SECONDS
) -> None:
    """Write the health file again and again until cancelled; then remove it.

    A file that cannot be written is logged, once, and does not stop the bot.
    """
    is_written = None
    try:
        while True:
            try:
                write_health(path, read_health())
                is_written = True
            except OSError as error:
                if is_written is not False:
                    log.warning("no health file, set HEALTH_FILE to a writable path: %s", error)
                is_written = False
            await asyncio.sleep(refresh_seconds)
    finally:
        if is_written:
            remove_health(path)


def write_health(path: Path, health: Health) -> None:
    """Replace the file at once, so that nobody reads half of it."""
    written = path.with_name(f".{path.name}-{os.getpid()}")
    written.write_text(json.dumps(asdict(health)) + "\n", "utf-8")
    written.replace(path)


def remove_health(path: Path) -> None:
    """Remove the file, since nobody refreshes it any more."""
    path.unlink(missing_ok=True)


def check_health(path: Path) -> Check:
    """Check the bot that refreshes this file."""
    try:
        age = time.time() - path.stat().st_mtime
        health = Health(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return _unhealthy(f"it is not running, or its log says why it cannot write {path}")
    except (OSError, ValueError, TypeError) as error:
        return _unhealthy(f"cannot read {path}: {error}")
    if age > STALE_SECONDS:
        return _unhealthy(
            f"it hangs or was killed: {path} is {age:.0f} s old, expected {STALE_SECONDS:.0f} s "
            "at most; restart it"
        )
    if not health.is_connected:
        return _unhealthy("it is not connected to Discord; it keeps trying, and its log says more")
    if health.snapshot_id is None:
        return _unhealthy("its index is closed; restart it")
    return Check(f"bot: connected to Discord, index {health.snapshot_id} open")


def _unhealthy(problem: str) -> Check:
    return Check("bot", problem)
