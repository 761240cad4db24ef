"""A reader whose Discord is in Russian, over English coverage."""

import re
from datetime import date

import pytest

from bot.cards.filters import filter_problem
from bot.runtime.coverage_pool import CoveragePool
from bot.wording.markup import unescape
from index.errors import FilterError, UnknownOutletError
from index.search.filters import read_filters
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, buttons, quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"
UNRELATED = "who won the football world cup?"
FERRY = "---\ntitle: Ferry\noutlet: Sample Wire\npublished: 2022-11-23\n---\nThe ferry {}.\n"


def labels(card):
    return [button.label for button in buttons(card)]


async def test_card_is_russian_and_the_quotes_stay_as_published(newsroom, ivan):
    english = (await newsroom.ask(NOMINATED)).response.message

    card = (await newsroom.ask(NOMINATED, by=ivan)).response.message

    assert SENTENCE in quotes(card)[0]
    assert quotes(card) == quotes(english)
    assert texts(card)[0] == f"**Вопрос:** {NOMINATED}"
    assert "Sample Courier · 25 ноября 2022 г. · абз. " in texts(card)[2]
    assert re.fullmatch(
        r"-# Дословно из \d+ стат(ей|ьи) · самая новая: \d+ \w+ \d+ г\. · "
        r"индекс обновлён <t:\d+:R>",
        texts(card)[-1],
    )
    assert labels(card) == [*["Контекст"] * 3, "Сверить снова", "Ещё цитаты", "Убрать"]
    chrome = [unescape(text) for text in texts(card) if not text.startswith("> ")]
    for text in map(ENGLISH.say, ("citation-outlet-unknown", "date-unknown", "button-more")):
        assert text not in "\n".join(chrome)


async def test_refusal_is_russian(newsroom, ivan):
    card = (await newsroom.ask(UNRELATED, by=ivan)).response.message

    assert texts(card)[1:3] == [RUSSIAN.say("answer-refused"), RUSSIAN.say("answer-closest")]


async def test_filters_are_russian(newsroom, ivan):
    card = (
        await newsroom.ask(
            NOMINATED, by=ivan, outlet="sample gazette", since="ноябрь 2022", until="2022"
        )
    ).response.message

    assert texts(card)[1] == (
        "-# Только Sample Gazette · с 1 ноября 2022 г. · по 31 декабря 2022 г."
    )


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"since": "как-нибудь"}, "Дату «как-нибудь» понять не удалось. Попробуйте так: 23 ноября"),
        ({"until": "3/4/2022"}, "Дату «3/4/2022» можно понять двояко."),
        ({"outlet": "Nowhere"}, "Издания «Nowhere» в публикациях нет. Есть: «Sample "),
        (
            {"since": "ноябрь 2022", "until": "октябрь 2022"},
            "Начало (1 ноября 2022 г.) позже конца (31 октября 2022 г.): поменяйте даты местами.",
        ),
        ({"outlet": "@everyone **x**"}, "Издания «@everyone **x**» в публикациях нет."),
    ],
)
async def test_filter_that_is_not_understood_is_answered_in_russian(newsroom, ivan, filters, said):
    (line,) = texts((await newsroom.ask(NOMINATED, by=ivan, **filters)).response.message)

    assert unescape(line).startswith(said)
    assert not re.search(r"(?<!\\)[*@<]", line)


def test_every_filter_error_has_a_sentence_in_both_languages():
    day = date(2022, 11, 23)
    values = {"typed": "x", "known": ["A", "B"], "since": day, "until": day, "outlet_key": "0"}
    kinds = FilterError.__subclasses__()

    assert len(kinds) == 5
    for kind in kinds:
        error = kind(
            **{name: values[name] for name in kind.__init__.__annotations__ if name in values}
        )
        english, russian = (filter_problem(error, phrases) for phrases in ALL_PHRASES)
        assert re.search("[а-я]", russian)
        assert not re.search("[а-я]", english)


def test_coverage_without_outlets_is_told():
    assert filter_problem(UnknownOutletError("BelTA", []), RUSSIAN) == (
        "Издания «BelTA» в публикациях нет: ни в одной статье издание не указано."
    )


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
def test_dates_that_readers_are_told_to_try_are_understood(phrases):
    examples = re.split(", | or | или ", phrases.say("filter-dates"))

    assert len(examples) == 6
    for text in examples:
        assert read_filters(since=text, today=date(2026, 11, 24)).since


async def test_too_long_and_busy_are_told_in_russian(newsroom, ivan, monkeypatch):
    long = await newsroom.ask("why? " * 1200, by=ivan)
    monkeypatch.setattr(CoveragePool, "is_full", True)
    busy = await newsroom.ask(NOMINATED, by=ivan)

    assert texts(long.response.message) == ["В вопросе 6\u00a0000 знаков; сократите его до 500."]
    assert texts(busy.response.message) == [RUSSIAN.say("notice-busy")]
    assert long.ephemeral
    assert busy.ephemeral


async def test_failure_is_told_in_russian(newsroom, ivan):
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original")

    (sentence,) = texts((await newsroom.ask(NOMINATED, by=ivan)).response.message)

    assert sentence.startswith("Что-то пошло не так")


async def test_buttons_follow_who_clicks_after_a_restart(newsroom, ivan, open_bot, sample_index):
    english = (await newsroom.ask(NOMINATED)).response.message
    russian = (await newsroom.ask(NOMINATED, by=ivan)).response.message
    await newsroom.env.restart_bot(open_bot(sample_index))

    of_ivan = (await ivan.click(english, label="More quotes")).response.message
    of_bob = (await newsroom.bob.click(russian, label="Ещё цитаты")).response.message
    custom_id = buttons(english)[0].custom_id
    context = (await ivan.click(english, custom_id=custom_id)).response.message

    assert texts(of_ivan)[0] == f"**Вопрос:** {NOMINATED}"
    assert texts(of_bob)[0] == f"**Q:** {NOMINATED}"
    assert quotes(of_ivan) == quotes(of_bob)
    assert "Sample Courier · 25 ноября 2022 г." in texts(context)[0]


async def test_context_of_a_changed_or_removed_article_is_told_in_russian(
    newsroom, ivan, open_bot, build_index
):
    index_dir = build_index(ferry=FERRY.format("sank"))
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask("what sank?")).response.message
    (context,) = [each.custom_id for each in buttons(card) if each.label == "Context"]

    said = list[list[str]]()
    for articles in ({"ferry": FERRY.format("left")}, {"tram": FERRY.format("came back")}):
        build_index(**articles)
        await newsroom.env.restart_bot(open_bot(index_dir))
        result = await ivan.click(card, custom_id=context)
        said.append(texts(result.response.message))

    changed, gone = said
    assert changed[0].startswith("⚠️ **Это место изменили <t:")
    assert (changed[1][:6], changed[2][:6]) == ("Было\n>", "Стало\n")
    assert gone[0].startswith("⚠️ **Больше не публикуется** здесь с <t:")


async def test_dismissal_of_anothers_card_is_refused_in_russian(newsroom, ivan):
    card = (await newsroom.ask(NOMINATED)).response.message

    refused = await ivan.click(card, label="Dismiss")

    assert texts(refused.response.message) == [RUSSIAN.say("notice-not-yours")]


async def test_message_is_answered_in_the_language_of_its_server(newsroom):
    guild = newsroom.env.create_guild("Редакция", preferred_locale="ru")
    channel = guild.create_text_channel("новости")
    reader = guild.add_member(newsroom.alice.user)
    bot = newsroom.env.bot.user.mention

    await reader.send(channel, f"{bot} {NOMINATED}")
    answered = channel.last_message
    await reader.send(channel, bot)

    assert texts(answered)[0] == f"**Вопрос:** {NOMINATED}"
    assert SENTENCE in quotes(answered)[0]
    assert texts(channel.last_message)[0].startswith("Задайте мне вопрос о публикациях")
