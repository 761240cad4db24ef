"""Terms are what the lexical leg compares: stems, the same in a passage and in a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Article, Span
from index.snapshot.database import Database
from index.snapshot.database_writer import DatabaseWriter
from index.text.passages import SentenceRange
from index.text.segmentation import Segments
from index.text.terms import name_terms, split_terms, stem, without_homographs


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Who commanded the peacekeepers?", ["command", "peacekeep"]),
        ("The peacekeeper commands peacekeepers.", ["peacekeep", "command", "peacekeep"]),
        ("naïve café’s CAFÉ", ["naiv", "cafe", "cafe"]),
        ("1,000 boats and 3.5 million", ["1000", "boat", "35", "million"]),
        ("Ёлки, ёлка и президента Президент", ["елк", "елк", "президент", "президент"]),
        ("mid-March’s 2nd G7 e-mail", ["mid", "march", "2", "nd", "g", "7", "e", "mail"]),
        ("Straße ½ Ⅷ", ["strass", "1", "2", "viii"]),
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


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Which US troops left?", ["us", "troop", "left"]),
        ("Did WHO experts visit Minsk?", ["who", "expert", "visit", "minsk"]),
        ("Did IS claim the attack?", ["is", "claim", "attack"]),
        ("Has the IT ministry moved?", ["it", "ministri", "move"]),
        ("the US's vote, the US’ vote", ["us", "vote", "us", "vote"]),
        ("Когда ввели режим КТО?", ["ввел", "реж", "кто"]),
        ("Кто обновил ПО завода?", ["обнов", "по", "завод"]),
        ("US and IT companies", ["us", "it", "compani"]),
        ("Have they asked us who it is?", ["ask"]),
    ],
)
def test_acronym_like_a_stop_word_is_a_term_of_its_own(text, terms):
    assert split_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("WHO IS THE MAYOR?", ["mayor"]),
        ("КТО СТАЛ МЭРОМ?", ["стал", "мэр"]),
        ("WHO IS Orlova?", ["orlova"]),
        ("Did the mayor NOT resign OR stay?", ["mayor", "resign", "stay"]),
        ("What is the ONLY ferry?", ["ferri"]),
        ("US?", []),
    ],
)
def test_stop_word_in_capitals_for_stress_stays_one(text, terms):
    assert split_terms(text) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the U.S. envoy to the U.N", "the US envoy to the UN"),
        ("J. K. Orlova", "J.K. Orlova"),
        ("J.K. Orlova", "JK Orlova"),
        ("in D.C. U.S. troops", "in DC US troops"),
        ("Прокуро́р возбуди́л де́ло", "Прокурор возбудил дело"),
        ("the trol\u00adley\u00adbus of\u200bfice", "the trolleybus office"),
        ("ﬁreﬁghters", "firefighters"),
        ("Beyoncé, Pelé and Erdoğan", "Beyonce, Pele and Erdogan"),
        ("Wałęsa in İzmir", "Walesa in Izmir"),
        ("Фёдор Алёхин ещё всё помнит", "Федор Алехин еще все помнит"),
        ("القـــاهرة مُحَمَّد", "القاهرة محمد"),
        ("CO₂ at Hawaiʻi", "CO2 at Hawai'i"),
    ],
)
def test_two_spellings_are_the_same_terms(one, other):
    assert split_terms(one) == split_terms(other) != []


@pytest.mark.parametrize(
    ("question", "models_read"),
    [
        ("Did IS attack US troops?", "Did I.S. attack U.S. troops?"),
        ("WHO IS THE MAYOR?", "WHO IS THE MAYOR?"),
        ("Who is it for the US’s IT sector?", "Who is it for the U.S.’s I.T. sector?"),
        ("Did NATO leave the U.S.?", "Did NATO leave the U.S.?"),
        ("Где вводи́ли режим КТО?", "Где вводили режим К.Т.О.?"),
    ],
)
def test_models_that_know_no_capitals_read_such_an_acronym_with_dots(question, models_read):
    assert without_homographs(question) == models_read


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


@given(st.lists(st.text(LETTERS, max_size=40), min_size=1, max_size=10))
@settings(max_examples=15)
def test_database_finds_the_very_terms_of_a_text(tmp_path_factory, texts):
    terms_of = [split_terms(text) for text in texts]
    path = tmp_path_factory.mktemp("terms") / "coverage.db"
    with DatabaseWriter(path) as draft:
        for number, terms in enumerate(terms_of):
            parts = Segments((Span(0, 1),), (SentenceRange(0, 0),), ("", " ".join(terms)))
            draft.add_article(Article(f"{number}", "x", "x"), parts)

    with Database(path) as database:
        for number, terms in enumerate(terms_of):
            expected = {term: sum(term in each for each in terms_of) for term in terms}
            assert database.postings.document_frequencies(terms) == expected
            assert (number in database.postings.scores(terms, 10)) == bool(terms)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is the secretary general of NATO?", {"nato"}),
        ("When did Aleksandr Lukashenko resign in 2022?", {"aleksandr", "lukashenko", "2022"}),
        ("Кто избран в Минске?", {"минск"}),
        ("who leads the csto?", set()),
        ("Why did the U.S. leave the WHO?", {"us", "who"}),
        ("Did the Łódź mayor meet İnan?", {"lodz", "inan"}),
        ("Armenia?", set()),  # a capital at the beginning says nothing
        ("", set()),
    ],
)
def test_names_and_figures_of_a_question(question, names):
    assert name_terms(question) == names
