"""`/coverage` and `/timeline`, as readers and admins use them."""

import asyncio
import shutil
from datetime import date

import discord
import pytest
import simcord

from bot.cards.base import MAX_TEXT
from bot.cards.state import asked_of
from bot.client import OnRecordBot
from bot.runtime.pictures import Pictures
from bot.wording.chart_labels import labels_for
from bot.wording.markup import unescape
from index.charts.monthly_counts import count_by_month, english_labels
from index.coverage import Coverage
from index.dates.partial_date import PartialDate
from index.errors import PictureError
from index.feedback import Feedback
from index.search.follow_up import ConversationQuestion
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import open_snapshot
from tests.bot.conftest import Newsroom
from tests.bot.reading import ENGLISH, buttons, quotes, texts

TOPIC = "peacekeepers in Kazakhstan"
FERRY = "---\ntitle: Ferry {}\noutlet: {}\npublished: {}\nurl: https://example.org/{}\n---\n{}\n"
PNG = b"\x89PNG\r\n\x1a\n"
EVENTS = [
    "The ferry to Arpa sailed for the first time with 20 passengers aboard.",
    "A storm broke the mast of the ferry to Arpa, and the harbour was closed.",
    "The council sold the ferry to Arpa to a company from the north.",
    "Divers found a leak below the deck of the ferry to Arpa.",
    "The ferry to Arpa was painted red by pupils of the harbour school.",
    "The captain of the ferry to Arpa retired after thirty years.",
    "A strike kept the ferry to Arpa in the harbour for nine days.",
    "The ferry to Arpa carried its millionth passenger, a nurse.",
]


async def survey(newsroom, command, by=None, **options):
    return await (by or newsroom.alice).slash(newsroom.channel, command, **options)


async def draw_one(pictures):
    monthly_counts = count_by_month({(PartialDate(2022, 1), "Sample Wire"): 1}, 1)
    return await pictures.draw(monthly_counts, labels_for(monthly_counts, ENGLISH))


@pytest.fixture
def drawn(monkeypatch):
    """What is drawn, and how it is labelled; nothing is, in fact."""
    asked = []

    async def draw(monthly_counts, labels, event_markers=()):
        asked.append((monthly_counts, labels, list(event_markers)))
        return PNG

    monkeypatch.setattr("bot.runtime.pictures.draw_in_process", draw)
    return asked


@pytest.fixture(scope="module")
def ferries(make_index, encoder, tmp_path_factory):
    """An index of eight events, one a month."""
    articles = tmp_path_factory.mktemp("ferries")
    for n, text in enumerate(EVENTS):
        article = FERRY.format(n, "Sample Wire", f"2022-{n + 1:02}-05", n, text)
        (articles / f"ferry-{n}.md").write_text(article, "utf-8")
    make_index(articles / "index", encoder, articles)
    return articles / "index"


async def test_coverage_says_what_there_is_and_shows_the_snapshots_picture(
    newsroom, sample_index, drawn
):
    result = await survey(newsroom, "coverage")

    card = result.response.message
    assert texts(card)[0] == (
        "**Coverage:** 10 articles\nFrom 10 January 2022 to 27 November 2025\n"
        "Without a known date: 1\n"
        "Outlets: Sample Courier (4) · Sample Gazette (3) · Sample Wire (3)"
    )
    assert texts(card)[1:3] == [
        ENGLISH.say("overview-how-to-ask"),
        f"{ENGLISH.say('overview-privacy')}\n{ENGLISH.say('overview-no-votes')}",
    ]
    assert texts(card)[-1].startswith("-# Index built <t:")
    assert [each.filename for each in card.attachments] == ["coverage.png"]
    expected = (current_folder(sample_index) / "coverage.png").stat().st_size
    assert card.attachments[0].size == expected
    assert drawn == [], "it lies in the snapshot"


async def test_coverage_is_shown_after_a_build_removed_its_folder(
    tmp_path, sample_index, open_bot, drawn
):
    shutil.copytree(sample_index, tmp_path / "index")
    async with simcord.run(open_bot(tmp_path / "index")) as env:
        shutil.rmtree(tmp_path / "index")
        newsroom = Newsroom(env)
        card = (await survey(newsroom, "coverage")).response.message
        answer = (await newsroom.ask(TOPIC)).response.message

    assert texts(card)[0].startswith("**Coverage:** 10 articles")
    assert [each.filename for each in card.attachments] == ["coverage.png"]
    assert quotes(answer)


async def test_coverage_is_russian_with_its_picture(newsroom, ivan, drawn):
    card = (await survey(newsroom, "coverage", by=ivan)).response.message

    assert texts(card)[0].startswith(
        "**Публикации:** 10 статей\nСамая ранняя: 10 января 2022 г. · самая новая: 27 ноября"
    )
    ((_, labels, _),) = drawn
    assert labels.title == "9 статей по месяцам · ещё 1 без даты"
    assert [each.filename for each in card.attachments] == ["coverage.png"]


@pytest.mark.parametrize("articles", [12, 400])
@pytest.mark.parametrize("outlets", [1, 2, 9])
def test_english_labels_are_those_of_the_snapshots_picture(articles, outlets):
    months = {(PartialDate(2022, n + 1), f"Outlet {n}"): 1 for n in range(outlets)}
    monthly_counts = count_by_month(months | {(PartialDate(1950, 1), None): 2}, articles)

    assert labels_for(monthly_counts, ENGLISH) == english_labels(monthly_counts)


async def test_coverage_says_that_votes_are_kept(sample_index, encoder, tmp_path):
    bot = OnRecordBot(
        Coverage(open_snapshot(sample_index), encoder), Feedback(tmp_path / "votes.db")
    )
    async with simcord.run(bot) as env:
        card = (await survey(Newsroom(env), "coverage")).response.message

    assert texts(card)[2].endswith(ENGLISH.say("overview-votes"))


async def test_encoder_in_a_folder_is_not_named_by_its_path(editions, tiny_model):
    editions.build(1)
    async with simcord.run(OnRecordBot(editions.open())) as env:
        line = unescape(texts((await survey(Newsroom(env), "coverage")).response.message)[-1])

    assert f"with {tiny_model.name} " in line
    assert str(tiny_model) not in line


async def test_outlets_with_endless_names_fit_into_one_message(build_index, open_bot, drawn):
    named = {
        f"ferry-{n}": FERRY.format(n, f"{n}" + " ()" * 150, "2022-01-05", n, text)
        for n, text in enumerate([*EVENTS, *(f"Ferry {n} sailed." for n in range(4))])
    }
    async with simcord.run(open_bot(build_index(**named))) as env:
        card = (await survey(Newsroom(env), "coverage")).response.message

    assert len("".join(texts(card))) <= MAX_TEXT
    assert "12" in texts(card)[0]


async def test_empty_coverage_has_no_picture(build_index, open_bot, drawn):
    async with simcord.run(open_bot(build_index())) as env:
        newsroom = Newsroom(env)
        cards = [
            (await survey(newsroom, "coverage")).response.message,
            (await survey(newsroom, "timeline", topic=TOPIC)).response.message,
        ]

    for card in cards:
        assert ENGLISH.say("answer-no-coverage") in texts(card)
        assert card.attachments == []


async def test_timeline_shows_the_events_and_marks_them_on_the_picture(newsroom, drawn):
    result = await survey(newsroom, "timeline", topic=TOPIC)

    card = result.response.message
    assert not result.ephemeral
    assert texts(card)[0] == f"**Timeline:** {TOPIC}"
    assert texts(card)[2].startswith("**10 January 2022**\n> ")
    assert "[CSTO peacekeepers deploy" in texts(card)[3]
    ((monthly_counts, labels, event_markers),) = drawn
    assert labels.title == f"{TOPIC}: {sum(monthly_counts.totals)} articles by month"
    assert event_markers == sorted(event_markers)
    assert len(event_markers) == len([each for each in buttons(card) if each.label == "Context"])
    assert [each.filename for each in card.attachments] == ["timeline.png"]


async def test_timeline_is_russian_and_its_quotes_stay_as_published(newsroom, ivan, drawn):
    english = (await survey(newsroom, "timeline", topic=TOPIC)).response.message

    card = (await survey(newsroom, "timeline", by=ivan, topic=TOPIC)).response.message

    assert texts(card)[0] == f"**Хроника:** {TOPIC}"
    assert texts(card)[2].startswith("**10 января 2022 г.**\n> ")
    quoted = [
        [text.split("\n> ", 1)[1] for text in texts(each)[2:-1:2]] for each in (english, card)
    ]
    assert quoted[0] == quoted[1]
    assert drawn[1][1].title.endswith("статей по месяцам")


async def test_further_events_come_by_a_button_each_once(ferries, open_bot, drawn):
    async with simcord.run(open_bot(ferries)) as env:
        newsroom = Newsroom(env)
        first = (await survey(newsroom, "timeline", topic="ferry to Arpa")).response.message
        result = await newsroom.bob.click(first, label="More events")

    second = result.response.message
    assert result.ephemeral
    told = [text.split("\n> ", 1)[1] for each in (first, second) for text in texts(each)[2:-1:2]]
    assert len(told) == len(set(told)) > 6
    assert "More events" not in [each.label for each in buttons(second)]


async def test_button_works_after_a_restart_and_a_rebuild(ferries, open_bot, build_index, drawn):
    async with simcord.run(open_bot(ferries)) as env:
        newsroom = Newsroom(env)
        first = (await survey(newsroom, "timeline", topic="ferry to Arpa")).response.message
        await env.restart_bot(open_bot(build_index(other="The mayor opened a bridge.")))
        card = (await newsroom.bob.click(first, label="More events")).response.message

    assert ENGLISH.say("timeline-nothing") in texts(card)


async def test_topic_that_is_unknown_is_refused_with_the_closest_coverage(newsroom, drawn):
    card = (await survey(newsroom, "timeline", topic="football world cup")).response.message

    assert texts(card)[1:3] == [ENGLISH.say("timeline-nothing"), ENGLISH.say("timeline-closest")]
    assert len(texts(card)) > 4
    assert drawn == []


async def test_days_narrow_a_timeline_down(newsroom, drawn):
    card = (
        await survey(newsroom, "timeline", topic=TOPIC, since="2022-11", until="2022")
    ).response.message

    assert texts(card)[1] == "-# Only since 1 November 2022 · until 31 December 2022"
    assert all("November 2022**" in text for text in texts(card)[3:-1:2])


async def test_day_that_is_not_understood_is_explained(newsroom):
    result = await survey(newsroom, "timeline", topic=TOPIC, since="someday")

    (sentence,) = texts(result.response.message)
    assert sentence.startswith("“someday” is not a date that is understood")


async def test_picture_that_fails_is_done_without(newsroom, monkeypatch, caplog):
    async def fail(*_):
        raise PictureError("it took longer than 30 s")

    monkeypatch.setattr("bot.runtime.pictures.draw_in_process", fail)

    card = (await survey(newsroom, "timeline", topic=TOPIC)).response.message

    assert texts(card)[2].startswith("**10 January 2022**")
    assert card.attachments == []
    assert "a card goes without its picture" in caplog.text
    assert TOPIC not in caplog.text


async def test_cards_come_without_pictures_where_the_bot_may_not_attach_files(newsroom, drawn):
    for role in newsroom.env.backend.guilds[newsroom.guild.id].roles.values():
        allowed = discord.Permissions.all()
        allowed.update(administrator=False, attach_files=False)
        role.permissions = allowed.value

    for command, options in (("coverage", {}), ("timeline", {"topic": TOPIC})):
        card = (await survey(newsroom, command, **options)).response.message
        assert texts(card)[0].startswith("**")
        assert card.attachments == []
    assert drawn == []


async def test_picture_whose_turn_does_not_come_is_done_without(monkeypatch, caplog):
    async def hang(*_):
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.runtime.pictures.draw_in_process", hang)
    pictures = Pictures(seconds=0.2)

    assert await asyncio.gather(*(draw_one(pictures) for _ in range(2))) == [None, None]
    assert caplog.text.count("its turn did not come") == 2


async def test_pictures_are_drawn_one_at_a_time(monkeypatch):
    at_once = []

    async def draw(*_):
        at_once.append("begun")
        await asyncio.sleep(0.05)
        at_once.append("ended")
        return PNG

    monkeypatch.setattr("bot.runtime.pictures.draw_in_process", draw)
    pictures = Pictures()

    assert await asyncio.gather(*(draw_one(pictures) for _ in range(3))) == [PNG] * 3
    assert at_once == ["begun", "ended"] * 3


async def test_event_that_is_not_in_the_stored_article_is_dropped(
    newsroom, monkeypatch, caplog, drawn
):
    original = Coverage.articles

    def altered(self, keys):
        found = original(self, keys)
        for article in found.values():
            is_first = article.published.first == date(2022, 1, 10)
            object.__setattr__(article, "text", "x" + article.text) if is_first else None
        return found

    monkeypatch.setattr(Coverage, "articles", altered)

    card = (await survey(newsroom, "timeline", topic=TOPIC)).response.message

    assert not [text for text in texts(card) if text.startswith("**10 January 2022**")]
    assert "dropped 1 quote(s)" in caplog.text


async def test_reply_to_a_timeline_goes_on_from_its_topic(newsroom, drawn):
    await survey(newsroom, "timeline", topic=TOPIC)
    timeline = newsroom.channel.last_message
    assert asked_of(timeline) == ConversationQuestion(TOPIC)

    await newsroom.alice.send(
        newsroom.channel, f"{newsroom.env.bot.user.mention} how many?", reply_to=timeline
    )

    answer = texts(newsroom.channel.last_message)
    assert answer[:2] == ["**Q:** how many?", ENGLISH.say("answer-topic", topic=TOPIC)]


@pytest.mark.parametrize("topic", ["who? " * 200, "x" * 501])
async def test_topic_that_is_too_long_is_declined_privately(newsroom, topic):
    result = await survey(newsroom, "timeline", topic=topic)

    assert result.ephemeral
    assert "please ask in 500 or fewer" in texts(result.response.message)[0]
