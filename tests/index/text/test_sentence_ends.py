"""The end of a sentence is known in any script: a full stop or a question."""

import pytest
import regex

from index.text.sentence_ends import _QUESTION_MARKS, _STOPS, ends_in_stop, is_question


@pytest.mark.parametrize(
    "sentence",
    [
        "It rained.",
        "It rained…",
        "“It rained!”",
        "(It rained.)",
        "„Es regnete.“",
        "»Es regnete.«",
        "« Il pleuvait. »",
        "«\u202fIl pleuvait.\u202f»",
        "下雨了。",
        "（下雨了。）",
        "《“下雨了！”》",
        "下雨了……",
        "「雨が降った。」",
        "『雨が降った！』",
        "雨が降った｡",
        "बारिश हुई।",
        "“बारिश हुई।”",
        "বৃষ্টি হয়েছে।",
        "بارش ہوئی۔",
        "ዘነበ።",
        "Անձրևեց։",
        "«Անձրևեց»։",
        "Անձրևեց:",
        "မိုးရွာသည်။",
        "មានភ្លៀង។",
        "ཆར་པ་བབས།",
        "Έβρεξε.",
    ],
)
def test_full_stop_is_known(sentence):
    assert ends_in_stop(sentence)
    assert not is_question(sentence)


@pytest.mark.parametrize(
    "words", ["It rained", "Rain:", "Βροχή;", "下雨", "「雨」", "Rain »", "", "”"]
)
def test_words_without_a_full_stop_are_known(words):
    assert not ends_in_stop(words)


@pytest.mark.parametrize(
    "question",
    [
        "Did it rain?",
        "“Did it rain?”",
        "Did it rain?!",
        "Did it rain!?",
        "Did it rain??",
        "Did it rain?..",
        "Did it rain?…",
        "“Did it rain?!”",
        "Did it rain⁉",
        "„Hat es geregnet?“",
        "« Il pleuvait ? »",
        "下雨了吗？",
        "“下雨了吗？！”",
        "「雨が降ったのか？」",
        "बारिश हुई?",
        "هل هطل المطر؟",
        "کیا بارش ہوئی؟",
        "ዘነበ፧",
        "ዘነበ?",
        "Անձրևե՞ց։",
        "«Անձրևե՞ց»։",
        "Անձրևե՞ց:",
        "Έβρεξε;",
        "«Έβρεξε;»",
        "Έβρεξε\u037e",
        "Έβρεξε το 1987;",
    ],
)
def test_question_is_known(question):
    assert is_question(question)


@pytest.mark.parametrize(
    "sentence",
    [
        "“Did it rain?” the mayor asked.",
        "The mayor asked “Did it rain?”.",
        "“下雨了吗？”市长问。",
        "「雨が降ったのか？」と市長は尋ねた。",
        "«Անձրևե՞ց», հարցրեց քաղաքապետը։",
        "«Έβρεξε;» ρώτησε ο δήμαρχος.",
        "It rained; the bridge was closed.",
        "It rained;",
        "Шёл дождь;",
    ],
)
def test_statement_with_a_question_in_it_is_none(sentence):
    assert not is_question(sentence)


def test_marks_are_those_that_unicode_says_end_a_sentence():
    ends = {sign for sign in _STOPS + _QUESTION_MARKS if regex.match(r"\p{STerm}", sign)}

    assert set(_STOPS + _QUESTION_MARKS) - ends == set("…⋯།༎\u037e")
    assert not set(_STOPS) & set(_QUESTION_MARKS)
