"""The articles that are written already, as a build compares its own with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from index.milvus.engine import Engine, Row
from index.milvus.rows import StoredIdentity, condition, fields_hash, read_identity
from index.milvus.schema import Table
from index.milvus.weighting import Weighting
from index.models import Article, ArticleNo, Identity

Numbered = tuple[ArticleNo, StoredIdentity]


@dataclass(frozen=True)
class EditionArticles:
    """The articles of an edition by their id; what a build compares new ones with."""

    of_id: Mapping[str, Numbered]

    @cached_property
    def _hashes(self) -> list[str]:
        return [stored.fields_hash for _, stored in self.of_id.values()]

    def identities(self) -> list[Identity]:
        """Return what identifies each article, in order."""
        return [stored.identity for _, stored in self.of_id.values()]

    def is_same(self, row: int, article: Article) -> bool:
        """Tell whether the article at this place has the very same fields."""
        return self._hashes[row] == fields_hash(article)


def edition_articles(engine: Engine, number: int | None) -> EditionArticles:
    """Return the articles of the edition of this number, none without one."""
    if number is None:
        return EditionArticles({})
    fits = condition(number)
    rows = engine.rows(Table.ARTICLES, fits, ["number", "identity"])
    return EditionArticles(dict(map(identified, rows)))


@dataclass(frozen=True, slots=True)
class Written:
    """Articles by their id whose rows a new edition may take over, and how their terms weigh."""

    articles: Mapping[str, Numbered]
    weighting: Weighting


def identified(row: Row) -> tuple[str, Numbered]:
    """Return the id of an article, its number and what identifies it, of its row."""
    stored = read_identity(row)
    return stored.identity.id, (ArticleNo(row["number"]), stored)
