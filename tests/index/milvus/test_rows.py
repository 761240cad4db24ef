"""Rows hold articles and passages whole: texts byte for byte, days as numbers, half of BM25."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate
from index.milvus.rows import (
    EncodedArticle,
    article_of,
    article_row,
    condition,
    days,
    divide_text,
    fields_hash,
    join_text,
    numbered,
    pack_vector,
    passage_rows,
    place_of,
    quoted,
    read_article,
    read_identity,
    unpack_vector,
)
from index.milvus.schema import FOREVER
from index.milvus.weighting import Weighting, term_number, term_weights
from index.models import Article, Filters, Span
from index.text.acronyms import Acronyms
from index.text.bm25 import K1, B
from index.text.passages import SentenceRange
from index.text.segmentation import Segments

TEXT = "The ferry left. The mayor waved.\nNobody came back."
ARTICLE = Article(
    "ferry",
    TEXT,
    "Ferry leaves",
    outlet='The "Post"',
    url="https://example.org/ferry",
    published=PartialDate.parse("2022-11"),
)
SEGMENTS = Segments(
    (Span(0, 15), Span(16, 32), Span(33, 50)),
    (SentenceRange(0, 1), SentenceRange(1, 2)),
    ("ferri leav", "ferri left", "mayor wave", "nobodi came back"),
)

WEIGHTING = Weighting(4.0, Acronyms())


@pytest.fixture
def encoded():
    vectors = np.random.default_rng(0).normal(size=(5, 8)).astype(np.float32)
    return EncodedArticle(ARTICLE, SEGMENTS, vectors[:2], vectors[2:])


class TestTexts:
    @given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(4, 40))
    def test_pieces_make_the_text_again(self, text, most):
        pieces = divide_text(text, most)

        assert join_text(pieces) == text
        assert all(len(each.encode()) <= most for each in pieces)

    def test_long_text_is_divided_between_characters(self):
        text = "ж" * 40_000 + "🚢" * 20_000  # 160,000 bytes

        pieces = divide_text(text)

        assert join_text(pieces) == text
        assert [len(each.encode()) for each in pieces] == [65_534, 65_534, 28_932]

    def test_literal_cannot_be_left(self):
        assert quoted('A" or "\\\n') == '"A\\" or \\"\\\\\\n"'


class TestNumbers:
    def test_number_says_article_and_place(self):
        number = numbered(7, 3)

        assert (article_of(number), place_of(number)) == (7, 3)
        assert numbered(7, 2**20 - 1) < numbered(8, 0)

    def test_terms_have_the_same_number_everywhere(self):
        assert term_number("bridg") == 763_357_151
        assert len({term_number(f"term{n}") for n in range(2_000)}) == 2_000


class TestWeights:
    def test_sum_over_the_terms_is_bm25(self):
        terms = ["ferri", "ferri", "left", "mayor"]
        idf = {"ferri": 2.0, "mayor": 0.5, "harbour": 9.0}

        weights = term_weights(terms, average=3.0)

        norm = K1 * (1 - B + B * 4 / 3)
        expected = sum(
            weight * count * (K1 + 1) / (count + norm)
            for term, weight in idf.items()
            for count in [Counter(terms)[term]]
        )
        found = sum(weight * weights.get(term_number(term), 0.0) for term, weight in idf.items())
        assert found == pytest.approx(expected)

    def test_passage_without_terms_has_a_weight_that_no_question_asks_for(self):
        assert term_weights([], average=3.0) == {0: 1.0}
        assert all(term_number(f"term{n}") for n in range(1_000))


class TestDays:
    @pytest.mark.parametrize(
        ("published", "expected"),
        [
            ("2022-11-23", (20221123, 20221123)),
            ("2022-11", (20221101, 20221130)),
            ("2022", (20220101, 20221231)),
        ],
    )
    def test_date_stands_for_all_of_its_days(self, published, expected):
        assert days(PartialDate.parse(published)) == expected

    @pytest.mark.parametrize("published", [None, PartialDate.parse("--11-23")])
    def test_no_filter_fits_an_unknown_year(self, published):
        first, last = days(published)

        assert first < 10000101
        assert last > 99981231

    def test_filters_come_after_the_edition(self):
        filters = Filters('The "Post"', date(2022, 1, 2), date(2022, 12, 31))

        assert condition(7) == "since <= 7 and until > 7"
        assert condition(7, filters) == (
            'since <= 7 and until > 7 and outlet == "The \\"Post\\"" '
            "and first_day >= 20220102 and last_day <= 20221231"
        )


class TestRows:
    def test_article_comes_back_as_it_was(self, encoded):
        row = article_row(7, 3, encoded, WEIGHTING)

        stored = read_article(row)

        assert stored.article == ARTICLE
        assert [each.span for each in stored.sentences] == list(SEGMENTS.sentences)
        assert [each.number for each in stored.sentences] == [numbered(7, n) for n in range(3)]
        assert (row["since"], row["until"], row["key"]) == (3, FOREVER, ARTICLE.key)

    def test_identity_is_what_builds_compare(self, encoded):
        stored = read_identity(article_row(7, 3, encoded, WEIGHTING))

        assert stored.identity == (ARTICLE.id, ARTICLE.url, ARTICLE.text_hash, ARTICLE.headline)
        assert stored.fields_hash == fields_hash(ARTICLE)
        assert (stored.sentences, stored.passages, stored.terms) == (3, 2, 13)

    @pytest.mark.parametrize("change", [{"outlet": None}, {"text": TEXT + " "}, {"author": "A"}])
    def test_hash_tells_every_field(self, change):
        assert fields_hash(replace(ARTICLE, **change)) != fields_hash(ARTICLE)

    def test_passages_know_their_article_days_and_sentences(self, encoded):
        rows = passage_rows(7, 3, encoded, WEIGHTING)

        assert [row["number"] for row in rows] == [numbered(7, 0), numbered(7, 1)]
        assert [(row["first"], row["last"]) for row in rows] == [(0, 1), (1, 2)]
        assert rows[0]["outlet"] == 'The "Post"'
        assert (rows[0]["first_day"], rows[0]["last_day"]) == (20221101, 20221130)
        assert rows[0]["terms"] == term_weights(
            ["ferri", "leav", "ferri", "left", "mayor", "wave"], 4.0
        )
        assert rows[1]["sentences"] == [pack_vector(each) for each in encoded.sentences[1:]]

    def test_unknown_outlet_and_date_are_empty(self, encoded):
        unknown = replace(encoded, article=replace(ARTICLE, outlet=None, published=None))

        row = passage_rows(7, 3, unknown, WEIGHTING)[0]

        assert (row["outlet"], row["published"]) == ("", "")

    def test_vectors_have_the_precision_of_a_snapshot(self, encoded):
        expected = encoded.sentences[0].astype(np.float16).astype(np.float32)

        assert unpack_vector(pack_vector(encoded.sentences[0])).tolist() == expected.tolist()
        row = passage_rows(7, 3, encoded, WEIGHTING)[0]
        rounded = encoded.passages[0].astype(np.float16).astype(np.float32)
        assert row["vector"].tolist() == rounded.tolist()
