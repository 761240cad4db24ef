"""Articles are matched by address, else by text, else by id, each once."""

import pytest

from index.build.changes import Changes, match_articles, unique_id
from index.models import Identity


def one(name, url=None, text=None, headline="Headline"):
    return Identity(name, url, text or name, headline)


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


SECTION = "https://coast.example/news"


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        # By their texts …
        (
            [one("a", SECTION, "x"), one("b", SECTION, "y")],
            [one("c", SECTION, "y"), one("d", SECTION, "x")],
            {0: 1, 1: 0},
        ),
        # … by their headlines …
        (
            [one("a", SECTION, "x", "Ferry"), one("b", SECTION, "y", "Tram")],
            [one("c", SECTION, "v", "Tram"), one("d", SECTION, "w", "Ferry")],
            {0: 1, 1: 0},
        ),
        # … and else by their ids: the address says nothing.
        (
            [one("a", SECTION, "x", "Pool"), one("b", SECTION, "y", "Mill")],
            [one("b", SECTION, "v", "Tram"), one("c", SECTION, "w", "Ferry")],
            {1: 0},
        ),
        ([one("a", "https://coast.example/", "x")], [one("b", "https://coast.example", "y")], {}),
    ],
)
def test_articles_that_share_an_address_are_told_apart(new, old, same):
    assert match_articles(new, old) == same


def test_copies_of_a_text_keep_their_ids():
    copies = [one("a", text="x"), one("b", text="x"), one("c", text="x")]

    assert match_articles(copies, copies) == {0: 0, 1: 1, 2: 2}
    assert match_articles(copies, [*reversed(copies)]) == {0: 2, 1: 1, 2: 0}


def test_id_that_is_taken_is_told_apart_by_the_text():
    assert unique_id("a", "0123456789abcdef", {"b"}) == "a"
    assert unique_id("a", "0123456789abcdef", {"a"}) == "a~0123456789ab"


def test_changes_are_true_where_something_changes():
    assert not Changes(unchanged=3)
    for name in ("added", "changed", "removed"):
        assert Changes(**{name: (one("a"),)})
    assert Changes((one("a"),), (one("b"),), (one("c"),), 4).before == 6
