"""A question is parsed once: its words, their weights, its vector, and what it asks for."""

from datetime import date

import pytest

from index.coverage import Coverage
from index.models import Filters
from index.search.answer_types import AnswerType
from index.search.hybrid import HybridSearch
from index.search.question import parse_question
from index.search.time_expressions import Period, Timing
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import open_snapshot
from index.text.bm25 import idf
from tests.index.hash_encoder import HashEncoder
from tests.index.schema_4 import write_schema_4


@pytest.fixture(scope="module")
def snapshot(sample_index):
    snapshot = open_snapshot(sample_index)
    yield snapshot
    snapshot.close()


@pytest.fixture
def small(write_files, tmp_path, make_index):
    """Return a function that builds an index of these articles and opens its snapshot."""
    opened = []

    def build(*texts, age=lambda folder: None):
        folder = write_files({f"{n}.txt": text for n, text in enumerate(texts)})
        make_index(tmp_path / "index", HashEncoder(), folder)
        age(current_folder(tmp_path / "index"))
        opened.append(open_snapshot(tmp_path / "index"))
        return opened[-1]

    yield build
    for snapshot in opened:
        snapshot.close()


class CountingEncoder:
    def __init__(self, encoder):
        self.description, self.scales = encoder.description, encoder.scales
        self.encoded = []
        self._encoder = encoder

    def encode_question(self, question):
        self.encoded.append(question)
        return self._encoder.encode_question(question)


def test_parts_of_a_question_are_those_of_its_words(snapshot, encoder):
    text = "Who is the latest secretary general of the CSTO, the CSTO of 2022?"

    question = parse_question(text, snapshot, encoder, date(2022, 7, 21))

    assert question.terms == ("latest", "secretari", "general", "csto", "2022")
    assert question.idf["csto"] == idf(
        snapshot.manifest.passages, len(snapshot.database.postings.passages_holding("csto"))
    )
    assert list(question.idf) == list(question.terms)
    assert (question.vector == encoder.encode_question(text)).all()
    assert question.names == {"csto", "2022"}
    assert question.answer_type is AnswerType.NAME
    assert question.timing == Timing(None, date(2022, 7, 21), asked_on=date(2022, 7, 21))
    assert question.wants_latest
    assert question.has_words


TEXTS = ("The US envoy left at noon.", "They gave us the ferry.", "The ferry left at noon.")


def test_acronym_is_searched_as_a_word_of_its_own(small):
    snapshot, counting = small(*TEXTS), CountingEncoder(HashEncoder())

    question = parse_question("Which US ferry left?", snapshot, counting)

    assert question.terms == ("us", "ferri", "left")
    assert question.idf["us"] == idf(3, 1)
    assert question.names == {"us"}
    assert counting.encoded == ["Which U.S. ferry left?"]
    assert question.text == "Which US ferry left?"
    assert question.read_as == "Which U.S. ferry left?"
    assert not question.has_unknown_acronym


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("Did IS attack the ferry?", True),
        ("Is it an attack on the ferry?", False),
        ("Did NATO attack the ferry?", False),  # which models notice
        ("Did the US attack the ferry?", False),
    ],
)
def test_acronym_like_a_stop_word_that_no_article_has_is_unknown(small, text, is_unknown):
    question = parse_question(text, small(*TEXTS), HashEncoder())

    assert question.has_unknown_acronym is is_unknown


def test_acronym_is_not_missed_in_a_snapshot_that_was_built_without_them(small):
    question = parse_question(
        "Did the US ferry leave?", small(*TEXTS, age=write_schema_4), HashEncoder()
    )

    assert question.terms == ("ferri", "leav")
    assert not question.has_unknown_acronym


HPA = (
    "The Harbour Pilots Association (HPA) met.",
    "The Harbour Pilots Association left.",
    "The HPA left.",
    "The harbour left.",
)


def test_name_that_the_coverage_abbreviates_is_searched_as_its_acronym(small):
    snapshot = small(*HPA)

    question = parse_question("Has the Harbour Pilots Association left?", snapshot, HashEncoder())

    assert question.terms == ("hpa", "left")
    assert question.idf["hpa"] == idf(4, 3)
    assert question.names == {"harbour", "pilot", "associ", "hpa"}


@pytest.mark.parametrize("name", ["HPA", "Harbour Pilots Association"])
def test_acronym_finds_its_name_and_the_name_its_acronym(small, name):
    snapshot = small(*HPA)
    question = parse_question(f"Has the {name} left?", snapshot, HashEncoder())

    found = HybridSearch(snapshot).search(question)

    assert list(snapshot.find(question.vector, question.terms, 10, Filters()).lexical) == [
        2,  # the shorter, the more it counts
        1,
        3,
        0,
    ]
    assert (found.evidence.missing_names, found.evidence.covered_idf) == (0, 1)
    terms = {found.reading.terms(each.sentence.number) for each in found.sentences}
    assert ("harbour", "pilot", "associ", "hpa", "left") in terms


def test_misspelt_name_is_searched_as_the_coverage_has_it(small):
    snapshot, counting = (
        small("Then Lukashenko left.", "They left."),
        CountingEncoder(HashEncoder()),
    )

    question = parse_question("Has Lukashenka left?", snapshot, counting)
    right = parse_question("Has Lukashenko left?", snapshot, HashEncoder())

    assert (question.text, question.respelt) == ("Has Lukashenka left?", ("Lukashenko",))
    assert counting.encoded == [question.read_as] == ["Has Lukashenko left?"]
    assert (question.terms, question.idf, question.names) == (right.terms, right.idf, right.names)
    assert right.respelt == ()


def test_name_in_another_script_is_found_and_is_no_evidence_of_an_answer(small):
    snapshot = small("Then Lukashenko left.", "They left.")
    search = HybridSearch(snapshot)

    question = parse_question("Куда ушёл Лукашенко?", snapshot, HashEncoder())
    found = search.search(question)

    assert (question.respelt, question.transliterated) == (("Lukashenko",), {"lukashenko"})
    assert found.reading.text(found.sentences[0].sentence.number) == "Then Lukashenko left."
    share = question.idf["lukashenko"] / sum(question.idf.values())
    assert found.evidence.missing_names == pytest.approx(share)


def test_words_of_time_mean_nothing_without_the_day_of_the_question(snapshot, encoder):
    text = "What happened today?"

    assert parse_question(text, snapshot, encoder).timing == Timing()
    assert parse_question(text, snapshot, encoder, date(2022, 7, 21)).timing == Timing(
        Period(date(2022, 7, 21), date(2022, 7, 21)),
        date(2022, 7, 21),
        events_of="",
        asked_on=date(2022, 7, 21),
    )


@pytest.mark.parametrize(("text", "has_words"), [("?! …", False), ("", False), ("… 7", True)])
def test_question_has_words_if_there_is_a_letter_or_a_digit(snapshot, encoder, text, has_words):
    assert parse_question(text, snapshot, encoder).has_words is has_words


def test_question_and_topic_are_encoded_once(sample_index, encoder):
    counting = CountingEncoder(encoder)
    coverage = Coverage(open_snapshot(sample_index), counting)

    coverage.answer("Who commanded the peacekeepers?")
    coverage.timeline("peacekeepers in Kazakhstan")
    coverage.timeline("volcano eruption in Iceland", filters=coverage.filters(since="2022"))
    coverage.close()

    assert counting.encoded == [
        "Who commanded the peacekeepers?",
        "peacekeepers in Kazakhstan",
        "volcano eruption in Iceland",
    ]
