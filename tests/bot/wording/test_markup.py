"""Text shown as it is, links that lead to the quote."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.wording.markup import MAX_LINK, blockquote, bold, escape, link, link_to_quote, unescape

HOSTILE = "@everyone <@1> <@&2> <#3> <:e:4> </ask:5> **b** __u__ ~~s~~ ||sp|| `c` [x](http://y.z)"


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


def test_bold_is_closed_on_every_line():
    assert bold("One\n\nTwo") == "**One**\n\n**Two**"


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
