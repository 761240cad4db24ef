"""A text is cut at a word, and never longer than it may be."""

import pytest

from index.text.shortening import first_words


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("The bridge opened.", 18, "The bridge opened."),
        ("The bridge opened.", 17, "The bridge"),
        ("The bridge opened.", 10, "The bridge"),
        ("The bridge opened.", 9, "The"),
        ("Zugspitzbahn", 4, "Zugs"),
        ("", 4, ""),
    ],
)
def test_whole_words_that_fit_are_shown(text, most, shown):
    assert first_words(text, most) == shown
