"""200 questions at once, of 50 members in four servers: acknowledged at once and all answered.

Run with `-s` to see the figures of this machine.
"""

import re
import time

import numpy as np
import pytest
import simcord
from simcord import interactions
from simcord.enums import AppCommandType, InteractionType
from simcord.http.client import FakeWebhookAdapter

from bot.runtime.rate_limits import Limits
from index.coverage import Coverage
from tests.bot.editions import until
from tests.bot.reading import ENGLISH

pytestmark = pytest.mark.slow

MEMBERS, SERVERS = 50, 4
QUESTIONS = (
    "who was nominated CSTO secretary general?",
    "when was the Collective Security Treaty signed?",
    "how many peacekeepers were sent to Kazakhstan?",
    "who won the football world cup?",
)
DEFERRED = 5


class Rush:
    """Asks everything at once and notes when Discord hears what of it."""

    def __init__(self, env: simcord.Env, monkeypatch) -> None:
        self.env = env
        self.acknowledged: dict[str, tuple[float, dict]] = {}
        self.answered: dict[str, float] = {}
        original = FakeWebhookAdapter.request

        async def request(adapter, route, session, **options):
            now, (kind, _, token, *_) = time.perf_counter() - self.started, place(route.url)
            if kind == "interactions":
                self.acknowledged[token] = now, options["payload"]
            else:
                self.answered[token] = now
            return await original(adapter, route, session, **options)

        monkeypatch.setattr(FakeWebhookAdapter, "request", request)

    @property
    def refused(self) -> list[dict]:
        """What was sent at once instead of "thinking…"."""
        return [sent for _, sent in self.acknowledged.values() if sent["type"] != DEFERRED]

    async def ask(self) -> None:
        env = self.env
        users = [env.create_user(f"reader{number}") for number in range(MEMBERS)]
        payloads = []
        command = env.backend.commands[None]["ask", 1]
        for question in QUESTIONS[:SERVERS]:
            guild = env.create_guild(question[:20])
            channel = guild.create_text_channel("coverage")
            for user in users:
                member = guild.add_member(user)
                data = {
                    "id": command["id"],
                    "name": "ask",
                    "type": AppCommandType.CHAT_INPUT,
                    "options": [{"name": "question", "type": 3, "value": question}],
                }
                _, payload = interactions.base_payload(
                    env.backend,
                    type=InteractionType.APPLICATION_COMMAND,
                    channel_id=channel.id,
                    guild_id=guild.id,
                    user_id=member.id,
                    data=data,
                )
                payloads.append(payload)
        self.started = time.perf_counter()
        for payload in payloads:
            env.backend.emit("INTERACTION_CREATE", payload)
        await until(lambda: len(self.answered) + len(self.refused) == len(payloads), seconds=120)


def place(url: str) -> list[str]:
    """`interactions/ID/TOKEN/callback`, or `webhooks/APPLICATION/TOKEN/…`, in parts."""
    return re.search(r"/(interactions|webhooks)/.*", url).group().strip("/").split("/")


async def test_all_are_acknowledged_and_answered(open_bot, sample_index, monkeypatch):
    searching = []
    original = Coverage.answer

    def timed(self, *args, **kwargs):
        started = time.perf_counter()
        answer = original(self, *args, **kwargs)
        searching.append(time.perf_counter() - started)
        return answer

    monkeypatch.setattr(Coverage, "answer", timed)
    bot = open_bot(sample_index, limits=Limits(), longest_wait=600)
    async with simcord.run(bot, settle_timeout=300) as env:
        rush = Rush(env, monkeypatch)
        await rush.ask()

    assert len(rush.acknowledged) == len(rush.answered) == MEMBERS * SERVERS
    assert rush.refused == []
    assert len(searching) == MEMBERS * SERVERS, "and none is told later that the bot is busy"
    slowest = max(when for when, _ in rush.acknowledged.values())
    p50, p95 = np.percentile(list(rush.answered.values()), [50, 95])
    own = np.percentile(searching, 95)
    print(  # noqa: T201  # the figures are for whoever runs it with -s
        f"\n200 at once: the last acknowledged after {slowest:.2f} s; answered after {p50:.1f} s "
        f"(p50), {p95:.1f} s (p95), {max(rush.answered.values()):.1f} s (last); "
        f"{own * 1000:.0f} ms a search (p95)"
    )


async def test_those_who_would_wait_too_long_are_told_so_at_once(
    open_bot, sample_index, monkeypatch
):
    bot = open_bot(sample_index, limits=Limits(), longest_wait=5)
    async with simcord.run(bot, settle_timeout=300) as env:
        rush = Rush(env, monkeypatch)
        await rush.ask()

    busy = rush.refused
    assert len(rush.acknowledged) == MEMBERS * SERVERS
    assert len(rush.answered) + len(busy) == MEMBERS * SERVERS
    assert len(busy) >= 100
    assert len(rush.answered) >= 50
    for sent in busy:
        assert sent["data"]["components"][0]["content"] == ENGLISH.say("notice-busy")
        assert sent["data"]["flags"] & 64, "for the asker alone"
