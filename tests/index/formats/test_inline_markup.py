"""Inline elements are read as a reader of the page sees them."""

import pytest
from lxml.html import document_fromstring

from index.formats.inline_markup import unwrap_inline, write_out_marks


def seen(fragment, language="en"):
    tree = document_fromstring(f"<html><body><p>{fragment}</p></body></html>")
    write_out_marks(tree, language)
    unwrap_inline(tree)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        # The mark of a footnote is not part of a figure.
        ('Tickets cost 30<sup><a href="#note-4">4</a></sup> pounds', "Tickets cost 30 pounds"),
        ('It lasted 9<a href="#n2"><sup>2</sup></a> years', "It lasted 9 years"),
        ('It lasted 9<sup class="reference">[7]</sup> years', "It lasted 9 years"),
        ('It lasted 9<sup id="fnref-footnote-3">3</sup> years', "It lasted 9 years"),
        # Whatever else is raised stays raised beside a figure.
        ("some 7<sup>3</sup> trucks", "some 7³ trucks"),
        ("<b>10</b><sup>-9</sup> of it", "10⁻⁹ of it"),
        ("30 km<sup>2</sup> burned", "30 km² burned"),
        ("some 7<sup>3,4</sup> trucks", "some 7³,⁴ trucks"),
        ("for 2<sup>1</sup>/<sub>4</sub> hours", "for 2¹/₄ hours"),
        ("by 40<sup>b</sup> per cent", "by 40ᵇ per cent"),
        ("on the 21<sup>st</sup> floor", "on the 21st floor"),
        ("M<sup>me</sup> Dupont", "Mme Dupont"),
        # Lowered figures are plain after a letter, as everybody writes them.
        ("less CO<sub>2</sub>", "less CO2"),
        ("base 3<sub>10</sub>", "base 3₁₀"),
    ],
)
def test_raised_and_lowered_figures_join_no_other_figure(fragment, text):
    assert seen(fragment) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "She said “we stay” twice"),
        ("ru", "She said «we stay» twice"),
        ("de", "She said „we stay“ twice"),
        ("pl", "She said „we stay” twice"),
        (None, "She said “we stay” twice"),
    ],
)
def test_quoted_words_have_the_marks_that_a_browser_shows(language, text):
    assert seen("She said <q>we <i>stay</i></q> twice", language) == text


@pytest.mark.parametrize(
    "fragment",
    [
        "It costs <del>nine</del> ten pounds",
        "It costs <s>nine <b>or so</b></s> ten pounds",
        "It costs <strike>nine</strike> ten pounds",
        'It costs <span class="text-sm line-through">nine</span> ten pounds',
        'It costs <span style="text-decoration: line-through">nine</span> ten pounds',
        'It costs <span class="sr-only">not yet</span>ten pounds',
        "It costs <span hidden>nine</span> ten pounds",
        "It costs <ins>ten</ins> pounds",
    ],
)
def test_words_struck_out_or_unseen_are_left_out(fragment):
    assert seen(fragment) == "It costs ten pounds"


def test_struck_out_element_around_whole_paragraphs_is_broken_markup_and_stays():
    tree = document_fromstring("<body><s><div><p>The ferry left.</p></div></s></body>")
    write_out_marks(tree, "en")

    assert tree.text_content() == "The ferry left."


def test_nested_marks_end_nothing():
    assert seen("a<sup>b<sup>2</sup></sup> <s>x <del>y</del></s>c") == "ab² c"
    assert seen("<q>We heard <q>stay</q></q> said she") == "“We heard “stay”” said she"
