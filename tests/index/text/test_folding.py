"""Words are compared without what changes none of them: marks, invisible characters, ligatures."""

import unicodedata

import pytest

from index.text.folding import fold_text, plain_latin


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Мо́сквы", "Москвы"),  # stress
        (unicodedata.normalize("NFD", "Йод, ёж, Київ"), "Йод, ёж, Київ"),  # of the letter itself
        ("trol\u00adley", "trolley"),  # soft hyphen
        ("fer\u200bry \u2060pier\ufeff", "ferry pier"),  # zero width
        ("\u200eleft\u200f \u202aright\u202c", "left right"),
        ("ﬁnal oﬃce", "final office"),
        ("Ｆｕｌｌ x² Ⅻ", "Full x2 XII"),
        ("مُحَمَّد", "محمد"),  # harakat
        ("بغـــداد", "بغداد"),  # tatweel
        ("שָׁלוֹם", "שלום"),
        ("Hawaiʻi", "Hawai’i"),
        ("हिन्दी", "हिन्दी"),  # vowels of Hindi are no ornaments
        ("plain, As It Was", "plain, As It Was"),
    ],
)
def test_what_changes_no_word_goes(text, folded):
    assert fold_text(text) == folded


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("erdoğan", "erdogan"),
        ("kılıçdaroğlu", "kilicdaroglu"),
        ("wałęsa", "walesa"),
        ("ærø", "aero"),
        ("əliyev", "eliyev"),
        ("плёс", "плёс"),
        ("café", "cafe"),
    ],
)
def test_latin_letters_become_those_of_english(word, plain):
    assert plain_latin(word) == plain
