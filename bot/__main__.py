"""Start the bot: `python -m bot`. Settings, coverage and client are put together here."""

import asyncio
import logging
import signal
import sys
from functools import partial

import discord
from pydantic import SecretStr, ValidationError

from bot.client import OnRecordBot
from bot.feedback import Feedback
from bot.follower import Follower
from bot.settings import Settings
from index.coverage import Coverage, open_coverage
from index.errors import CoverageError

NOT_SET_UP = (  # a sentence
    "no DISCORD_TOKEN: make an application at https://discord.com/developers/applications, copy "
    "the token from its Bot page (Reset Token), and put DISCORD_TOKEN=… into the file .env; "
    "or try the bot without Discord: make try"
)
REFUSED = (  # a sentence
    "Discord refused the token: copy it again from the Bot page of your application "
    "(Reset Token) and put it into DISCORD_TOKEN in .env"
)


async def serve(bot: OnRecordBot, token: SecretStr) -> None:
    """Run the bot until it is stopped."""
    stopping = stop_on_signals(bot)
    try:
        await bot.start(token.get_secret_value())
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


def main() -> int:
    """Return the exit code: 0 after a clean stop, 1 with one line on what to mend."""
    discord.utils.setup_logging(level=logging.INFO)
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())
        return _fail(f"settings in .env or the environment: {wrong}")
    if settings.discord_token is None:
        return _fail(NOT_SET_UP)
    feedback = Feedback(votes) if (votes := settings.feedback_file) else None
    follower = Follower(settings.index_dir, partial(_open, settings))
    try:
        # No name is kept for what is opened first: it goes when a rebuild takes its place.
        bot = OnRecordBot(_open(settings), feedback, follower)
    except CoverageError as error:
        return _fail(str(error))
    try:
        asyncio.run(serve(bot, settings.discord_token))
    except discord.LoginFailure:
        return _fail(REFUSED)
    except OSError as error:
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


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)  # noqa: T201  # for the operator, not the log
    return 1


if __name__ == "__main__":
    sys.exit(main())
