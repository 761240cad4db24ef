"""Editions of one coverage, a rebuild each: every line says which, and so does their number."""

import asyncio
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import simcord

from bot.client import OnRecordBot
from bot.runtime.index_watcher import IndexWatcher
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.coverage import Coverage, open_coverage
from index.encoders.base import TextEncoder
from index.errors import BuildRunningError
from index.snapshot.layout import Layout, current_folder

QUESTION = "What did the harbour report say about the ferry?"
FEWEST = 3  # articles of edition 0
POLL_SECONDS = 0.02  # what `CURRENT` names is looked up this often


class Editions:
    """An index that is built again and again: edition n has n + 3 articles."""

    def __init__(self, folder: Path, encoder: TextEncoder) -> None:
        self.index_dir = folder / "index"
        self._folder = folder
        self._encoder = encoder

    def build(self, edition: int, index_dir: Path | None = None) -> Path:
        """Put an edition into use; return its snapshot's folder."""
        articles = self._folder / "articles"
        shutil.rmtree(articles, ignore_errors=True)
        articles.mkdir()
        for lot in range(edition + FEWEST):
            (articles / f"lot-{lot}.md").write_text(_article(lot, edition), "utf-8")
        return self._build(articles, index_dir or self.index_dir)

    def build_empty(self) -> Path:
        """Put an index without articles into use."""
        articles = self._folder / "nothing"
        articles.mkdir()
        return self._build(articles, self.index_dir)

    def build_damaged(self, edition: int, damage: Callable[[Path], object]) -> Path:
        """Put an edition into use that was damaged before anybody could open it."""
        built = self.build(edition, self._folder / f"elsewhere-{edition}")
        damage(built)
        folder = self.index_dir / "snapshots" / built.name
        built.rename(folder)
        self.point_to(folder.name)
        return folder

    def point_to(self, name: str) -> None:
        """Have `CURRENT` name this folder, at once as a build does."""
        written = self.index_dir / ".CURRENT-test"
        written.write_text(name, "utf-8")
        written.replace(self.index_dir / "CURRENT")

    def open(self, replaced: Coverage | None = None) -> Coverage:
        """Open what is in use; every question is answered, however badly the tiny model does."""
        return open_coverage(self.index_dir, threshold=0.0, replaced=replaced)

    @asynccontextmanager
    async def run(
        self, reopen: Callable[[Coverage], Coverage] | None = None, **options: float
    ) -> AsyncIterator[simcord.Env]:
        """Run the bot over what is in use, and close it in the end."""
        bot = OnRecordBot(
            self.open(),
            None,
            IndexWatcher(self.index_dir, reopen or self.open, POLL_SECONDS),
            **options,
        )
        async with simcord.run(bot, settle_timeout=60) as env:
            try:
                yield env
            finally:
                await bot.close()

    def left_open(self) -> list[str]:
        """Return what the process holds of snapshots that are not in use: files, memory maps.

        An encoder's file that the snapshot in use has, too, is one file of two names.
        """
        files = [str(link.resolve()) for link in Path("/proc/self/fd").iterdir()]
        maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
        current = current_folder(self.index_dir)
        shared = {f" {path.stat().st_ino} " for path in Layout(current).encoder.files}
        return [
            each
            for each in (*files, *maps)
            if str(self.index_dir) in each and str(current) not in each
            if not any(inode in each for inode in shared)
        ]

    def _build(self, articles: Path, index_dir: Path) -> Path:
        while True:
            try:
                return build_snapshot(
                    [articles], index_dir, self._encoder, "test", BuildOptions(allow_shrink=True)
                ).folder
            except BuildRunningError:  # it is in use already, and about to end
                time.sleep(0.01)


def editions_of(texts: Iterable[str]) -> set[int]:
    """Return the editions that a card is made of: one, where it is of one piece."""
    text = "\n".join(texts)
    found = {int(number) for number in re.findall(r"[Ee]dition (\d+)", text)}
    return found | {int(n) - FEWEST for n in re.findall(r"from (\d+) articles", text)}


def is_closed(coverage: Coverage) -> bool:
    return coverage._store.sentence_vectors._file < 0


def outlet_of(edition: int) -> str:
    return f"Courier of edition {edition}"


async def until(is_so, seconds: float = 60) -> None:
    """Wait until something is so; what never gets so fails the test."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110  # what is waited for is another thread's
            await asyncio.sleep(0.02)


def _article(lot: int, edition: int) -> str:
    return (
        f"---\ntitle: Edition {edition} on lot {lot}\noutlet: {outlet_of(edition)}\n---\n"
        f"The harbour report of edition {edition} said that the ferry left with lot {lot}. "
        f"Nobody at the port asked edition {edition} what lot {lot} was.\n"
    )
