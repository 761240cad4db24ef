"""Names that a question misspells are searched for as the coverage spells them."""

import pytest

from index.search.spelling import Respelling, respell
from index.text.names import KnownName
from index.text.terms import split_terms


class Names:
    """A store that knows these names only."""

    def __init__(self, **articles):
        self._names = [
            KnownName(name.lower(), split_terms(f"of {name}")[0], name, count)
            for name, count in articles.items()
        ]

    def names(self, initial):
        return [name for name in self._names if name.latin.startswith(initial)]


STORE = Names(Lukashenko=9, Nyberg=5, Ferry=3, Orlov=4, Pashinyan=2)


def unknown(text):
    return frozenset(split_terms(text)) - {"said", "leav", "ferri"}


def respelt(question, store=STORE):
    return respell(question, unknown(question), store)


@pytest.mark.parametrize(
    ("question", "searched", "name"),
    [
        ("What has Lukashenka said?", "What has Lukashenko said?", "Lukashenko"),  # changed
        ("What has Lukshenko said?", "What has Lukashenko said?", "Lukashenko"),  # missing
        ("What has Lukashennko said?", "What has Lukashenko said?", "Lukashenko"),  # added
        ("What has Lukahsenko said?", "What has Lukashenko said?", "Lukashenko"),  # swapped
        ("What has Orlvo said?", "What has Orlov said?", "Orlov"),  # swapped, and short
        ("Lukashenka’s ferry", "Lukashenko’s ferry", "Lukashenko"),
        ("what has lukashenka said?", "what has Lukashenko said?", "Lukashenko"),
    ],
)
def test_name_with_one_letter_changed_is_found(question, searched, name):
    assert respelt(question) == Respelling(searched, (name,))


@pytest.mark.parametrize(
    "question",
    [
        "What has Lukasjenka said?",  # two letters
        "What has Orlow said?",  # a short name
        "Has Ada lukashenka said so?",  # no capital, in a question that has some
        "What has Bukashenko said?",  # another initial
        "What has Nyberga said?",  # perhaps a woman of that name
        "Nyburg said so in Gyumri",  # a first word has a capital anyway, and may be a common one
        "what has nyburg said?",  # no capitals, and short
        "What has ーーーー said?",  # nothing of it has a Latin spelling
        "?",
    ],
)
def test_other_words_stay(question):
    assert respelt(question) == Respelling(question)


def test_word_that_the_coverage_has_is_never_changed():
    question = "What has Lukashenka said?"

    assert respell(question, frozenset(), STORE) == Respelling(question)


def test_of_two_likely_names_none_is_taken():
    question = "Has Marinov left?"

    assert respelt(question, Names(Marinow=2, Marinof=1, Nyberg=9)) == Respelling(question)
    assert respelt(question, Names(Marinow=6, Marinof=2)).names == ("Marinow",)


@pytest.mark.parametrize(
    ("question", "searched", "name", "term"),
    [
        ("Что сказал Лукашенко?", "Что сказал Lukashenko?", "Lukashenko", "lukashenko"),
        ("Где Пашиняна видели?", "Где Pashinyan видели?", "Pashinyan", "pashinyan"),
        ("Где Орлов?", "Где Orlov?", "Orlov", "orlov"),  # letter by letter, however short
    ],
)
def test_name_in_another_script_is_found(question, searched, name, term):
    assert respelt(question) == Respelling(searched, (name,), frozenset({term}))
