"""A quote's context: whole paragraphs, and the sentences that they can be cut at."""

import pytest

from index.answers.context import quote_context
from index.models import Article, Span
from index.text.sentences import split_sentences

TEXT = (
    "The harbour froze. Boats stayed in.\n"
    "“It is cold,” the pilot said.\n\n"
    "A thaw came on Friday. The first boat left."
)


def context_of(quoted: str):
    start = TEXT.index(quoted)
    article = Article(id="a", text=TEXT, headline="Ice")
    return quote_context(article, Span(start, start + len(quoted)), split_sentences(TEXT))


def part(span: Span) -> str:
    return TEXT[span.start : span.end]


@pytest.mark.parametrize(
    ("quoted", "around"),
    [
        ("Boats stayed in.", "The harbour froze. Boats stayed in."),
        ("It is cold", "“It is cold,” the pilot said."),
        (
            "the pilot said.\n\nA thaw",
            "“It is cold,” the pilot said.\n\nA thaw came on Friday. The first boat left.",
        ),
        (TEXT, TEXT),
    ],
)
def test_context_is_every_paragraph_that_the_quote_touches(quoted, around):
    context = context_of(quoted)

    assert part(context.around) == around
    assert context.quote.text == quoted


def test_sentences_are_those_of_the_context_in_order():
    context = context_of("came on Friday")

    assert [part(each) for each in context.sentences] == [
        "A thaw came on Friday.",
        "The first boat left.",
    ]


def test_quote_between_paragraphs_is_its_own_context():
    assert part(context_of("\n\n").around) == "\n\n"
