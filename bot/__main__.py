"""Start the bot: `python -m bot`. Its options only check it, or print the link that adds it."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import discord
from pydantic import SecretStr, ValidationError

from bot.client import OnRecordBot
from bot.diagnostics import (
    LOGIN_ERRORS,
    NOT_SET_UP,
    Check,
    check_channels,
    check_discord,
    check_index,
    find_application,
    login_problem,
)
from bot.features.digests import DailyPost
from bot.health import check_health, keep_health_file
from bot.permissions import REQUIRED, invite_link
from bot.runtime.index_watcher import IndexWatcher
from bot.runtime.rate_limits import Limits
from bot.runtime.watch_file import WatchFile
from bot.settings import Settings, SettingsFileError, read_settings
from index.coverage import Coverage, open_coverage
from index.errors import AddressError, CoverageError
from index.feedback import Feedback

log = logging.getLogger(__name__)


async def serve(
    bot: OnRecordBot, token: SecretStr, ask_channels: frozenset[int], health_file: Path
) -> None:
    """Run the bot until a signal stops it; raise one of `LOGIN_ERRORS` if it can't stay online."""
    stop_requested = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):  # discord.py handles neither
        asyncio.get_running_loop().add_signal_handler(number, stop_requested.set)
    stopping = asyncio.create_task(stop_requested.wait())
    running = asyncio.create_task(_go_online(bot, token, ask_channels))
    reporting = asyncio.create_task(keep_health_file(health_file, bot.health))
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        if stop_requested.is_set():
            await bot.stop()
        else:
            await running
    finally:
        for task in (running, stopping, reporting):
            task.cancel()
        # What fails because the bot is being stopped, a login for example, is no failure.
        await asyncio.gather(running, stopping, reporting, return_exceptions=True)
        await bot.close()


async def _go_online(bot: OnRecordBot, token: SecretStr, ask_channels: frozenset[int]) -> None:
    await bot.login(token.get_secret_value())
    for check in await check_channels(bot, ask_channels):
        if check.problem:
            log.warning("%s", check)
    await bot.connect()


def main(arguments: Sequence[str] = ()) -> int:
    """Return the exit code: 0 after a clean stop, 1 with one line on what to mend, 130 on Ctrl-C.

    Once the bot logs in, Ctrl-C is a clean stop.
    """
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201  # for the operator, not the log
        return 130


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Start the bot.")
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--check", action="store_true", help="look at settings, index, token and permissions only"
    )
    only.add_argument(
        "--health", action="store_true", help="tell whether the running bot is healthy, only"
    )
    only.add_argument(
        "--invite", action="store_true", help="print the link that adds the bot to a server, only"
    )
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal in an old encoding has no ✓: it shows a code for it.
            stream.reconfigure(errors="backslashreplace")
    is_start = not (options.check or options.health or options.invite)
    discord.utils.setup_logging(level=logging.INFO if is_start else logging.ERROR)
    try:
        settings = read_settings()
        _ = settings.place  # an address that is none is one line, now
    except ValidationError as error:
        return _fail(_wrong_settings(error))
    except (SettingsFileError, AddressError, OSError) as error:
        return _fail(str(error))
    if options.health:
        return _report([check_health(settings.health_file)])
    if options.check:
        return _report(_check(settings))
    return _invite(settings) if options.invite else _run(settings)


def _check(settings: Settings) -> list[Check]:
    return [
        Check("settings"),
        *check_index(settings.place, partial(_open, settings)),
        *asyncio.run(check_discord(settings.discord_token, settings.ask_channels)),
    ]


def _report(checks: Sequence[Check]) -> int:
    """Print a line per check; return 1 if one of them failed."""
    for check in checks:
        print(check)  # noqa: T201  # for the operator, not the log
    return 1 if any(check.problem for check in checks) else 0


def _invite(settings: Settings) -> int:
    """Print the link that adds the bot to a server, and what it requests."""
    if settings.discord_token is None:
        return _fail(NOT_SET_UP)
    try:
        application_id = asyncio.run(find_application(settings.discord_token))
    except LOGIN_ERRORS as error:
        return _fail(login_problem(error))
    lines = [invite_link(application_id), "", "It requests these permissions:"]
    lines += [f"  {each.label}: {each.purpose}" for each in REQUIRED.values()]
    print("\n".join(lines))  # noqa: T201  # for the operator, not the log
    return 0


def _run(settings: Settings) -> int:
    if settings.discord_token is None:
        return _fail(NOT_SET_UP)
    # Everything loaded by now stays: collecting garbage in it took 30 ms each time.
    gc.freeze()
    feedback = Feedback(votes) if (votes := settings.feedback_file) else None
    watcher = IndexWatcher(settings.place, partial(_open, settings))
    watch_file = (
        WatchFile(path, settings.watches_per_member) if (path := settings.watches_file) else None
    )
    limits = Limits(settings.questions_per_member, settings.questions_per_server)
    try:
        # No variable holds the first coverage, so that its memory is freed after a rebuild.
        bot = OnRecordBot(
            _open(settings),
            feedback,
            watcher,
            limits,
            settings.ask_channels,
            watch_file,
            _daily_post(settings),
        )
    except CoverageError as error:
        return _fail(str(error))
    try:
        asyncio.run(serve(bot, settings.discord_token, settings.ask_channels, settings.health_file))
    except LOGIN_ERRORS as error:
        return _fail(login_problem(error))
    return 0


def _daily_post(settings: Settings) -> DailyPost | None:
    if settings.digest_channel is None:
        return None
    return DailyPost(settings.digest_channel, settings.digest_time, settings.digest_zone)


def _open(settings: Settings, replaced: Coverage | None = None) -> Coverage:
    return open_coverage(
        settings.place,
        settings.embedding_model,
        settings.answer_threshold,
        settings.reader,
        replaced,
    )


def _wrong_settings(error: ValidationError) -> str:
    wrong = "; ".join(
        f"{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
        for each in error.errors()
        if each["type"] != "default_factory_not_called"  # follows from the others
    )
    return f"settings in .env or the environment: {wrong}"


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)  # noqa: T201  # for the operator, not the log
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
