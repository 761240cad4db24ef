"""A quote's code says whether these very words still stand in their article."""

from dataclasses import replace

import pytest

from index.answers.citations import quote_span
from index.answers.quote_codes import Finding, QuoteCode, hash_words, verify_code
from index.errors import QuoteCodeError
from index.models import Article, Span
from index.text.sentences import split_sentences

TEXT = "The harbour froze.\n“It is cold,” the pilot said.\nA thaw came on Friday."
WORDS = "“It is cold,” the pilot said."


def article(text=TEXT, article_id="harbour"):
    return Article(id=article_id, text=text, headline="Ice")


def code_of(words, text=TEXT):
    start = text.index(words)
    return QuoteCode.of(quote_span(article(text), Span(start, start + len(words)), 1.0))


def verify(code, *articles):
    return verify_code(code, [(each, split_sentences(each.text)) for each in articles])


def test_code_is_short_and_can_be_read_back():
    code = code_of(WORDS)

    assert str(code) == f"{article().key[:10]}:19-48:{hash_words(WORDS)[:8]}"
    assert QuoteCode.parse(str(code)) == code


@pytest.mark.parametrize("wrap", ["`{}`", "  {}\n", "<{}>", "“{}”.", "({})"])
def test_code_is_read_as_it_is_pasted(wrap):
    code = code_of(WORDS)

    assert QuoteCode.parse(wrap.format(str(code).upper().replace("-", "–"))) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "who leads the CSTO?",
        "3fa91c2b04:120-245",
        "3fa91c2b04:245-120:7d0c2a9e",
        "3fa91c2b04:120-120:7d0c2a9e",
        "3fa91c2b04:0-701:7d0c2a9e",  # longer than any quote
        "3fa:120-245:7d0c2a9e",
        "xyz91c2b04:120-245:7d0c2a9e",
        "3fa91c2b04:120-245:7d0c2a9",
        "3fa91c2b04:١-٢:7d0c2a9e٠",
    ],
)
def test_anything_else_is_an_error_that_shows_a_code(typed):
    with pytest.raises(QuoteCodeError, match="3fa91c2b04:120-245:7d0c2a9e"):
        QuoteCode.parse(typed)


def test_words_that_stand_are_shown_with_their_paragraph():
    found = verify(code_of(WORDS), article())

    assert (found.finding, found.is_verbatim) == (Finding.STANDS, True)
    assert found.context.quote.text == WORDS


def test_words_that_moved_are_found_where_they_are_now():
    found = verify(code_of(WORDS), article("Corrected on Monday.\n" + TEXT))

    assert (found.finding, found.is_verbatim) == (Finding.MOVED, True)
    assert found.context.quote.text == WORDS
    assert found.context.quote.citation.paragraph == 3


@pytest.mark.parametrize("position", range(len(WORDS)))
def test_one_character_that_differs_is_a_change(position):
    other = "x" if WORDS[position] != "x" else "y"
    changed = WORDS[:position] + other + WORDS[position + 1 :]

    found = verify(code_of(WORDS), article(TEXT.replace(WORDS, changed)))

    assert (found.finding, found.is_verbatim) == (Finding.CHANGED, False)
    assert found.context.quote.text == changed


@pytest.mark.parametrize("end", [47, 49])
def test_words_cut_or_lengthened_by_one_character_are_a_change(end):
    code = replace(code_of(WORDS), span=Span(19, end))

    assert verify(code, article()).finding is Finding.CHANGED


def test_place_that_is_no_longer_there_has_no_context():
    found = verify(code_of(WORDS), article("It is gone."))

    assert (found.finding, found.context) == (Finding.CHANGED, None)


def test_what_stands_there_now_is_no_longer_than_a_quote():
    long = "This sentence of an article is rather long and says nothing. " * 40

    found = verify(QuoteCode("0000", Span(0, 700), "0" * 8), article(long))

    assert found.finding is Finding.CHANGED
    assert 600 < found.context.quote.span.length <= 700


def test_article_that_is_not_there_is_gone():
    assert verify(code_of(WORDS)).finding is Finding.GONE


def test_of_several_articles_the_one_with_the_words_is_meant():
    found = verify(code_of(WORDS), article("Another story.", "other"), article())

    assert (found.finding, found.context.article.id) == (Finding.STANDS, "harbour")


@pytest.mark.parametrize("texts", [("One story.", "Another."), (TEXT, TEXT)])
def test_several_of_which_none_or_two_have_the_words_are_ambiguous(texts):
    articles = [article(text, f"copy-{number}") for number, text in enumerate(texts)]

    found = verify(code_of(WORDS), *articles)

    assert (found.finding, found.articles, found.context) == (Finding.AMBIGUOUS, 2, None)
