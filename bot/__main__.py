"""Start the bot: `python -m bot`; look first with `--check`.

Settings, coverage and client are put together here.
"""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from functools import partial

import discord
from pydantic import SecretStr, ValidationError

from bot.client import OnRecordBot
from bot.diagnostics import (
    NOT_ALLOWED_TO_READ,
    NOT_SET_UP,
    REFUSED,
    Check,
    check_channels,
    check_discord,
    check_index,
)
from bot.runtime.failures import SEND_ERRORS
from bot.runtime.index_watcher import Follower
from bot.runtime.rate_limits import Limits
from bot.settings import Settings
from index.coverage import Coverage, open_coverage
from index.errors import CoverageError
from index.feedback import Feedback

log = logging.getLogger(__name__)


async def serve(bot: OnRecordBot, token: SecretStr, ask_channels: frozenset[int]) -> None:
    """Run the bot until it is stopped."""
    stopping = stop_on_signals(bot)
    try:
        await bot.login(token.get_secret_value())
        for check in await check_channels(bot, ask_channels):
            if check.problem:
                log.warning("%s", check)
        await bot.connect()
    finally:
        await asyncio.gather(*stopping)
        await bot.close()


def stop_on_signals(bot: OnRecordBot) -> list[asyncio.Task[None]]:
    """Close the bot cleanly on SIGTERM and Ctrl-C; return the list that the stop will be put in."""
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []

    def stop() -> None:
        if not stopping:
            stopping.append(loop.create_task(bot.stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return stopping


def main(arguments: Sequence[str] = ()) -> int:
    """Return the exit code: 0 after a clean stop, 1 with one line on what to mend."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Start the bot.")
    parser.add_argument(
        "--check", action="store_true", help="look at settings, index, token and permissions only"
    )
    is_check = parser.parse_args(arguments).check
    discord.utils.setup_logging(level=logging.ERROR if is_check else logging.INFO)
    try:
        settings = Settings()
    except ValidationError as error:
        return _fail(_wrong_settings(error))
    return _check(settings) if is_check else _run(settings)


def _check(settings: Settings) -> int:
    """Print a line a check; return 1 where one of them failed."""
    checks = [
        Check("settings"),
        check_index(settings.index_dir, partial(_open, settings)),
        *asyncio.run(check_discord(settings.discord_token, settings.ask_channels)),
    ]
    for check in checks:
        print(check)  # noqa: T201  # for the operator, not the log
    return 1 if any(check.problem for check in checks) else 0


def _run(settings: Settings) -> int:
    if settings.discord_token is None:
        return _fail(NOT_SET_UP)
    # What is loaded by now stays: looking at it for garbage took 30 ms each time.
    gc.freeze()
    feedback = Feedback(votes) if (votes := settings.feedback_file) else None
    follower = Follower(settings.index_dir, partial(_open, settings))
    limits = Limits(settings.questions_per_member, settings.questions_per_server)
    try:
        # No name is kept for what is opened first: it goes when a rebuild takes its place.
        bot = OnRecordBot(_open(settings), feedback, follower, limits, settings.ask_channels)
    except CoverageError as error:
        return _fail(str(error))
    try:
        asyncio.run(serve(bot, settings.discord_token, settings.ask_channels))
    except discord.LoginFailure:
        return _fail(REFUSED)
    except discord.PrivilegedIntentsRequired:
        return _fail(NOT_ALLOWED_TO_READ)
    except (*SEND_ERRORS, discord.DiscordException) as error:
        return _fail(f"cannot reach Discord: {error}")
    return 0


def _open(settings: Settings, replaced: Coverage | None = None) -> Coverage:
    return open_coverage(
        settings.index_dir,
        settings.embedding_model,
        settings.answer_threshold,
        settings.reranker_model,
        replaced,
    )


def _wrong_settings(error: ValidationError) -> str:
    wrong = "; ".join(
        f"{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
        for each in error.errors()
    )
    return f"settings in .env or the environment: {wrong}"


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)  # noqa: T201  # for the operator, not the log
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
