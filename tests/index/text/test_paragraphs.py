"""Paragraphs are spans: nothing lost, nothing doubled, nothing but white space between them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.models import Span
from index.text.paragraphs import paragraph_number, split_paragraphs, trim

WRAPPED = (
    "The tide gauge has been\nout of order since the\nfirst storm. The office said\n"
    "that a new one would come.\n\nUntil then the pilots\nread the water by eye.\n"
)


def pieces(text):
    return [text[span.start : span.end] for span in split_paragraphs(text)]


def test_each_line_of_wire_copy_is_a_paragraph():
    text = "  First line.\n\nSecond line.\r\nThird line.\u2028Fourth line.\n \t\n"

    assert pieces(text) == ["First line.", "Second line.", "Third line.", "Fourth line."]
    assert split_paragraphs(text)[0] == Span(2, 13)


def test_hard_wrapped_text_is_divided_at_blank_lines():
    assert pieces(WRAPPED) == [
        "The tide gauge has been\nout of order since the\nfirst storm. The office said\n"
        "that a new one would come.",
        "Until then the pilots\nread the water by eye.",
    ]


def test_hard_wrapped_text_with_windows_line_ends_is_divided_the_same():
    windows = WRAPPED.replace("\n", "\r\n")

    assert [piece.replace("\r\n", "\n") for piece in pieces(windows)] == pieces(WRAPPED)


def test_two_soft_breaks_do_not_make_a_text_hard_wrapped():
    assert pieces("one line\ngoes on\nand on") == ["one line", "goes on", "and on"]


def test_lines_that_end_in_a_full_stop_are_paragraphs():
    text = "He came.\nshe left.\nthey stayed.\nit rained."

    assert pieces(text) == ["He came.", "she left.", "they stayed.", "it rained."]


def test_text_without_a_word_has_no_paragraph():
    assert split_paragraphs("") == []
    assert split_paragraphs(" \n\r\n\t\u2029\u00a0") == []


def test_trim_keeps_marks_that_are_no_white_space():
    text = " \u00a0\u200f“Stay.”\u200b \n"

    assert trim(text, 0, len(text)) == Span(2, 11)
    assert trim("   ", 0, 3).length == 0


def test_number_counts_from_one():
    paragraphs = [Span(2, 5), Span(7, 9), Span(12, 20)]

    numbers = [paragraph_number(paragraphs, position) for position in (0, 2, 4, 7, 8, 11, 12, 19)]
    assert numbers == [1, 1, 1, 2, 2, 2, 3, 3]


@given(data=st.data())
def test_every_character_lies_in_one_paragraph(wire_text, data):
    text = data.draw(wire_text)
    spans = split_paragraphs(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(between).strip()
    for span in spans:
        piece = text[span.start : span.end]
        assert piece == piece.strip()


@given(data=st.data())
def test_number_names_the_paragraph_of_each_character(wire_text, data):
    text = data.draw(wire_text)
    paragraphs = split_paragraphs(text)

    for number, span in enumerate(paragraphs, 1):
        assert paragraph_number(paragraphs, span.start) == number
        assert paragraph_number(paragraphs, span.end - 1) == number
