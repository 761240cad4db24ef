"""Acronyms are learnt from what the articles explain, and stand for the same as their names."""

import pytest

from index.text.acronyms import AcronymLearner, Acronyms, find_definitions
from index.text.names import small_words
from index.text.terms import split_terms


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("The Harbour Pilots Association (HPA) met.", "hpa", "Harbour Pilots Association"),
        ("The HPA (Harbour Pilots Association) met.", "hpa", "Harbour Pilots Association"),
        ("the Office of Ports and Ferries (OPF)", "opf", "Office of Ports and Ferries"),
        ("the Fund for Ports and Relief (FPR)", "fpr", "Fund for Ports and Relief"),
        (
            "the Board for Ferry Control and Safety (BFC)",
            "bfc",
            "Board for Ferry Control and Safety",
        ),
        ("the Quay Co-operation Union (QCU)", "qcu", "Quay Co-operation Union"),
        ("non-profit ferry operators (NFOs)", "nfo", "non-profit ferry operators"),
        ("the Baltic Telegraph Agency (BalTA)", "balta", "Baltic Telegraph Agency"),
        ("the World Hovercraft Organization (WHO)", "who", "World Hovercraft Organization"),
        ("Союз паромных портов (СПП)", "спп", "Союз паромных портов"),
        ("Агентство атомных паромов (ААПАР)", "аапар", "Агентство атомных паромов"),
        ("В ЕПС (Европейский портовый союз) вошли", "епс", "Европейского портового союза"),
    ],
)
def test_explained_acronym_is_found_with_its_name(text, short, name):
    assert list(find_definitions(text)) == [(short, tuple(split_terms(name)))]


@pytest.mark.parametrize(
    "text",
    [
        "Hong Kong (CNN) A ferry left.",
        "the mayor (not the HPA)",
        "Rep. Ada Orlova (D-NY) left.",
        "the Harbour Council (HC)",  # of two letters
        "the New Ferry Pier Council (NFP)",  # its last word gives no letter
        "Ferries left. Harbour Pilots (FLHP)",  # no name goes on after a sentence
        "the harbour (Association of Harbour Pilots)",
        "Ferry Pilots in 2008 (FPI)",
        "no bracket",
    ],
)
def test_other_brackets_explain_nothing(text):
    assert list(find_definitions(text)) == []


def learn(*texts):
    learner = AcronymLearner()
    for text in texts:
        learner.read(text, small_words(text))
    return learner.learnt().names


HPA = "The Harbour Pilots Association (HPA) met."
NAME = ("harbour", "pilot", "associ")


def test_acronym_stands_for_the_name_that_most_articles_give():
    other = "The Hill Park Academy (HPA) opened."

    assert learn(HPA, HPA, other) == {NAME: "hpa"}
    assert learn(HPA, other) == {}


def test_forms_of_a_name_are_learnt_too():
    form = "The Harbour and Port Pilots Association (HPPA), or Harbour Pilots Assembly (HPA), met."

    names = learn(HPA, HPA, form)

    assert names[NAME] == "hpa"
    assert names["harbour", "pilot", "assembl"] == "hpa"


def test_acronym_that_is_an_ordinary_word_is_not_learnt():
    ice = "Inspectors of Coastal Estates (ICE) came."

    assert learn(ice) == {("inspector", "coastal", "estat"): "ice"}
    assert learn(ice, "The ice broke.", "More ice is expected.") == {}


def test_acronym_whose_term_is_that_of_an_ordinary_word_is_not_learnt():
    peace = "People for Equal Access to Coastal Estates (PEACE) met."
    (name,) = learn(peace)

    assert learn(peace) == {name: "peac"}
    assert learn(peace, "There is peace.", "A peace of years.") == {}


def test_acronym_that_is_a_stop_word_is_learnt_whatever_its_small_letters():
    who = "The World Hovercraft Organization (WHO) met."

    assert learn(who, "People who left.", "Those who stayed.") == {
        ("world", "hovercraft", "organiz"): "who"
    }


ACRONYMS = Acronyms({NAME: "hpa", ("harbour", "pilot"): "hp"})


def test_text_has_the_acronym_of_a_name_too():
    terms = split_terms("The Harbour Pilots’ Association left; the harbour stayed.")

    assert ACRONYMS.add_to(terms) == [
        "harbour",
        "pilot",
        "associ",
        "hpa",
        "left",
        "harbour",
        "stay",
    ]
    assert ACRONYMS.add_to(["harbour", "pilot"]) == ["harbour", "pilot", "hp"]
    assert ACRONYMS.add_to([]) == []


def test_question_has_the_acronym_in_the_place_of_a_name():
    terms = split_terms("Who leads the Harbour Pilots Association?")

    assert ACRONYMS.in_place_of_names(terms) == ["lead", "hpa"]
    assert ACRONYMS.in_place_of_names(["lead", "hpa"]) == ["lead", "hpa"]
    assert Acronyms().in_place_of_names(terms) == terms
