"""Take the pictures of the documentation: `python -m tests.take_pictures`."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import discord
import simcord
import typer
from discord import ui
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from bot.client import OnRecordBot
from bot.features.watch_answers import Pace
from bot.runtime.index_watcher import IndexWatcher
from bot.runtime.watch_file import WatchFile
from index.build.encoder import load_encoder
from index.build.pipeline import build_snapshot
from index.coverage import Coverage, open_coverage
from index.feedback import Feedback
from index.reader.opening import ON
from scripts._console import IndexDir, fail, output, run

Shown = simcord.InteractionResult | discord.Message

QUESTION = "who was nominated CSTO secretary general?"
ONE_QUOTE = "when did Uzbekistan suspend its membership?"
FALSE_PREMISE = "why was Tasmagambetov arrested?"
TOPIC = "peacekeepers in Kazakhstan"
WATCHED = "how long will the exercise near Balykchy last?"
SERDYUKOV = "c67cd03c55:490-559:74b9a6c5"
_COVERAGE = Path(__file__).parents[1] / "examples" / "coverage"
# What the second edition has: a correction, and news.
_CORRECTION = ("was nominated as the next", "was chosen as the next")
_NEWS = (
    (
        "Sample Wire",
        "Exercise near Balykchy to last five days",
        "The CSTO exercise near Balykchy in Kyrgyzstan will last five days, the joint staff said. "
        "Some 1,300 soldiers of five countries take part.",
    ),
    (
        "Sample Gazette",
        "Five days of exercise near Balykchy",
        "A CSTO exercise near Balykchy in Kyrgyzstan will last five days and bring together 1,300 "
        "soldiers, the joint staff announced.",
    ),
    (
        "Sample Courier",
        "Kyrgyzstan hosts an exercise at Balykchy",
        "Soldiers of five CSTO countries arrived near Balykchy in Kyrgyzstan for an "
        "exercise of five days.",
    ),
    (
        "Sample Wire",
        "Parliament in Astana passes the defence budget",
        "Parliament in Astana passed the defence budget for next year, with 79 votes "
        "in favour and 12 against.",
    ),
    (
        "Sample Courier",
        "Defence budget passes in Astana",
        "The defence budget for next year passed parliament in Astana; twelve members "
        "voted against it.",
    ),
    (
        "Sample Gazette",
        "Rail link between Osh and Tashkent reopens",
        "Trains between Osh and Tashkent ran again for the first time in twelve years.",
    ),
)
_SECONDS = 30.0
_POLL = 0.05
_WIDTH, _HEIGHT = 740, 2400  # pixels of the page, of which the message is a part
_SHARP = "--force-device-scale-factor=1.5"
# The page's own tools go; and its buttons are dim as long as it waits for news, which is always.
_MESSAGE_ALONE = """
const style = document.createElement("style");
style.textContent = `.preview-toolbar, .messages-sidebar { display: none !important }
    #focused-content button { opacity: 1 !important }`;
document.head.append(style);
"""
_IS_DRAWN = """
const message = document.getElementById("focused-content");
return message.innerText.includes("On Record") && document.fonts.status === "loaded"
    && [...message.querySelectorAll("img")].every(each => each.naturalWidth > 0);
"""


def take_pictures(
    index_dir: IndexDir = Path("examples/index"),
    out: Annotated[Path, typer.Option(help="Folder of the pictures.", file_okay=False)] = Path(
        "examples/pictures"
    ),
) -> None:
    """Take a picture of each kind of card, as the real bot shows it on a simulated Discord.

    Needs chromium and chromedriver.

    Example: `python -m tests.take_pictures --index examples/index --out examples/pictures`
    """
    logging.getLogger("simcord").setLevel(logging.WARNING)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder), index_dir)
        asyncio.run(_take_all(newsroom, out))


class Newsroom:
    """A copy of an index that gets a second edition, and the bot that serves both."""

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self._folder = folder
        self._index_dir = folder / "index"
        shutil.copytree(index_dir, self._index_dir)
        shutil.copytree(_COVERAGE, folder / "articles")
        self.watch_file = WatchFile(folder / "watches.db")
        self.bot = OnRecordBot(
            self._open(),
            Feedback(folder / "feedback.db"),
            IndexWatcher(self._index_dir, self._open, _POLL),
            watch_file=self.watch_file,
            watch_pace=Pace(poll=_POLL, apart=0.0),
        )

    async def publish(self) -> None:
        """Put the second edition into use: a correction, an answer, and the news of yesterday."""
        articles = self._folder / "articles"
        corrected = articles / "tasmagambetov-profile.md"
        text = corrected.read_text("utf-8")
        corrected.write_text(text.replace(*_CORRECTION), "utf-8")
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        for number, (outlet, headline, said) in enumerate(_NEWS):
            url = f"https://example.org/{yesterday}/news-{number}"
            fields = f"title: {headline}\noutlet: {outlet}\nurl: {url}\ndate: {yesterday}"
            written = f"---\n{fields}\n---\n{said}\n"
            (articles / f"news-{number}.md").write_text(written, "utf-8")
        before = self.bot.health().snapshot_id
        await asyncio.to_thread(self._build, articles)
        async with asyncio.timeout(_SECONDS):
            while self.bot.health().snapshot_id == before:  # noqa: ASYNC110  # another thread's doing
                await asyncio.sleep(_POLL)

    def _build(self, articles: Path) -> None:
        encoder = load_encoder("", self._index_dir)
        build_snapshot([articles], self._index_dir, encoder, "take_pictures")

    def _open(self, replaced: Coverage | None = None) -> Coverage:
        return open_coverage(self._index_dir, reader=ON, replaced=replaced)


@dataclass(frozen=True, slots=True)
class Stage:
    """A reader in a channel of a server of its own."""

    env: simcord.Env
    channel: simcord.ChannelHandle
    reader: simcord.MemberActor
    newsroom: Newsroom

    async def ask(self) -> Shown:
        """Ask what the coverage answers."""
        return await self.reader.slash(self.channel, "ask", question=QUESTION)

    async def one_quote(self) -> Shown:
        """Ask what one quote answers."""
        return await self.reader.slash(self.channel, "ask", question=ONE_QUOTE)

    async def refusal(self) -> Shown:
        """Ask for something that did not happen."""
        return await self.reader.slash(self.channel, "ask", question=FALSE_PREMISE)

    async def context(self) -> Shown:
        """Click *Context* below an answer."""
        await self.ask()
        return await self._click("Context")

    async def timeline(self) -> Shown:
        """Ask for a topic in order of date."""
        return await self.reader.slash(self.channel, "timeline", topic=TOPIC)

    async def coverage(self) -> Shown:
        """Ask what there is."""
        return await self.reader.slash(self.channel, "coverage")

    async def mention(self) -> Shown:
        """Mention the bot with a question."""
        await self.reader.send(self.channel, f"<@{self.env.backend.bot_user.id}> {QUESTION}")
        return self._last_message()

    async def watches(self) -> Shown:
        """Watch two questions, one of them in this channel, and list them."""
        await self.watch()
        await self.reader.slash(self.channel, "watch", question=FALSE_PREMISE)
        return await self.reader.slash(self.channel, "watches")

    async def watch(self) -> Shown:
        """Watch, in this channel, what the second edition answers."""
        return await self.reader.slash(self.channel, "watch", question=WATCHED, here=True)

    async def told(self) -> Shown:
        """Wait for the answer to what was watched."""
        async with asyncio.timeout(_SECONDS):
            while self.channel.last_message is None:  # noqa: ASYNC110  # another thread's doing
                await asyncio.sleep(_POLL)
        return self._last_message()

    async def correction(self) -> Shown:
        """Click *Context* below a quote whose passage was changed since."""
        return await self._click("Context")

    async def check(self) -> Shown:
        """Click *Check again* on a card with that quote."""
        return await self._click("Check again")

    async def verify(self) -> Shown:
        """Check a quote by its code."""
        return await self.reader.slash(self.channel, "verify", code=SERDYUKOV)

    async def digest(self) -> Shown:
        """Ask for the news of yesterday."""
        return await self.reader.slash(self.channel, "digest")

    async def _click(self, label: str) -> Shown:
        """Click the first button of this label on the last card."""
        card = self._last_message()
        view = ui.LayoutView.from_message(card, timeout=None)
        buttons = (each for each in view.walk_children() if isinstance(each, ui.Button))
        wanted = next(each for each in buttons if each.label == label)
        return await self.reader.click(card, custom_id=wanted.custom_id)

    def _last_message(self) -> discord.Message:
        if (found := self.channel.last_message) is None:
            fail("the bot sent nothing")
        return found


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows; `prepare` is done before the second edition, which then is in use."""

    act: Callable[[Stage], Awaitable[Shown]]
    locale: str = "en-US"
    prepare: Callable[[Stage], Awaitable[Shown]] | None = None


SCENES = {
    "answer": Scene(Stage.ask),
    "one-quote": Scene(Stage.one_quote),
    "refusal": Scene(Stage.refusal),
    "context": Scene(Stage.context),
    "timeline": Scene(Stage.timeline),
    "coverage": Scene(Stage.coverage),
    "russian": Scene(Stage.mention, "ru"),
    "watches": Scene(Stage.watches),
    "verify": Scene(Stage.verify),
    "watch-answer": Scene(Stage.told, prepare=Stage.watch),
    "correction": Scene(Stage.correction, prepare=Stage.ask),
    "check": Scene(Stage.check, prepare=Stage.ask),
    "digest": Scene(Stage.digest, prepare=Stage.ask),
}


async def _take_all(newsroom: Newsroom, out: Path) -> None:
    bot = newsroom.bot
    env = simcord.Env(bot, settle_timeout=_SECONDS)
    env.backend.bot_user.name = "On Record"
    await env.start()
    browser = await asyncio.to_thread(_open_browser)
    try:
        second = dict[str, Stage]()
        for name, scene in SCENES.items():
            stage = _stage(env, newsroom, scene.locale)
            if scene.prepare:
                await scene.prepare(stage)
                second[name] = stage
            else:
                await _take(browser, stage, name, out)
        await newsroom.publish()
        for name, stage in second.items():
            await _take(browser, stage, name, out)
    finally:
        await asyncio.to_thread(browser.quit)
        await bot.stop()
        await env.shutdown()


def _stage(env: simcord.Env, newsroom: Newsroom, locale: str) -> Stage:
    guild = env.create_guild("Newsroom", preferred_locale=locale)
    channel = guild.create_text_channel("coverage")
    return Stage(env, channel, guild.add_member(env.create_user("reader")), newsroom)


async def _take(browser: webdriver.Chrome, stage: Stage, name: str, out: Path) -> None:
    scene, path = SCENES[name], out / f"{name}.png"
    shown = await scene.act(stage)
    async with stage.env.preview(
        stage.channel,
        viewers=[stage.reader],
        width=_WIDTH,
        locale=scene.locale,
        presentation_time=datetime.now(UTC),
    ) as page:
        await page.show(shown)
        await asyncio.to_thread(_shoot, browser, page.url, path)
    output.print(f"Taken: {path}", highlight=False)


def _open_browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    size = f"--window-size={_WIDTH},{_HEIGHT}"
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", _SHARP, size):
        options.add_argument(argument)
    driver = shutil.which("chromedriver")  # named, as selenium would look for one on the network
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


def _shoot(browser: webdriver.Chrome, address: str, path: Path) -> None:
    """Take the message alone, once it is drawn."""
    browser.get(address)
    browser.execute_script(_MESSAGE_ALONE)
    WebDriverWait(browser, _SECONDS).until(lambda _: browser.execute_script(_IS_DRAWN))
    browser.find_element(By.ID, "focused-content").screenshot(str(path))


if __name__ == "__main__":
    run(take_pictures)
