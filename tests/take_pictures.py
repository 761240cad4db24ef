"""Take the pictures of the documentation: `python -m tests.take_pictures`."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
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
from index.coverage import open_coverage
from index.feedback import Feedback
from index.reader.opening import ON
from scripts._console import IndexDir, fail, output, run

Shown = simcord.InteractionResult | discord.Message

QUESTION = "who was nominated CSTO secretary general?"
ONE_QUOTE = "when did Uzbekistan suspend its membership?"
FALSE_PREMISE = "why was Tasmagambetov arrested?"
TOPIC = "peacekeepers in Kazakhstan"
_SECONDS = 30.0
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
    && [...message.querySelectorAll("img")].every(each => each.complete);
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
        feedback = Feedback(Path(folder) / "feedback.db")
        bot = OnRecordBot(open_coverage(index_dir, reader=ON), feedback)
        asyncio.run(_take_all(bot, out))


@dataclass(frozen=True, slots=True)
class Stage:
    """A reader in a channel of a server of its own."""

    env: simcord.Env
    channel: simcord.ChannelHandle
    reader: simcord.MemberActor

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
        card = self._last_message()
        view = ui.LayoutView.from_message(card, timeout=None)
        buttons = (each for each in view.walk_children() if isinstance(each, ui.Button))
        context = next(each for each in buttons if each.label == "Context")
        return await self.reader.click(card, custom_id=context.custom_id)

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

    def _last_message(self) -> discord.Message:
        if (found := self.channel.last_message) is None:
            fail("the bot sent nothing")
        return found


SCENES: dict[str, tuple[Callable[[Stage], Awaitable[Shown]], str]] = {
    "answer": (Stage.ask, "en-US"),
    "one-quote": (Stage.one_quote, "en-US"),
    "refusal": (Stage.refusal, "en-US"),
    "context": (Stage.context, "en-US"),
    "timeline": (Stage.timeline, "en-US"),
    "coverage": (Stage.coverage, "en-US"),
    "russian": (Stage.mention, "ru"),
}


async def _take_all(bot: OnRecordBot, out: Path) -> None:
    env = simcord.Env(bot, settle_timeout=_SECONDS)
    env.backend.bot_user.name = "On Record"
    await env.start()
    browser = await asyncio.to_thread(_open_browser)
    try:
        for name, (act, locale) in SCENES.items():
            guild = env.create_guild("Newsroom", preferred_locale=locale)
            channel = guild.create_text_channel("coverage")
            reader = guild.add_member(env.create_user("reader"))
            shown = await act(Stage(env, channel, reader))
            async with env.preview(
                channel,
                viewers=[reader],
                width=_WIDTH,
                locale=locale,
                presentation_time=datetime.now(UTC),
            ) as page:
                await page.show(shown)
                path = out / f"{name}.png"
                await asyncio.to_thread(_shoot, browser, page.url, path)
            output.print(f"Taken: {path}", highlight=False)
    finally:
        await asyncio.to_thread(browser.quit)
        await bot.stop()
        await env.shutdown()


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
