"""A host is asked one thing at a time, with pauses, and left alone when it asks for that."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from yarl import URL

from index.errors import FetchError
from index.web.http_client import Reply
from index.web.politeness import Host, retry_after

PAGE = URL("https://coast.example/bridge")


class Replies:
    """Gives these replies in turn and notes when each request began and ended."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.times: list[tuple[float, float]] = []

    async def __call__(self) -> Reply:
        began = monotonic()
        await asyncio.sleep(0.01)
        self.times.append((began, monotonic()))
        return self.replies.pop(0)


def reply(status: int = 200, retry: str | None = None) -> Reply:
    return Reply(0.0, status, {"Retry-After": retry} if retry else {})


async def test_requests_come_one_after_another_with_a_pause_between():
    host, replies = Host(), Replies(*[reply()] * 4)

    await asyncio.gather(*(host.ask(PAGE, replies, 0.05) for _ in range(4)))

    pauses = [
        after - ended
        for (_, ended), (after, _) in zip(replies.times, replies.times[1:], strict=False)
    ]
    assert len(pauses) == 3
    assert min(pauses) >= 0.049


@pytest.mark.parametrize("status", [429, 503])
async def test_short_wait_is_waited_and_asked_again(status):
    host, replies = Host(), Replies(reply(status, "1"), reply())

    assert (await host.ask(PAGE, replies, 0)).status == 200
    (_, ended), (began, _) = replies.times
    assert began - ended >= 1


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (reply(429), "gave up on this host: HTTP 429"),
        (reply(429, "61"), "gave up on this host: HTTP 429, asks to wait 61 s"),
        (reply(503, "3600"), "gave up on this host: HTTP 503, asks to wait 3,600 s"),
    ],
)
async def test_host_that_asks_for_more_is_left_alone_from_then_on(first, reason):
    host, replies = Host(), Replies(first, reply())

    for _ in range(2):
        with pytest.raises(FetchError) as given_up:
            await host.ask(PAGE, replies, 0)
        assert given_up.value.reason == reason
    assert len(replies.times) == 1


async def test_host_that_asks_to_wait_twice_is_left_alone():
    host, replies = Host(), Replies(reply(503, "0"), reply(503, "0"), reply())

    with pytest.raises(FetchError, match="HTTP 503 again, asks to wait 0 s"):
        await host.ask(PAGE, replies, 0)
    assert len(replies.times) == 2


async def test_page_out_of_service_does_not_speak_for_its_host():
    host, replies = Host(), Replies(reply(503), reply())

    assert (await host.ask(PAGE, replies, 0)).status == 503
    assert (await host.ask(PAGE, replies, 0)).status == 200


async def test_host_that_fails_three_times_in_a_row_is_left_alone():
    failure = Reply(0.0, failure="cannot connect: refused")
    host, replies = Host(), Replies(failure, failure, reply(), failure, failure, failure, reply())

    for _ in range(5):
        await host.ask(PAGE, replies, 0)
    for _ in range(2):
        with pytest.raises(FetchError) as given_up:
            await host.ask(PAGE, replies, 0)
        assert given_up.value.reason == (
            "gave up on this host after 3 failures: cannot connect: refused"
        )
    assert len(replies.times) == 6


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("9" * 5000, 999_999_999),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Fri, 99 Dec 1999 23:59:59 GMT", None),
    ],
)
def test_seconds_to_wait(value, seconds):
    assert retry_after(value) == seconds


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000"])
def test_date_to_wait_for(zone):
    moment = format_datetime(datetime.now(UTC) + timedelta(minutes=10)).replace("+0000", zone)

    assert retry_after(moment) == pytest.approx(600, abs=5)
