"""`/digest` and the daily post."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from discord.abc import Messageable

from bot.cards.digest import digest_card
from bot.features import digests
from bot.features.digests import DailyDigest, DailyPost
from index.answers.citations import quote_span
from index.dates.partial_date import PartialDate
from index.models import Article, CoverageFacts, Span
from index.timelines.digest import Digest
from index.timelines.timeline import Event
from tests.bot.editions import until
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, buttons, quotes, shown, texts

ARTICLE = "---\ntitle: Quake\noutlet: {}\ndate: {}\n---\nA quake shook the town of Gyumri{}.\n"
WRITTEN = "---\ntitle: Quake\noutlet: Wire\ndate: {}\n---\n{}\n"
MINSK = ZoneInfo("Europe/Minsk")


def articles(day):
    return {
        "wire": ARTICLE.format("Wire", day, " on Monday, officials said at noon"),
        "post": ARTICLE.format("Post", day, " on Monday, officials said at noon"),
    }


def event(number, text):
    article = Article(
        id=str(number), text=text, headline="H" * 200, outlet="Wire", published=PartialDate(2026)
    )
    return Event(quote_span(article, Span(0, len(text)), 1.0), 3, ("Wire", "Post"), number)


async def test_digest_shows_yesterdays_events_with_their_outlets(newsroom, open_bot, build_index):
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    index_dir = build_index(**articles(yesterday))
    await newsroom.env.restart_bot(open_bot(index_dir))

    card = (await newsroom.alice.slash(newsroom.channel, "digest")).response.message
    await newsroom.alice.click(card, label="Dismiss")

    assert texts(card)[0].startswith("**Digest:** ")
    assert texts(card)[0].endswith(" · 2 articles")
    assert texts(card)[1].splitlines()[0].endswith(" · in 2 articles of 2 outlets")
    assert "A quake shook the town of Gyumri" in texts(card)[1]


async def test_older_events_need_more_days(newsroom, open_bot, build_index, ivan):
    index_dir = build_index(**articles(datetime.now(UTC).date() - timedelta(days=9)))
    await newsroom.env.restart_bot(open_bot(index_dir))

    nothing = await ivan.slash(newsroom.channel, "digest")
    found = await ivan.slash(newsroom.channel, "digest", days=9)

    start = RUSSIAN.say("digest-nothing", days="").split(":")[0]
    assert texts(nothing.response.message)[0].startswith(start)
    assert texts(found.response.message)[0].startswith("**Сводка:** ")


@pytest.fixture
async def daily(newsroom, open_bot, build_index):
    """Start a daily post whose clock the test sets, over articles of 25 November 2026."""
    started = []

    async def start(at, clock, **published):
        index_dir = build_index(**(published or articles("2026-11-25")))
        await newsroom.env.restart_bot(open_bot(index_dir))
        bot = newsroom.env.bot
        post = DailyPost(newsroom.channel.id, at, MINSK)
        daily = DailyDigest(
            bot._pool, bot, post, lambda zone: clock[0].astimezone(zone), 0.01, 0.01
        )
        daily.start()
        started.append(daily)
        return daily

    yield start
    for each in started:
        each.stop()


def moment(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=MINSK)


async def test_morning_post_is_of_the_day_before_and_comes_once_a_day(newsroom, daily):
    clock = [moment(26, 7, 59)]
    post = await daily(time(8), clock)
    before = newsroom.channel.last_message
    clock[0] = moment(26, 8)
    await until(lambda: newsroom.channel.last_message)
    clock[0] = moment(26, 23)
    await until(lambda: post._done == date(2026, 11, 26))
    clock[0] = moment(27, 9)
    await until(lambda: post._done == date(2026, 11, 27))
    await newsroom.env.settle()

    (message,) = newsroom.channel.history()
    assert before is None
    assert texts(message)[0] == "**Digest:** 25 November 2026 · 2 articles"
    assert len(quotes(message)) <= 1
    assert [each.label for each in buttons(message)] == ["Context", "Check again"]
    sent = [each.json for each in newsroom.env.http_requests if each.path.endswith("/messages")]
    assert [each["allowed_mentions"] for each in sent] == [{"parse": []}]


@pytest.mark.parametrize(
    ("published", "text", "reason"),
    [
        (
            "2026-11-25",
            "Is it so?",
            "no event can be quoted from the start of that day's articles (1)",
        ),
        ("2026-11-24", "A quake shook Gyumri.", "nothing was published on that day"),
    ],
)
async def test_day_without_an_event_has_no_post_and_the_log_says_why(
    newsroom, daily, caplog, published, text, reason
):
    caplog.set_level(logging.INFO, logger="bot")
    clock = [moment(26, 7)]
    post = await daily(time(8), clock, one=WRITTEN.format(published, text))
    clock[0] = moment(26, 8)
    await until(lambda: post._done == date(2026, 11, 26))
    await newsroom.env.settle()

    assert newsroom.channel.last_message is None
    assert f"no daily digest: {reason}" in caplog.text


async def test_evening_post_is_of_the_same_day(newsroom, daily):
    clock = [moment(25, 19)]
    await daily(time(20), clock)
    clock[0] = moment(25, 20, 1)
    await until(lambda: newsroom.channel.last_message)

    assert "25 November 2026" in texts(newsroom.channel.last_message)[0]


async def test_bot_that_starts_after_the_time_posts_nothing_that_day(newsroom, daily):
    clock = [moment(26, 8, 1)]
    post = await daily(time(8), clock)
    await newsroom.env.settle()

    assert post._done == date(2026, 11, 26)
    assert newsroom.channel.last_message is None


async def test_post_that_discord_refuses_is_logged_and_tomorrow_is_another_day(
    newsroom, daily, caplog
):
    newsroom.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=1)
    clock = [moment(26, 7)]
    await daily(time(8), clock)
    clock[0] = moment(26, 8)
    await until(lambda: "could not post the daily digest" in caplog.text)

    assert newsroom.channel.last_message is None


async def test_post_that_an_outage_prevents_is_made_once_that_is_over(
    newsroom, daily, caplog, monkeypatch
):
    async def is_away(channel, **options):
        raise TimeoutError

    monkeypatch.setattr(digests, "SECONDS_TO_POST", (0.0, 5.0))
    send = Messageable.send
    monkeypatch.setattr(Messageable, "send", is_away)
    clock = [moment(26, 7)]
    post = await daily(time(8), clock)
    clock[0] = moment(26, 8)
    await until(lambda: "could not post the daily digest, and keep trying" in caplog.text)
    before = post._done
    monkeypatch.setattr(Messageable, "send", send)
    await until(lambda: post._done == date(2026, 11, 26))
    await newsroom.env.settle()

    assert before is None
    assert len(newsroom.channel.history()) == 1


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
def test_card_of_long_quotes_keeps_its_limits(phrases):
    events = tuple(event(number, "*_` " * 174) for number in range(6))
    facts = CoverageFacts(5, PartialDate(2026), "2026-11-26T00:00:00+00:00")

    card = digest_card(
        Digest(date(2026, 1, 1), date(2026, 1, 2), events, 5, 3, 0, facts), phrases, 1
    )

    assert sum(map(len, shown(card))) <= 4000
    assert card.total_children_count <= 40


@pytest.mark.parametrize(
    ("phrases", "count", "said"),
    [
        (ENGLISH, 1, "1 article of these days, but it doesn’t open"),
        (ENGLISH, 1234, "1,234 articles of these days, but none opens"),
        (RUSSIAN, 1, "1 статья,"),
        (RUSSIAN, 22, "22 статьи,"),
        (RUSSIAN, 5, "5 статей,"),
        (ENGLISH, 0, "Nothing in the coverage was published"),
        (RUSSIAN, 0, "в публикациях ничего нет"),
    ],
)
def test_days_without_an_event_are_told_from_days_without_an_article(phrases, count, said):
    facts = CoverageFacts(5000, PartialDate(2026), "2026-11-26T00:00:00+00:00")
    digest = Digest(date(2026, 1, 1), date(2026, 1, 2), (), count, count, coverage=facts)

    (text,) = shown(digest_card(digest, phrases))

    assert said in text
    assert "2026" in text


@pytest.mark.parametrize(("phrases", "said"), [(ENGLISH, "1,000 of"), (RUSSIAN, "1\xa0000,")])
@pytest.mark.parametrize("events", [(), (event(1, "A quake shook the town of Gyumri."),)])
def test_card_says_if_some_articles_were_not_read(phrases, said, events):
    facts = CoverageFacts(5000, PartialDate(2026), "2026-11-26T00:00:00+00:00")
    days = date(2026, 1, 1), date(2026, 1, 2)

    some, whole = (
        shown(digest_card(Digest(*days, events, 1001, read, coverage=facts), phrases))[0]
        for read in (1000, 1001)
    )

    assert some == f"{whole}\n{phrases.say('digest-read', count=1000)}"
    assert said in some


def test_empty_coverage_says_so():
    card = digest_card(Digest(date(2026, 1, 1), date(2026, 1, 2)), ENGLISH)

    assert shown(card) == [ENGLISH.say("answer-no-coverage")]
