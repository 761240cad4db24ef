"""Text shown as it is, parts of it in bold, links that lead to the quote."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.wording.markup import (
    BOLD,
    MAX_LINK,
    UNDERLINED,
    blockquote,
    escape,
    link,
    link_to_quote,
    marked,
    split_at_marks,
    unescape,
    unmark,
)
from index.models import Span
from tests.bot.discord_markdown import read, styled, text_of

HOSTILE = "@everyone <@1> <@&2> <#3> <:e:4> </ask:5> **b** __u__ ~~s~~ ||sp|| `c` [x](http://y.z)"
# What could break bold: its own signs, white space, lines, direction, accents, joined emoji.
TEXTS = st.text(
    st.sampled_from('ab1 é*_`~|\\\n\r\u2028\t.,("“”-€\u200b\u200d\u200f\u202e\u0301שк👩🏽‍✈️')
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@st.composite
def texts_with_spans(draw, texts=TEXTS):
    """A text, and a span within a span of it."""
    text = draw(texts)
    places = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    return text, Span(places[0], places[3]), Span(places[1], places[2])


def span_of(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


@given(st.text())
@example(HOSTILE)
@example("\\*\\\\")
def test_escaped_text_reads_back_exactly(text):
    assert unescape(escape(text)) == text


@given(st.text())
@example(HOSTILE)
def test_no_markup_character_stands_without_its_backslash(text):
    bare = re.sub(r"\\.", "", escape(text), flags=re.DOTALL)

    assert not set(bare) & set("*_~`|<>@[]()#\\")


def test_mention_is_shown_as_text():
    assert escape("@everyone <@1>") == "\\@everyone \\<\\@1\\>"


def test_every_line_of_a_block_quote_is_quoted():
    assert blockquote("One.\n\nTwo.") == "> One\\.\n> \n> Two\\."


@pytest.mark.parametrize(
    ("text", "answer", "shown"),
    [
        ("It opened on Monday, at noon.", "Monday", "It opened on **Monday**, at noon\\."),
        ("Monday", "Monday", "**Monday**"),
        ("It cost $500 (or 450 €).", "$500 (or 450 €)", "It cost **$500 \\(or 450 €\\)**\\."),
        ("Paid by “Arpa” alone", "“Arpa”", "Paid by **“Arpa”** alone"),
        ("a 12km road", "12", "a **12**km road"),
        ("on Monday morning", " Monday ", "on **Monday** morning"),
        ("by *Arpa* alone", "*Arpa*", "by **\\*Arpa\\*** alone"),
        ("by C:\\ alone", "C:\\", "by **C\\:\\\\** alone"),
        ("One\n\nTwo three", "One\n\nTwo", "**One**\n\n**Two** three"),
        ("was\r\nOne \u2028 Two", "was\r\nOne \u2028 Two", "**was**\r\n**One** \u2028 **Two**"),
    ],
)
def test_answer_is_in_bold(text, answer, shown):
    assert marked(text, (BOLD, span_of(text, answer))) == shown


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("US$500", "$500"),  # after a letter, asterisks before a sign are not bold everywhere
        ("(c)d", "(c)"),
        ("cafe\u0301", "cafe"),  # the accent would stand on an asterisk
        ("👩🏽‍✈️", "👩"),
        ("on  Monday", "  "),
        ("on Monday", ""),
    ],
)
def test_what_no_markup_can_show_in_bold_is_shown_without(text, answer):
    assert marked(text, (BOLD, span_of(text, answer))) == escape(text)


def test_one_line_that_cannot_be_bold_does_not_keep_the_others_from_it():
    text = "of US$5\nand 6"

    assert marked(text, (BOLD, Span(5, len(text)))) == "of US$5\n**and 6**"


@given(texts_with_spans())
@example((f"{HOSTILE} {HOSTILE}", Span(0, 150), Span(10, 100)))
def test_marks_hide_no_character_and_stay_within_their_spans(case):
    text, outer, inner = case

    shown = read(marked(text, (BOLD, outer), (UNDERLINED, inner)))

    assert text_of(shown) == text
    for place, each in enumerate(shown):
        assert each.styles <= {"bold", "underlined"}
        assert "bold" not in each.styles or outer.start <= place < outer.end
        assert "underlined" not in each.styles or inner.start <= place < inner.end


@given(texts_with_spans())
def test_marks_are_taken_off_exactly(case):
    text, outer, inner = case

    assert unmark(marked(text, (BOLD, outer), (UNDERLINED, inner))) == text
    assert "".join(split_at_marks(text, outer)) == text


@given(texts_with_spans(st.text(st.sampled_from("abй1 \n"), max_size=40)))
def test_words_are_marked_whole_and_line_by_line(case):
    text, outer, inner = case

    shown = read(marked(text, (BOLD, outer), (UNDERLINED, inner)))

    for style, span in (("bold", outer), ("underlined", inner)):
        lines = text[slice(*span)].splitlines()
        assert styled(shown, style) == [line.strip() for line in lines if line.strip()]


@given(texts_with_spans())
def test_quote_with_an_answer_differs_by_its_marks_alone(case):
    text, answer, _ = case

    bold = blockquote(text, answer).split("\n")

    assert [unmark(line[2:]) for line in bold] == text.splitlines() or not text
    assert all(line.startswith("> ") for line in bold if text)


def test_label_cannot_change_where_a_link_leads():
    shown = link("Go](https://evil.example) [x", "https://good.example/a(b)")

    assert shown == (
        "[Go\\]\\(](https://good.example/a%28b%29)https\\:\\/\\/evil\\.example\\) \\[x"
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("🚨🌊 Harbour shut", "🚨🌊 [Harbour shut](U)"),
        ("Harbour shut ❗️", "[Harbour shut](U) ❗️"),
        ("Storm 🌊 shuts the harbour", "Storm 🌊 [shuts the harbour](U)"),
        ("3️⃣ ferries, 2 ships", "3️⃣ [ferries, 2 ships](U)"),
        ("🇦🇲 Yerevan", "🇦🇲 [Yerevan](U)"),
        ("Crew 👩🏽‍✈️ home", "[Crew](U) 👩🏽‍✈️ home"),
        ("🔥🔥", "[→](U)🔥🔥"),
        ("…", "[…](U)"),
        ("Press © Ferry", "[Press](U) © Ferry"),
        ("See https://a.example/x for more", "See https\\:\\/\\/a\\.example\\/x [for more](U)"),
        ("No. 3 of #5 * 2", "[No\\. 3 of \\#5 \\* 2](U)"),
    ],
)
def test_emoji_and_addresses_stay_outside_of_a_links_label(label, expected):
    shown = link(label, "https://good.example/a")

    assert shown == expected.replace("(U)", "(https://good.example/a)")


@given(st.text(st.sampled_from("ab [](:/.#1©🔥🇧🇾\u20e3\ufe0f\u200d☃") | st.characters()))
def test_link_shows_its_whole_label_once(label):
    text = r"((?:\\.|[^\\\[\]])*)"
    shown = link(label, "https://good.example/a")

    parts = re.fullmatch(rf"{text}\[{text}\]\(https://good\.example/a\){text}", shown, re.DOTALL)
    before, part, after = map(unescape, parts.groups())
    assert before + ("" if part == "→" else part) + after == label


def test_short_quote_is_the_whole_text_fragment():
    assert link_to_quote("https://a.example/x", "He agreed, in part.") == (
        "https://a.example/x#:~:text=He%20agreed%2C%20in%20part."
    )


def test_long_quote_is_named_by_its_ends():
    text = "The quick brown fox jumps over the dog.\nIt is well-known that dogs do not mind."

    assert link_to_quote("https://a.example/x#top", text) == (
        "https://a.example/x#top:~:text=The%20quick%20brown%20fox%20jumps%20over,"
        "well%2Dknown%20that%20dogs%20do%20not%20mind."
    )


def test_dash_in_a_text_fragment_is_not_syntax():
    assert link_to_quote("https://a.example/", "well-known") == (
        "https://a.example/#:~:text=well%2Dknown"
    )


def test_address_too_long_for_its_fragment_goes_without():
    url = "https://a.example/" + "x" * (MAX_LINK - 30)

    assert link_to_quote(url, "A quote that does not fit.") == url


def test_address_longer_than_discord_allows_is_no_link():
    assert link_to_quote("https://a.example/" + "x" * MAX_LINK, "A quote.") is None
