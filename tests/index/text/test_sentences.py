"""Sentences are spans; quoted speech stays whole, and no character of the text gets lost."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Span
from index.text.paragraphs import split_paragraphs
from index.text.sentences import MAX_CHARACTERS, split_sentences


def pieces(text, language=None, limit=MAX_CHARACTERS):
    return [text[span.start : span.end] for span in split_sentences(text, language, limit)]


def test_sentences_are_spans_of_the_text():
    text = "  The bridge opened.  The ferry stays. \n\nNobody left."

    assert split_sentences(text) == [Span(2, 20), Span(22, 38), Span(41, 53)]
    assert pieces(text) == ["The bridge opened.", "The ferry stays.", "Nobody left."]


def test_full_stop_of_an_abbreviation_ends_no_sentence():
    assert pieces("The U.S. envoy met Mr. Smith at 5 p.m. on Monday. He left.") == [
        "The U.S. envoy met Mr. Smith at 5 p.m. on Monday.",
        "He left.",
    ]
    assert pieces("It cost 3.5 million. No. 7 was next.") == [
        "It cost 3.5 million.",
        "No. 7 was next.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Паром идёт в г. Минск, т. е. в столицу.",
        "Это главный город, т. е. Минск.",
        "В музее висит портрет: А. С. Пушкин на набережной.",
        "Мост открыли в 1999 г. у порта, билет стоит 5 тыс. руб. в месяц.",
        "Паром ходит от пл. Победы и театра им. Купалы до ул. Ленина.",
    ],
)
@pytest.mark.parametrize("language", ["ru", "be"])
def test_full_stop_of_a_russian_abbreviation_ends_no_sentence(sentence, language):
    assert pieces(f"{sentence} Все ушли.", language) == [sentence, "Все ушли."]


@pytest.mark.parametrize("language", ["xx", "zh", "be", "", "en-US", "тест", "x" * 99, "\0"])
def test_any_language_code_splits_plain_sentences(language):
    assert pieces("Мост открыт. Все ушли.", language) == ["Мост открыт.", "Все ушли."]


def test_line_break_ends_a_sentence():
    assert pieces("Bridge opens\nThe bridge opened on Monday") == [
        "Bridge opens",
        "The bridge opened on Monday",
    ]


def test_sentence_goes_over_the_lines_of_hard_wrapped_text():
    text = "The ship that left\nthe port on Monday was\nlate. The people\nwaited for it.\n"

    assert pieces(text) == [
        "The ship that left\nthe port on Monday was\nlate.",
        "The people\nwaited for it.",
    ]


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        (
            "She said: “We stay. We go on. We win.” Then she left. “Why?” he asked.",
            "en",
            ["She said: “We stay. We go on. We win.”", "Then she left.", "“Why?” he asked."],
        ),
        (
            '"It is open. More will come," she said. "We wait." He left.',
            "en",
            ['"It is open. More will come," she said.', '"We wait."', "He left."],
        ),
        (
            "«Мост открыт. Мы ждём», — сказала она. Все ушли.",
            "ru",
            ["«Мост открыт. Мы ждём», — сказала она.", "Все ушли."],
        ),
        (
            "Sie sagte: „Wir bleiben. Wir gehen weiter.“ Dann ging sie.",
            "de",
            ["Sie sagte: „Wir bleiben. Wir gehen weiter.“", "Dann ging sie."],
        ),
    ],
    ids=["curly", "straight", "guillemets", "low and high"],
)
def test_quoted_speech_stays_whole(text, language, sentences):
    assert pieces(text, language) == sentences


def test_curly_quotation_closed_by_a_straight_mark_ends_there():
    assert pieces('“It is open. More will come." The mayor left. All clapped.') == [
        '“It is open. More will come."',
        "The mayor left.",
        "All clapped.",
    ]


def test_opening_mark_at_the_end_belongs_to_the_next_sentence():
    assert pieces("The mayor spoke. “ The bridge is open,” he said. All clapped.") == [
        "The mayor spoke.",
        "“ The bridge is open,” he said.",
        "All clapped.",
    ]


@pytest.mark.parametrize("gap", [" ", ""])
def test_closing_mark_at_the_start_belongs_to_the_sentence_before(gap):
    text = f"“The bridge is open.{gap}” The mayor left."

    assert pieces(text) == [f"“The bridge is open.{gap}”", "The mayor left."]


def test_apostrophe_that_opens_a_word_is_no_closing_mark():
    assert pieces("The ship left. ’Tis the season for it.") == [
        "The ship left.",
        "’Tis the season for it.",
    ]


def test_speech_longer_than_the_limit_is_divided_at_its_sentences():
    text = "He said: “" + " ".join(f"We opened bridge number {n}." for n in range(40)) + "”"

    found = pieces(text)

    assert found[0] == "He said: “We opened bridge number 0."
    assert found[1] == "We opened bridge number 1."
    assert found[-1] == "We opened bridge number 39.”"
    assert len(found) == 40


def test_unclosed_speech_swallows_no_more_than_the_limit():
    text = "He said: “We stay. We go on. " + "The harbour was quiet that day. " * 40

    found = pieces(text)

    assert found[0] == "He said: “We stay."
    assert max(map(len, found)) <= MAX_CHARACTERS


def test_long_sentence_is_divided_at_its_last_weaker_break():
    first, second = "a" * 280 + " b;", "c" * 290 + " d,"
    text = f"{first} {second} {'e' * 290}"

    assert pieces(text, limit=600) == [first, f"{second} {'e' * 290}"]


def test_breaks_are_tried_from_strong_to_weak():
    assert pieces("one two, three; four, five six", limit=24) == [
        "one two, three;",
        "four, five six",
    ]
    assert pieces("one two, three four, five six", limit=24) == [
        "one two, three four,",
        "five six",
    ]
    assert pieces("one two three four five six", limit=24) == ["one two three four five", "six"]


def test_word_longer_than_the_limit_is_cut_at_it():
    assert pieces("x" * 1300) == ["x" * 600, "x" * 600, "x" * 100]


def test_unknown_language_is_split_all_the_same():
    assert pieces("One thing. Another thing.", "zz") == ["One thing.", "Another thing."]


def test_text_without_a_word_has_no_sentence():
    assert pieces("") == []
    assert pieces(" \n\t ") == []


@given(data=st.data())
@settings(max_examples=300)
def test_every_character_lies_in_one_sentence(wire_text, data):
    text = data.draw(wire_text)
    language = data.draw(st.sampled_from([None, "en", "ru", "de", "he", "zz"]))
    limit = data.draw(st.sampled_from([600, 600, 204, 40, 5]))
    spans = split_sentences(text, language, limit)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.length <= limit for span in spans)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(between).strip()
    for span in spans:
        piece = text[span.start : span.end]
        assert piece == piece.strip()


@given(data=st.data())
def test_no_sentence_lies_in_two_paragraphs(wire_text, data):
    text = data.draw(wire_text)
    paragraphs = split_paragraphs(text)

    for span in split_sentences(text):
        assert any(each.start <= span.start and span.end <= each.end for each in paragraphs)


@given(st.lists(st.sampled_from(["We stay.", "We go on!", "Why?", "It is open."]), min_size=1))
def test_speech_that_fits_is_never_divided(said):
    speech = f"“{' '.join(said)}”"
    sentences = pieces(f"The mayor spoke. {speech} The crowd clapped.")

    if len(speech) <= MAX_CHARACTERS:
        assert any(speech in sentence for sentence in sentences)
