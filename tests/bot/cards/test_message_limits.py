"""Cards keep every limit of a message, whatever the articles hold."""

import re
from dataclasses import replace
from datetime import date

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.answer import MAX_QUESTION, answer_card
from bot.cards.base import MAX_TEXT
from bot.cards.context import context_card
from bot.cards.custom_ids import ContextId, DismissId
from bot.cards.page_ids import MoreId
from bot.cards.sharing import MAX_SIGNATURE
from bot.wording.markup import unescape, unmark
from bot.wording.phrases import Phrases
from index.answers.citations import quote_span
from index.answers.context import Context, quote_context
from index.answers.quotes import MAX_CHARACTERS
from index.dates.partial_date import PartialDate
from index.models import Answer, Article, CoverageFacts, Filters, Span, Status
from index.search.follow_up import MAX_TOPIC
from index.text.sentences import split_sentences
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, shown, unquoted

FACTS = CoverageFacts(1204, PartialDate(2022, 11, 23), "2022-11-24T10:00:00+00:00")
ODD = st.text(
    st.sampled_from("ab \n*_~`|>#-[](){}<@!:.\\/\u202e\u200b\u2066«”й☃😀"), min_size=1, max_size=700
)

LANGUAGES = pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
FILTERS = [
    Filters(),
    Filters("Sample Wire", date(2022, 9, 1), date(2022, 9, 30)),
    Filters("*" * 5000, date(2022, 9, 1), date(2022, 9, 30)),
]


def article(text: str, **fields: object) -> Article:
    return Article(**{"id": "a", "text": text, "headline": "Headline", **fields})


def card_of(
    *texts: str,
    more: bool = False,
    question: str = "who?",
    phrases: Phrases = ENGLISH,
    status: Status = Status.ANSWERED,
    filters: Filters = FILTERS[0],
    topic: str = "",
    is_private: bool = False,
    also_in: tuple[str, ...] = (),
    answer: Span | None = None,
    **fields: object,
) -> ui.LayoutView:
    quotes = tuple(
        replace(
            quote_span(article(text, **fields), Span(0, min(len(text), MAX_CHARACTERS)), 0.5),
            also_in=also_in,
            answer=answer,
        )
        for text in texts
    )
    is_answered = status is Status.ANSWERED
    answer = Answer(
        question,
        status,
        quotes if is_answered else (),
        () if is_answered else quotes,
        more=more,
        filters=filters,
        undated=1204 if filters.by_date else 0,
        coverage=FACTS,
    )
    return answer_card(
        answer, 7, phrases, topic=topic, asked_on=date(2022, 11, 24), is_private=is_private
    )


def components(view: ui.LayoutView) -> list[dict]:
    def walk(items):
        for item in items:
            yield item
            yield from walk(item.get("components", []))
            if "accessory" in item:
                yield item["accessory"]

    return list(walk(view.to_components()))


@LANGUAGES
@settings(max_examples=200)
@given(
    st.lists(ODD, min_size=1, max_size=3),
    st.text(max_size=5000),
    st.text(max_size=MAX_QUESTION),
    st.sampled_from(["https://a.example/x", "https://a.example/" + "(" * 600, None]),
    st.sampled_from([Status.ANSWERED, Status.NOT_ANSWERED]),
    st.sampled_from(FILTERS),
    st.sampled_from([(), ("Reuters",), ("_" * 5000,), ("AP", "AFP")]),
    st.one_of(st.just(""), st.text(max_size=MAX_TOPIC)),
    st.booleans(),
    st.none() | st.builds(Span, st.integers(0, 300), st.integers(300, 700)),
)
def test_card_keeps_every_limit_and_shows_quotes_character_by_character(
    phrases, texts, headline, question, url, status, filters, also_in, topic, is_private, bold
):
    texts = [text if text.strip() else "x" for text in texts]

    view = card_of(
        *texts,
        question=question,
        phrases=phrases,
        status=status,
        filters=filters,
        topic=topic,
        is_private=is_private,
        also_in=also_in,
        answer=bold,
        headline=headline or "x",
        outlet=headline or None,
        url=url,
    )

    found = components(view)
    kept_free = MAX_SIGNATURE if is_private else 0
    assert sum(len(each.get("content", "")) for each in found) <= MAX_TEXT - kept_free
    assert len(found) < 40
    assert all(len(each["custom_id"]) <= 100 for each in found if "custom_id" in each)
    assert all(each["content"] for each in found if "content" in each)
    blocks = [text for text in shown(view) if text.startswith("> ")]
    assert blocks
    for block, text in zip(blocks, texts, strict=False):
        assert unquoted(block).split("\n") == text.splitlines()


def test_quotes_that_do_not_fit_are_left_to_more_quotes():
    view = card_of(*["*" * 690] * 3)

    labels = [each["label"] for each in components(view) if "label" in each]
    assert labels == ["Context", "Context", "Check again", "More quotes", "👍", "👎", "Dismiss"]


def test_footer_says_how_much_coverage_there_is_and_how_fresh():
    assert shown(card_of("A quote.", phrases=RUSSIAN))[-1] == (
        "-# Дословно из 1\u00a0204 статей · самая новая: 23 ноября 2022 г. · "
        "индекс обновлён <t:1669284000:R>"
    )
    assert shown(card_of("A quote."))[-1] == (
        "-# Verbatim from 1,204 articles · newest 23 November 2022 · index updated <t:1669284000:R>"
    )


def test_unknown_fields_are_shown_as_unknown():
    assert shown(card_of("A quote.", phrases=RUSSIAN))[2] == (
        "\\[1\\] Headline · издание неизвестно · дата неизвестна · абз. 1"
    )
    assert shown(card_of("A quote."))[2] == (
        "\\[1\\] Headline · outlet unknown · date unknown · ¶ 1"
    )


@pytest.mark.parametrize("name", ["\u202eevil\u202c", "\u200bevil", "\u2066evil", "e\u200fvil"])
def test_names_turn_nothing_around_and_hide_nothing(name):
    line = shown(card_of("A quote.", headline=name, outlet=name))[2]

    assert line == "\\[1\\] evil · evil · date unknown · ¶ 1"


def test_names_without_a_character_to_see_are_shown_as_missing():
    line = shown(card_of("A quote.", headline="\u200b", outlet="\u2066 \u2069"))[2]

    assert line == "\\[1\\] … · outlet unknown · date unknown · ¶ 1"


def test_answer_whose_quotes_were_all_dropped_says_so():
    answer = Answer("Who?", Status.ANSWERED, more=True, coverage=FACTS)

    card = answer_card(answer, 7, ENGLISH, asked_on=date(2022, 11, 24))

    assert ENGLISH.say("answer-altered") in shown(card)
    assert not any("more:" in each.get("custom_id", "") for each in components(card))


def test_first_sentence_standing_in_for_a_headline_is_marked():
    line = shown(card_of("A quote.", headline_stands_in=True))[2]

    assert unescape(line).startswith("[1] Headline (first sentence; no headline) · ")


def test_other_outlets_are_counted():
    for also_in, said in ((("Reuters",), "also in Reuters"), (("AP", "AFP"), "also in 2 outlets")):
        assert shown(card_of("A quote.", also_in=also_in))[2].endswith(f" · {said}")


@LANGUAGES
def test_context_of_a_paragraph_longer_than_a_message_keeps_whole_sentences(phrases):
    sentences = [f"Sentence number {number} says something of its own." for number in range(300)]
    text = " ".join(sentences)
    start = text.index(sentences[150])

    span = Span(start, start + len(sentences[150]))
    head, body, note = shown(
        context_card(quote_context(article(text), span, split_sentences(text)), phrases)
    )

    assert len(head + body + note) <= MAX_TEXT
    assert note == phrases.say("context-part-shown")
    assert f"**{sentences[150][:-1]}\\.**" in body
    assert unmark(body) in text
    assert unmark(body).startswith("Sentence number ")


def context_of(whole: Article, span: Span, answer: Span) -> Context:
    context = quote_context(whole, span, split_sentences(whole.text))
    return replace(context, quote=replace(context.quote, answer=answer))


def test_context_shows_the_quote_in_bold_and_its_answer_underlined_too():
    text = "It rained. The bridge opened\non Monday, he said. Snow fell."

    _, body = shown(context_card(context_of(article(text), Span(11, 48), Span(22, 38)), ENGLISH))

    assert body == (
        "It rained\\. **The bridge __opened__**\n**__on Monday__, he said\\.** Snow fell\\."
    )


def test_head_of_a_context_is_one_line_with_a_first_sentence_marked_as_such():
    whole = article(
        "A quote.", headline="Two\nlines", headline_stands_in=True, outlet="A\nB", place="Old\nTown"
    )

    head, _ = shown(context_card(context_of(whole, Span(0, 8), Span(0, 1)), ENGLISH))

    assert unescape(head) == (
        "-# Two lines (first sentence; no headline) · A B · Old Town · date unknown"
    )


@LANGUAGES
@settings(max_examples=200)
@given(ODD, st.text(max_size=1000), st.tuples(*[st.integers(0, 700)] * 4))
def test_context_keeps_every_limit_and_shows_the_quote_character_by_character(
    phrases, text, name, places
):
    text = f"x{text}"
    whole = article(f"{name}. {text}. {name}", headline=name or "x", outlet=name, place="Minsk")
    shift = len(name) + 2
    start, first, last, end = (shift + min(each, len(text)) for each in sorted(places))
    span = Span(start, end) if start < end else Span(shift, shift + len(text))

    card = context_card(context_of(whole, span, Span(first, last)), phrases)

    found = components(card)
    assert sum(len(each.get("content", "")) for each in found) <= MAX_TEXT
    assert all(len(each["custom_id"]) <= 100 for each in found if "custom_id" in each)
    read_back = unmark(shown(card)[1])
    assert read_back in whole.text
    assert whole.text[slice(*span)] in read_back


def test_quote_of_so_many_lines_that_its_marks_do_not_fit_is_shown_without():
    text = "\n".join(["a"] * 350)
    whole = article(text, headline="*" * 300, outlet="*" * 300, place="*" * 300)
    span = Span(0, len(text))

    assert shown(context_card(context_of(whole, span, span), ENGLISH))[1] == text


def test_ids_say_all_that_is_needed_and_fit():
    quote = quote_span(article("A quote." * 200000, id="x" * 300), Span(1599000, 1599700), 1.0)

    quote = replace(quote, answer=Span(1599010, 1599690))

    custom_id = ContextId.of(quote).custom_id

    assert custom_id == (
        f"context:{quote.article_key}:{quote.text_hash[:12]}:1599000:1599700:10:690"
    )
    assert max(map(len, (custom_id, MoreId(9999).custom_id, DismissId(2**64).custom_id))) <= 100


@pytest.mark.parametrize("answer", [None, Span(2, 7)])
def test_id_leads_back_to_the_answer_of_its_quote(answer):
    plain = quote_span(article("A quote. Another."), Span(0, 8), 0.0)
    quote = replace(plain, answer=answer)

    read = ContextId.read(re.fullmatch(ContextId.template, ContextId.of(quote).custom_id))

    assert read.is_of(plain)
    assert read.mark_answer(plain) == quote


def test_private_card_keeps_room_for_the_signature_of_who_shares_it():
    lengths = {}
    for is_private in (False, True):
        for characters in range(300, 701, 10):
            view = card_of(*["a" * characters] * 6, question="?" * 400, is_private=is_private)
            length = sum(len(each.get("content", "")) for each in components(view))
            lengths[is_private] = max(lengths.get(is_private, 0), length)

    assert lengths[True] <= MAX_TEXT - MAX_SIGNATURE < lengths[False] <= MAX_TEXT
