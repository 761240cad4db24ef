"""Rows that are not there: of a deleted edition, of a damaged one, of a coverage made anew."""

from dataclasses import replace

import pytest

from index.answers.quote_codes import QuoteCode
from index.coverage import Coverage
from index.errors import (
    AddressError,
    SnapshotCorruptError,
    SnapshotNotFoundError,
    StoreUnavailableError,
)
from index.milvus.engine import Engine
from index.milvus.rows import BITS
from index.milvus.schema import Table
from index.milvus.store import MilvusStore
from index.milvus.watching import _watching
from index.models import Filters, Span
from index.places import current_snapshot_id
from tests.index.hash_encoder import HashEncoder

pytestmark = pytest.mark.slow

QUESTION = "Who opened the harbour bridge?"
SPAN = Span(0, 5)


@pytest.fixture
def coverage(build, write_articles, address):
    """The open first edition."""
    build(write_articles(range(2)))
    with Coverage(MilvusStore(address), HashEncoder()) as coverage:
        yield coverage


@pytest.fixture
def key(coverage):
    """The key of an article."""
    store = coverage._store
    (article, _), *_ = store.articles(store.numbers_by_key("")).values()
    return article.key


def delete(address, *tables):
    with Engine(address) as engine:
        for table in tables:
            engine.delete(table, "name != ''" if table is Table.FILES else "number >= 0")


@pytest.mark.parametrize(
    "ask",
    [
        lambda coverage, key: coverage.answer(QUESTION),
        lambda coverage, key: coverage.answer("Who opened the harbuor bridge?"),  # asks for names
        lambda coverage, key: coverage.timeline("harbour bridge"),
        lambda coverage, key: coverage.article(key),
        lambda coverage, key: coverage.context(key, SPAN),
        lambda coverage, key: coverage.correction(key, "", SPAN, "words"),
        lambda coverage, key: coverage.verify(QuoteCode(key[:10], SPAN, "0" * 8)),
    ],
)
def test_nobody_is_told_that_an_article_is_gone_because_its_edition_is(coverage, key, ask, address):
    delete(address, *Table)

    with pytest.raises(StoreUnavailableError, match=r"edition-1-.* was deleted by a later build"):
        ask(coverage, key)


def test_article_that_is_gone_from_its_edition_is_gone(coverage):
    assert coverage.article("0" * 64) is None
    assert coverage.context("0" * 64, SPAN) is None


@pytest.mark.parametrize(
    ("table", "ask"),
    [
        (Table.PASSAGES, lambda store, found: store.vectors_of_sentences(found)),
        (Table.ARTICLES, lambda store, found: store.articles(each.article for each in found)),
    ],
)
def test_damaged_edition_is_named(coverage, table, ask, address):
    found = coverage._store.find(HashEncoder().encode_question(QUESTION), ["bridg"], 5, Filters())
    passages = coverage._store.passages(found.cosines)
    delete(address, table)

    with pytest.raises(SnapshotCorruptError, match=f"edition 1: .* {table} missing"):
        ask(coverage._store, passages)


@pytest.mark.parametrize("table", [Table.PASSAGES, Table.ARTICLES])
def test_edition_that_lacks_rows_is_not_opened(coverage, table, address):
    first, *_ = sorted(coverage._store.numbers_by_key(""))
    with Engine(address) as engine:
        engine.delete(table, f"number in [{first}, {first << BITS}]")

    with pytest.raises(SnapshotCorruptError, match=f"edition 1: 1 of . {table} missing"):
        MilvusStore(address)


def test_coverage_that_was_dropped_and_made_anew_is_another(
    coverage, address, build, write_articles
):
    with Engine(address) as engine:
        for table in Table:
            engine.drop(table)
    build(write_articles(range(2), changed=[0]))

    with pytest.raises(StoreUnavailableError, match="was deleted"):
        coverage.answer(QUESTION)
    _watching.cache_clear()
    assert current_snapshot_id(address) != coverage.snapshot_id


def test_coverage_that_was_dropped_is_not_found(coverage, address):
    with Engine(address) as engine:
        for table in Table:
            engine.drop(table)
    _watching.cache_clear()

    with pytest.raises(SnapshotNotFoundError, match="build one with"):
        current_snapshot_id(address)
    with pytest.raises(StoreUnavailableError):
        coverage.answer(QUESTION)


def test_cache_that_cannot_be_written_is_one_line(coverage, address, tmp_path):
    (tmp_path / "file").write_text("no folder")
    store = MilvusStore(replace(address, cache=tmp_path / "file" / "cache"))

    with pytest.raises(AddressError, match=r"MILVUS_CACHE: cannot write .*set it to another"):
        store.encoder_files()

    store.close()
