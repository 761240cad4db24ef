"""Articles are matched by address, else by text, else by id, each once."""

import pytest

from index.build.changes import Changes, canonical_url, match_articles, unique_id
from index.models import Identity


def one(name, url=None, text=None):
    return Identity(name, url, text or name, "Headline")


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        ([one("a")], [one("a")], {0: 0}),
        ([one("a", text="x")], [one("b", text="x")], {0: 0}),
        ([one("a", text="x")], [one("a", text="y")], {0: 0}),
        ([one("a", "http://e.org/1", "x")], [one("b", "https://e.org/1/", "y")], {0: 0}),
        ([one("a", text="x")], [one("b", text="y")], {}),
        # The address decides before the text, and the text before the id.
        (
            [one("a", "http://e.org/1", "x")],
            [one("b", "http://e.org/2", "x"), one("c", "http://e.org/1", "y")],
            {0: 1},
        ),
        ([one("a", text="x")], [one("a", text="y"), one("b", text="x")], {0: 1}),
        # Each is matched once.
        ([one("a", text="x"), one("b", text="x")], [one("c", text="x")], {0: 0}),
        ([one("a", text="x"), one("b", text="y")], [one("b", text="x")], {0: 0}),
        ([], [one("a")], {}),
    ],
)
def test_match(new, old, same):
    assert match_articles(new, old) == same


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://Example.org:443/a/", "example.org/a"),
        ("http://example.org/a?b=1&utm_medium=x#part", "example.org/a?b=1"),
        ("https://example.org/", "example.org"),
        ("https://example.org/a?id=2", "example.org/a?id=2"),
        (None, None),
    ],
)
def test_spellings_of_an_address_are_one(url, bare):
    assert canonical_url(url) == bare


def test_id_that_is_taken_is_told_apart_by_the_text():
    assert unique_id("a", "0123456789abcdef", {"b"}) == "a"
    assert unique_id("a", "0123456789abcdef", {"a"}) == "a~0123456789ab"


def test_changes_are_true_where_something_changes():
    assert not Changes(unchanged=3)
    for name in ("added", "changed", "removed"):
        assert Changes(**{name: (one("a"),)})
    assert Changes((one("a"),), (one("b"),), (one("c"),), 4).before == 6
