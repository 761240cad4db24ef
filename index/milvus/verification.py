"""Verify an edition in Milvus, slowly: every file, every count, every span."""

from collections.abc import Iterator
from contextlib import closing
from itertools import groupby

from index.milvus.address import MilvusAddress
from index.milvus.editions import current_edition, load_file
from index.milvus.engine import Engine, Row
from index.milvus.rows import condition, numbered, read_article, read_identity
from index.milvus.schema import Table
from index.models import ArticleNo, PassageNo, SentenceNo
from index.store.base import Passage
from index.store.spans import span_problems


def verify_edition(address: MilvusAddress) -> Iterator[str]:
    """Yield what is wrong with the newest edition, in plain words; nothing if all is well.

    Raises SnapshotCorruptError for a file that is not as it was, StoreUnavailableError.
    """
    with closing(Engine(address)) as engine:
        edition = current_edition(engine)
        if edition is None:
            return
        for record in edition.manifest.files.values():
            load_file(engine, record.sha256)
        fits = condition(edition.number)
        fields = ["number", "article", "first", "last"]
        rows = map(_passage, engine.rows(Table.PASSAGES, fits, fields))
        of_article = {number: list(each) for number, each in groupby(rows, lambda one: one.article)}
        found = {"articles": 0, "sentences": 0, "passages": sum(map(len, of_article.values()))}
        for row in engine.rows(Table.ARTICLES, fits, ["number", "identity", "record"]):
            stored = read_article(row)
            text_hash = read_identity(row).identity.text_hash
            found["articles"] += 1
            found["sentences"] += len(stored.sentences)
            yield from span_problems(stored, of_article.get(row["number"], []), text_hash)
        for table, count in found.items():
            if count != getattr(edition.manifest, table):
                expected = getattr(edition.manifest, table)
                yield f"{table}: {count}, but the manifest says {expected}"


def _passage(row: Row) -> Passage:
    article = ArticleNo(row["article"])
    first, last = (SentenceNo(numbered(article, row[name])) for name in ("first", "last"))
    return Passage(PassageNo(row["number"]), article, first, last)
