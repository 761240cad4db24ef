"""Try the bot without Discord: `python scripts/preview.py --index DIR`, then open the page."""

import asyncio
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import simcord
import typer

from bot.client import OnRecordBot
from bot.runtime.index_watcher import IndexWatcher
from bot.runtime.watch_file import WatchFile
from index.coverage import open_coverage
from index.feedback import Feedback
from index.reader.opening import ON
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, ReaderName, output, read_place, run

SAMPLE_QUESTION = "who was nominated CSTO secretary general?"
_SETTLE_SECONDS = 20.0  # the first answer of a cold encoder on a busy machine


def preview(
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    reader: ReaderName = ON,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 0,
) -> None:
    """Serve the real bot on a simulated Discord, as a page on this machine only.

    Example: `python scripts/preview.py --index examples/index`
    """
    logging.getLogger("simcord").setLevel(logging.WARNING)
    with TemporaryDirectory() as folder:
        place = read_place(index_dir)
        watcher = IndexWatcher(place, lambda old: open_coverage(place, replaced=old))
        feedback = Feedback(Path(folder) / "feedback.db")
        watch_file = WatchFile(Path(folder) / "watches.db")
        bot = OnRecordBot(
            open_coverage(place, reader=reader), feedback, watcher, watch_file=watch_file
        )
        asyncio.run(_serve(bot, port))


async def _serve(bot: OnRecordBot, port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    env = simcord.Env(bot, settle_timeout=_SETTLE_SECONDS)
    env.backend.bot_user.name = "On Record"
    await env.start()
    try:
        channel = env.create_guild("Newsroom").create_text_channel("coverage")
        reader = env.guild.add_member(env.create_user("reader"))
        async with env.preview(
            channel,
            viewers=[reader],
            layout="channel",
            port=port,
            presentation_time=datetime.now(UTC),
        ) as page:
            output.print("On Record is running on a simulated Discord, on this machine only.")
            output.print(f"Open: {page.url}")
            output.print("Type /ask, press Enter, then a question, such as:")
            output.print(f"  {SAMPLE_QUESTION}")
            output.print("Ctrl-C ends it.")
            sys.stdout.flush()
            closed = asyncio.create_task(page.wait_closed())
            waiting = asyncio.create_task(stopped.wait())
            await asyncio.wait((closed, waiting), return_when=asyncio.FIRST_COMPLETED)
            for task in (closed, waiting):
                task.cancel()
    finally:
        await bot.stop()
        await env.shutdown()
    output.print("Stopped.")


if __name__ == "__main__":
    run(preview)
