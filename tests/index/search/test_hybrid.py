"""The search finds what a slow reference finds, and reads a question as words only."""

import math
from collections import Counter
from datetime import date

import pytest

import index.search.hybrid
from index.models import Filters
from index.search.answer_types import expected_type, holds_type
from index.search.answerability import Evidence
from index.search.hybrid import HybridSearch
from index.search.question import parse_question
from index.snapshot.database import Database
from index.snapshot.snapshot import open_snapshot
from index.text.terms import split_terms

QUESTIONS = [
    "Who was nominated CSTO secretary general?",
    "When was the treaty signed?",
    "How many peacekeepers were sent to Kazakhstan?",
    "Who won the football world cup?",
    "Кто командовал миротворцами?",
]


@pytest.fixture(scope="module")
def snapshot(sample_index):
    snapshot = open_snapshot(sample_index)
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def search(snapshot, encoder):
    hybrid = HybridSearch(snapshot)
    return lambda question: hybrid.search(parse_question(question, snapshot, encoder))


def scaled(values):
    low, high = min(values.values()), max(values.values())
    return {key: (value - low) / (high - low) for key, value in values.items()}


class Reference:
    """The same search with loops and plain formulas, over all passages."""

    def __init__(self, snapshot, encoder, question):
        database = snapshot.database
        self.question = question
        self.vector = encoder.encode_question(question)
        self.terms = list(dict.fromkeys(split_terms(question)))
        self.passages = list(database.passages())
        every = [passage.number for passage in self.passages]
        self.cosines = snapshot.passage_vectors.cosines(self.vector, every)
        lexical = database.postings.scores(self.terms, 1000)
        best = max(lexical.values(), default=1.0)
        dense = scaled(self.cosines)
        fused = {row: (dense[row] + lexical.get(row, 0) / best) / 2 for row in every}
        self.article = {passage.number: passage.article for passage in self.passages}
        support = scaled(self.three_best(fused))
        first = {}
        for passage in self.passages:
            first.setdefault(passage.article, passage.first)
        self.scores = {
            passage.number: (fused[passage.number] + support[passage.article]) / 2
            + 0.15 * 5 / (5 + passage.first - first[passage.article])
            for passage in self.passages
        }
        self.ranked = sorted(every, key=lambda row: (-self.scores[row], row))[:20]
        self.texts, self.numbers = {}, {}
        for passage in self.passages:
            text = database.article(passage.article).text
            for each in database.sentences(passage.article):
                if passage.first <= each.number <= passage.last:
                    self.texts[each.number] = text[each.span.start : each.span.end]
                    self.numbers.setdefault(passage.number, []).append(each.number)
        self.snapshot = snapshot

    def three_best(self, fused):
        found = {}
        for row, article in self.article.items():
            found.setdefault(article, []).append(fused[row])
        for article, scores in found.items():
            one, two, three = [*sorted(scores, reverse=True), 0, 0][:3]
            found[article] = one + two / 2 + three / 4
        return found

    def idf(self):
        held = [
            {term for number in numbers for term in split_terms(self.texts[number])}
            | set(split_terms(self.headline(row)))
            for row, numbers in self.numbers.items()
        ]
        counts = {term: sum(term in each for each in held) for term in self.terms}
        total = len(self.passages)
        return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

    def headline(self, row):
        return self.snapshot.database.article(self.passages[row].article).headline

    def terms_around(self, number):
        article = next(p.article for p in self.passages if p.first <= number <= p.last)
        beside = [n for n in (number - 1, number, number + 1) if n in self.texts]
        of_article = {each.number for each in self.snapshot.database.sentences(article)}
        return {t for n in beside if n in of_article for t in split_terms(self.texts[n])}

    def sentence_scores(self):
        kind = expected_type(self.question)
        of_passage = {}
        for row in self.ranked:
            for number in self.numbers[row]:
                of_passage[number] = max(of_passage.get(number, 0), self.scores[row])
        rows = {n: self.snapshot.sentence_vectors.read([n])[0] for n in of_passage}
        dense = scaled({n: float(row @ self.vector) for n, row in rows.items()})
        counts = {n: Counter(split_terms(self.texts[n])) for n in of_passage}
        average = sum(map(Counter.total, counts.values())) / len(counts)
        idf = self.idf()
        lexical = {}
        for n, count in counts.items():
            norm = 1.2 * (0.25 + 0.75 * count.total() / average)
            lexical[n] = sum(idf[t] * count[t] * 2.2 / (count[t] + norm) for t in self.terms)
        best = max(lexical.values()) or 1.0
        total = sum(idf.values()) or 1.0
        around = {
            n: sum(idf[t] for t in set(self.terms) & self.terms_around(n)) / total
            for n in of_passage
        }
        return {
            n: (
                0.5 * of_passage[n]
                + 0.3 * dense[n]
                + 0.2 * lexical[n] / best
                + 0.15 * around[n]
                + 0.08 * (kind is not None and holds_type(self.texts[n], kind, self.terms))
            )
            / 1.23
            for n in of_passage
        }


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_fused_supported_by_their_article_and_lifted_by_its_lead(
    search, snapshot, encoder, question
):
    reference = Reference(snapshot, encoder, question)

    hits = search(question).hits

    assert [hit.passage for hit in hits] == reference.ranked
    assert [hit.rank for hit in hits] == list(range(1, 21))
    for hit in hits:
        assert hit.relevance + hit.prior == pytest.approx(reference.scores[hit.passage], abs=1e-5)
        assert hit.cosine == pytest.approx(reference.cosines[hit.passage], abs=1e-5)


@pytest.mark.parametrize("question", QUESTIONS)
def test_sentences_are_scored_by_passage_cosine_words_neighbours_and_type(
    search, snapshot, encoder, question
):
    expected = Reference(snapshot, encoder, question).sentence_scores()

    found = search(question)

    scores = {each.sentence.number: each.score for each in found.sentences}
    assert scores == pytest.approx(expected, abs=1e-4)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_found_articles_are_those_of_the_sentences(search, snapshot):
    found = search(QUESTIONS[0])

    assert found.sentences
    for each in found.sentences:
        number = each.sentence.number
        sentences = snapshot.database.sentences(each.article)
        assert found.reading.article(number) == snapshot.database.article(each.article)
        assert found.reading.article_sentences(number) == sentences
        assert each.sentence in sentences


def test_evidence_of_a_question_in_the_words_of_the_coverage_is_full(search, snapshot, encoder):
    question = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"
    evidence = search(question).evidence
    reference = Reference(snapshot, encoder, question)

    assert evidence.covered_idf == pytest.approx(1.0)
    assert evidence.cosine == pytest.approx(max(reference.cosines.values()), abs=1e-5)


def test_evidence_counts_what_the_three_best_passages_hold(search, snapshot, encoder):
    question = "Which zeppelin took the treaty to Chisinau?"
    reference = Reference(snapshot, encoder, question)
    idf = reference.idf()
    held = {
        term
        for row in reference.ranked[:3]
        for number in reference.numbers[row]
        for term in split_terms(f"{reference.headline(row)} {reference.texts[number]}")
    }

    evidence = search(question).evidence

    assert {"treati", "chisinau"} <= held
    assert "zeppelin" not in held
    assert evidence.covered_idf == pytest.approx(
        sum(weight for term, weight in idf.items() if term in held) / sum(idf.values())
    )
    assert 0.2 < evidence.covered_idf < 0.8


def test_name_that_stands_nowhere_near_the_best_sentence_is_evidence_against(search):
    named = search("Who was the first secretary general of the CSTO?").evidence
    foreign = search("Who was the first secretary general of the Zeppelin?").evidence

    assert named.missing_names == 0
    assert foreign.missing_names > 0.2


def test_acronym_like_a_small_word_that_the_coverage_lacks_counts_as_every_name(search):
    known = search("Did the CSTO send peacekeepers to Kazakhstan?").evidence
    unknown = search("Did IS send peacekeepers to Kazakhstan?").evidence

    assert known.missing_names < 0.5
    assert unknown.missing_names == 1


def test_foreign_question_has_no_evidence(search):
    evidence = search("What is the boiling point of mercury?").evidence

    assert evidence.covered_idf == 0
    assert evidence.cosine < 0.3


def test_question_of_stop_words_is_ranked_by_meaning_alone(search, snapshot, encoder):
    question = "Who is he and where was he before?"
    reference = Reference(snapshot, encoder, question)
    assert reference.terms == []

    found = search(question)

    assert [hit.passage for hit in found.hits] == reference.ranked
    assert found.evidence.covered_idf == 0


def test_passage_of_the_lexical_leg_alone_has_its_true_cosine(
    search, snapshot, encoder, monkeypatch
):
    monkeypatch.setattr(index.search.hybrid, "CANDIDATES", 1)
    question = "Who landed with vehicles in Chisinau?"
    reference = Reference(snapshot, encoder, question)
    lexical = next(iter(snapshot.database.postings.scores(reference.terms, 1)))
    dense = max(reference.cosines, key=reference.cosines.__getitem__)
    assert lexical != dense

    hits = {hit.passage: hit.cosine for hit in search(question).hits}

    assert hits == pytest.approx(
        {row: reference.cosines[row] for row in (lexical, dense)}, abs=1e-5
    )


@pytest.mark.parametrize(
    "question",
    [
        "NEAR(treaty Armenia)",
        'treaty "unclosed',
        '""',
        "*",
        "treaty* -Armenia ^bloc",
        "AND OR NOT",
        "terms:treaty",
        "treaty) OR (1=1; --",
        "{treaty} + [bloc]",
        "tre\x00aty",
        "treaty " * 800,
        "🚢 ½ Ⅷ 𞤀",
        "\u200f\u202b",
    ],
)
def test_syntax_in_a_question_is_harmless(search, question):
    hits = search(question).hits

    assert [hit.rank for hit in hits] == list(range(1, 21))


def test_operators_change_no_lexical_score(snapshot):
    plain = snapshot.database.postings.scores(split_terms("treaty Armenia bloc"), 50)

    for question in ('"treaty" -Armenia bloc*', "treaty AND NOT Armenia OR ^bloc"):
        assert snapshot.database.postings.scores(split_terms(question), 50) == plain


def test_passages_behind_a_filter_are_found_once(sample_index, encoder, monkeypatch):
    asked, within = [], Database.passages_within

    def find(database, filters):
        asked.append(filters)
        return within(database, filters)

    monkeypatch.setattr(Database, "passages_within", find)
    one, other = Filters(since=date(2022, 1, 1)), Filters(until=date(2021, 12, 31))
    with open_snapshot(sample_index) as snapshot:
        hybrid, question = HybridSearch(snapshot), parse_question(QUESTIONS[0], snapshot, encoder)
        found = [hybrid.search(question, filters) for filters in (one, other, one, one)]

    assert asked == [one, other]
    hits = [each.hits for each in found]
    assert hits[0] == hits[2] == hits[3] != hits[1]


def test_search_is_repeatable(search):
    one, other = search(QUESTIONS[0]), search(QUESTIONS[0])

    assert (one.hits, one.sentences, one.evidence) == (other.hits, other.sentences, other.evidence)


def test_empty_index_finds_nothing(tmp_path, tiny_encoder, make_index, write_files):
    make_index(tmp_path / "index", tiny_encoder, write_files({}))
    snapshot = open_snapshot(tmp_path / "index")

    found = HybridSearch(snapshot).search(
        parse_question("Who opened the bridge?", snapshot, tiny_encoder)
    )

    assert (found.hits, found.sentences, found.evidence) == ((), (), Evidence())
    snapshot.close()


def test_index_of_one_sentence_finds_it(tmp_path, tiny_encoder, make_index, write_files):
    make_index(tmp_path / "index", tiny_encoder, write_files({"a.txt": "The bridge opened."}))
    snapshot = open_snapshot(tmp_path / "index")

    found = HybridSearch(snapshot).search(parse_question("bridge", snapshot, tiny_encoder))

    assert [(each.passage, each.rank, each.relevance, each.prior) for each in found.hits] == [
        (0, 1, 1.0, 0.15)
    ]
    (sentence,) = found.sentences
    assert sentence.relevance == pytest.approx((0.5 + 0.3 + 0.2 + 0.15) / 1.23)
    assert sentence.prior == pytest.approx(0.5 * 0.15 / 1.23)
    snapshot.close()
