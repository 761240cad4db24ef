"""Terms are what the lexical leg compares: stems, the same in a passage and in a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Article, Span
from index.snapshot.database import Database
from index.snapshot.database_writer import DatabaseWriter
from index.text.passages import SentenceRange
from index.text.segmentation import Segments
from index.text.terms import name_terms, split_terms, stem


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Who commanded the peacekeepers?", ["command", "peacekeep"]),
        ("The peacekeeper commands peacekeepers.", ["peacekeep", "command", "peacekeep"]),
        ("naïve café’s CAFÉ", ["naiv", "cafe", "cafe"]),
        ("1,000 boats and 3.5 million", ["1000", "boat", "35", "million"]),
        ("Ёлки, ёлка и президента Президент", ["елк", "елк", "президент", "президент"]),
        ("mid-March’s 2nd G7 e-mail", ["mid", "march", "2", "nd", "g", "7", "e", "mail"]),
        ("Straße ½ Ⅷ", ["strass", "12", "viii"]),
    ],
)
def test_words_become_stems_in_order(text, terms):
    assert split_terms(text) == terms


@pytest.mark.parametrize("text", ["", "?!… “”", "Who is it?", "Что это было?", "* - ^ ( ) :"])
def test_words_that_say_nothing_are_left_out(text):
    assert split_terms(text) == []


@pytest.mark.parametrize("text", ["Who’s the mayor?", "What's the mayor?", "That’s the mayor."])
def test_contracted_question_words_are_left_out_too(text):
    assert split_terms(text) == ["mayor"]


def test_syntax_of_fts5_is_read_as_words():
    assert split_terms('NEAR(bridge, 5) OR "ferry" AND NOT port* -mole ^quay text:x') == [
        "near",
        "bridg",
        "5",
        "ferri",
        "port",
        "mole",
        "quay",
        "text",
        "x",
    ]


def test_stem_has_neither_accents_nor_separators():
    assert stem("1.000,5") == "10005"
    assert stem("élysée’s") == stem("elysee")


COVERAGE = [
    "The ferries of the old harbour were sold to a shipping company from the north.",
    "Old ships were carried away and the ferryman retired from his northern company.",
    "Паромы старой гавани продали судоходной компании с севера.",
    "Гавань старого города закрыта: ремонтируют северный причал.",
]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Who sold the harbour’s ferry?", 0),
        ("Which ferrymen have been retiring?", 1),
        ("Кто продал паром из гаваней?", 2),
        ("Какие причалы города закрыты на ремонт?", 3),
    ],
)
def test_question_in_other_forms_of_the_words_finds_the_article_of_its_language(
    tmp_path, question, article
):
    draft = DatabaseWriter(tmp_path / "coverage.db")
    for number, text in enumerate(COVERAGE):
        parts = Segments((Span(0, 1),), (SentenceRange(0, 0),), ("", " ".join(split_terms(text))))
        draft.add_article(Article(str(number), text, text), parts)
    draft.close()
    database = Database(tmp_path / "coverage.db")
    scores = database.postings.scores(split_terms(question), 5)

    assert max(scores, key=lambda passage: scores[passage]) == article
    database.close()


LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F),
    st.characters(min_codepoint=0x400, max_codepoint=0x52F),
    st.sampled_from("’“”\u0301\u200b 5½NEAR"),
)


@given(st.text(LETTERS, max_size=40))
@settings(max_examples=150)
def test_database_finds_the_very_terms_of_a_text(tmp_path_factory, text):
    terms = split_terms(text)
    path = tmp_path_factory.mktemp("terms") / "coverage.db"
    parts = Segments((Span(0, 1),), (SentenceRange(0, 0),), ("", " ".join(terms)))
    draft = DatabaseWriter(path)
    draft.add_article(Article("a", "x", "x"), parts)
    draft.close()

    database = Database(path)
    assert database.postings.document_frequencies(terms) == dict.fromkeys(terms, 1)
    assert list(database.postings.scores(terms, 5)) == ([0] if terms else [])
    database.close()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is the secretary general of NATO?", {"nato"}),
        ("When did Aleksandr Lukashenko resign in 2022?", {"aleksandr", "lukashenko", "2022"}),
        ("Кто избран в Минске?", {"минск"}),
        ("who leads the csto?", set()),
        ("Armenia?", set()),  # a capital at the beginning says nothing
        ("", set()),
    ],
)
def test_names_and_figures_of_a_question(question, names):
    assert name_terms(question) == names
