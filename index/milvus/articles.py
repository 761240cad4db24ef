"""Articles of an edition, by their number and by their key.

If nothing is found, the edition itself is looked up: an article must not be reported as gone
because its edition is.
"""

from collections.abc import Iterable, Sequence

from index.milvus.batches import portions
from index.milvus.edition_check import EditionCheck
from index.milvus.engine import Engine, Row
from index.milvus.rows import any_of, condition, quoted, read_article
from index.milvus.schema import Table
from index.models import Article, ArticleNo
from index.store.base import StoredArticle


class ArticleRows:
    """Those of one edition; several threads may ask."""

    def __init__(self, engine: Engine, edition: int, check: EditionCheck) -> None:
        self._engine = engine
        self._edition = edition
        self._check = check

    def fetch(self, numbers: Iterable[ArticleNo]) -> dict[ArticleNo, StoredArticle]:
        """Return the articles of these numbers, with their sentences."""
        found: dict[ArticleNo, StoredArticle] = {}
        for some in portions(list(dict.fromkeys(numbers))):
            fields = ["number", "record"]
            rows = self._engine.query(Table.ARTICLES, any_of("number", some), fields)
            self._check.is_whole("articles", len(some), len(rows))
            found |= {ArticleNo(row["number"]): read_article(row) for row in rows}
        return found

    def by_key(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys; those that there are."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Article] = {}
        for some in portions(wanted):
            fits = f"key in [{', '.join(map(quoted, some))}]"
            rows = self._query(fits, ["number", "key", "record"])
            found |= {row["key"]: read_article(row).article for row in rows}
        if len(found) < len(wanted):
            self._check.is_there()
        return found

    def numbers(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""
        rows = self._query(f"key like {quoted(first_digits + '%')}", ["number"])
        if not rows:
            self._check.is_there()
        return sorted(ArticleNo(row["number"]) for row in rows)

    def number(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""
        rows = self._query(f"key == {quoted(key)}", ["number"])
        if not rows:
            self._check.is_there()
        return ArticleNo(rows[0]["number"]) if rows else None

    def _query(self, fits: str, fields: Sequence[str]) -> list[Row]:
        return self._engine.query(Table.ARTICLES, f"{fits} and {condition(self._edition)}", fields)
