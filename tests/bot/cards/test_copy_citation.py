"""*Copy citation*: a quote and where it was published, as plain text and in Markdown."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.cards.copy_citation import citation_card, markdown_citation, plain_citation
from bot.wording.markup import split_at_marks
from index.answers.citations import quote_span
from index.answers.quote_codes import QuoteCode
from index.dates.partial_date import PartialDate
from index.models import Article, Span
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, buttons, quotes, shown, texts, unquoted

NOMINATED = "who was nominated CSTO secretary general?"
URL = "https://example.org/courier/2022/11/tasmagambetov-profile"
BRIDGE = "---\ntitle: Bridge\noutlet: Sample Wire\n---\n{}"
ODD = st.text(
    st.sampled_from("ab 1.\n*_~`|>#-+=[](){}<@!:\\/\u202e«”й😀"), min_size=1, max_size=700
)


def quote_of(text, **fields):
    values = {
        "id": "a",
        "headline": "Headline",
        "outlet": "Wire",
        "published": PartialDate(2022, 11, 23),
    }
    article = Article(**{**values, "text": text, **fields})
    return quote_span(article, Span(0, len(text)), 1.0)


async def context_of(newsroom, card, by=None):
    clicked = await (by or newsroom.bob).click(card, custom_id=buttons(card)[0].custom_id)
    return clicked.response.message


def block(text):
    """What is inside a code block, to be copied."""
    return re.fullmatch(r"[^\n]+\n```\n(.*)\n```", text, re.DOTALL)[1]


async def test_citation_is_shown_to_be_copied_to_the_one_who_clicked(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    context = await context_of(newsroom, card)

    result = await newsroom.bob.click(context, label="Copy citation")

    plain, markdown, _ = map(block, texts(result.response.message))
    assert result.ephemeral
    headline = "A Kazakh political veteran prepares to run the CSTO"
    assert plain.split("” — ")[0].splitlines() == f"“{quotes(card)[0]}".splitlines()
    assert f"” — {headline}, Sample Courier, 25 November 2022, ¶ " in plain
    assert plain.endswith(f", {URL}")
    assert "](https://example.org/courier/2022/11/tasmagambetov-profile#:~:text=" in markdown


async def test_citation_works_after_a_restart_and_a_rebuild(newsroom, open_bot, build_index):
    text = "The bridge over the Arpa reopened on Monday."
    index_dir = build_index(bridge=BRIDGE.format(text))
    await newsroom.env.restart_bot(open_bot(index_dir))
    context = await context_of(newsroom, (await newsroom.ask("what reopened?")).response.message)
    build_index(bridge=BRIDGE.format(text), tram=BRIDGE.format("The tram came back."))
    await newsroom.env.restart_bot(open_bot(index_dir))

    result = await newsroom.bob.click(context, label="Copy citation")

    plain, markdown, _ = map(block, texts(result.response.message))
    assert plain == f"“{text}” — Bridge, Sample Wire, date unknown, ¶ 1"
    assert markdown == f"> {text}\n>\n> — Bridge, Sample Wire, date unknown, ¶ 1"


async def test_article_that_changed_or_is_gone_is_told(newsroom, ivan, open_bot, build_index):
    index_dir = build_index(bridge=BRIDGE.format("The bridge reopened on Monday."))
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask("what reopened?")).response.message
    context, of_ivan = await context_of(newsroom, card), await context_of(newsroom, card, ivan)

    said = []
    for articles in ({"bridge": BRIDGE.format("It is shut.")}, {"tram": BRIDGE.format("A tram.")}):
        build_index(**articles)
        await newsroom.env.restart_bot(open_bot(index_dir))
        english = await newsroom.bob.click(context, label="Copy citation")
        russian = await ivan.click(of_ivan, label="Скопировать цитату")
        said.append([texts(each.response.message)[0] for each in (english, russian)])

    changed, gone = "citation-article-changed", "citation-article-gone"
    assert said == [[each.say(what) for each in (ENGLISH, RUSSIAN)] for what in (changed, gone)]


async def test_failures_are_told_or_logged(newsroom, caplog):
    context = await context_of(newsroom, (await newsroom.ask(NOMINATED)).response.message)
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008)
    told = await newsroom.bob.click(context, label="Copy citation")
    newsroom.env.inject_error("POST", "/interactions/*/callback")
    await newsroom.bob.click(context, label="Copy citation")

    assert texts(told.response.message)[0].startswith("Something went wrong here")
    assert "could not acknowledge a command or a click" in caplog.text
    assert newsroom.env.errors == []


async def test_second_click_shows_the_same(newsroom):
    context = await context_of(newsroom, (await newsroom.ask(NOMINATED)).response.message)

    results = [await newsroom.bob.click(context, label="Copy citation") for _ in range(2)]

    first, second = (texts(each.response.message) for each in results)
    assert first == second


def test_markdown_has_no_more_backslashes_than_it_takes():
    quote = quote_of(
        "The 3.5 km bridge (in Minsk) – it's *new* – opened; see [1].", url="https://a.b/c"
    )

    assert markdown_citation(quote, ENGLISH) == (
        "> The 3.5 km bridge (in Minsk) – it's \\*new\\* – opened; see \\[1\\].\n>\n"
        "> — [Headline](https://a.b/c#:~:text=The%203.5%20km%20bridge%20%28in%20Minsk%29%20"
        "%E2%80%93%20it%27s%20%2Anew%2A%20%E2%80%93%20opened%3B%20see%20%5B1%5D.), "
        "Wire, 23 November 2022, ¶ 1"
    )


def test_answer_is_bold_in_the_markdown_alone():
    quote = quote_of("2. It opened on 1. May-day, *at noon*.\nMore follows.", url=None)
    quote = replace(quote, answer=Span(16, 43))

    assert markdown_citation(quote, ENGLISH).split("\n")[:2] == [
        "> 2\\. It opened on **1. May-day, \\*at noon\\*.**",
        "> **More** follows.",
    ]
    assert plain_citation(quote, ENGLISH).startswith(f"“{quote.text}” — ")


def test_russian_citation_is_in_russian():
    assert plain_citation(quote_of("Мост открыт.", outlet=None), RUSSIAN) == (
        "«Мост открыт.» — Headline, издание неизвестно, 23 ноября 2022 г., абз. 1"
    )


def test_fence_in_a_quote_does_not_end_the_block_and_the_quote_stays_verbatim():
    plain, markdown, _ = shown(citation_card(quote_of("He typed ```rm``` twice."), ENGLISH))

    assert "```" not in plain
    assert unquoted(plain.split("\n", 1)[1]).startswith("“He typed ```rm``` twice.” — ")
    assert "\\`\\`\\`rm" in block(markdown)


def test_citation_too_long_for_one_message_is_plain_text_alone():
    long = quote_of("*" * 700, headline="_" * 290, outlet="~" * 290, url="https://a.b/" + "x" * 400)

    plain, code = shown(citation_card(long, ENGLISH))

    assert plain.startswith("Plain text\n```\n“***")
    assert block(code) == str(QuoteCode.of(long))


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
@given(
    ODD, st.text(min_size=1, max_size=5000), st.sampled_from([None, "https://a.b/`)>" + "(" * 90])
)
def test_card_keeps_its_limits_and_its_blocks_whatever_was_quoted(phrases, text, name, url):
    text = text if text.strip() else "x"
    quote = quote_of(text, headline=name, outlet=name, url=url)

    parts = shown(citation_card(quote, phrases))

    assert sum(map(len, parts)) <= 4000
    for part in parts:
        assert part.count("```") in (0, 2)
    assert text in plain_citation(quote, phrases)


@given(
    st.text(
        st.sampled_from("ab 1.*_~`>#-+=[]()<\\й&;\u200b\u202e\u0301“€"), min_size=1, max_size=80
    ),
    st.integers(0, 82),
    st.integers(0, 82),
)
@example("&lt;&#42;", 0, 0)
def test_markdown_reads_as_the_quote_with_its_answer_in_bold(text, start, end):
    quote = replace(quote_of(f"x{text}x"), answer=Span(min(start, end), max(start, end)))

    html = MarkdownIt().parse(markdown_citation(quote, ENGLISH))

    inline = next(token for token in html if token.type == "inline")
    texts, strong = {"text", "text_special"}, {"strong_open", "strong_close"}
    assert {token.type for token in inline.children} <= texts | strong
    assert "".join(token.content for token in inline.children) == f"x{text}x"
    parts = re.split("</?strong>", "".join(map(_tagged, inline.children)))
    assert parts == split_at_marks(quote.text, quote.answer)


def _tagged(token):
    return {"strong_open": "<strong>", "strong_close": "</strong>"}.get(token.type, token.content)
