"""Match the articles just read with those of the previous snapshot, to see what changed (pure)."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.build.addresses import identifying_url
from index.models import Article, Identity


@dataclass(frozen=True, slots=True)
class Changes:
    """The articles that a build adds, changes and removes, each in the order of its coverage."""

    added: tuple[Identity, ...] = ()
    changed: tuple[Identity, ...] = ()
    removed: tuple[Identity, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def before(self) -> int:
        """Number of articles in the previous snapshot."""
        return len(self.changed) + len(self.removed) + self.unchanged

    @property
    def undone(self) -> "Changes":
        """What changes if the articles after it are replaced by those before it."""
        return Changes(self.removed, self.changed, self.added, self.unchanged)


class Earlier(Protocol):
    """The articles of the edition before, in order."""

    def identities(self) -> list[Identity]:
        """Return what identifies each article, in order."""

    def is_same(self, row: int, article: Article) -> bool:
        """Tell whether the article at this place has the very same fields."""


def changes_by_id(articles: Iterable[Article], before: Earlier) -> Changes:
    """Return what changes if these articles, with the ids that they have, replace those before.

    So it is when an index is moved: readers' links name articles by their ids.
    """
    old = before.identities()
    rows = {one.id: row for row, one in enumerate(old)}
    added, changed, unchanged = list[Identity](), list[Identity](), 0
    for article in articles:
        row = rows.pop(article.id, None)
        if row is None:
            added.append(article.identity)
        elif before.is_same(row, article):
            unchanged += 1
        else:
            changed.append(article.identity)
    return Changes(
        tuple(added), tuple(changed), tuple(old[row] for row in rows.values()), unchanged
    )


def match_articles(new: Sequence[Identity], old: Sequence[Identity]) -> dict[int, int]:
    """Return the position in `old` of the same article, for each position in `new` that has one.

    Articles are the same if their addresses are; if several share one, text or headline decide.
    Otherwise they are if their texts are; otherwise if their ids are. Each old article is matched
    at most once.
    """
    addresses = {one.url: identifying_url(one.url) for one in (*new, *old)}

    def with_address(one: Identity, *others: str) -> tuple[str, ...] | None:
        address = addresses[one.url]
        return None if address is None else (address, *others)

    found: dict[int, int] = {}
    _match(found, new, old, lambda one: with_address(one, one.text_hash))
    _match(found, new, old, lambda one: with_address(one, one.headline), is_unique=True)
    _match(found, new, old, with_address, is_unique=True)
    _match(found, new, old, lambda one: (one.text_hash, one.id))
    _match(found, new, old, lambda one: (one.text_hash,))
    _match(found, new, old, lambda one: (one.id,))
    return found


def unique_id(wanted: str, text_hash: str, taken: Container[str]) -> str:
    """Return the id, with part of the text's hash if another article has it already."""
    return wanted if wanted not in taken else f"{wanted}~{text_hash[:12]}"


def _match(
    found: dict[int, int],
    new: Sequence[Identity],
    old: Sequence[Identity],
    trait: Callable[[Identity], tuple[str, ...] | None],
    *,
    is_unique: bool = False,
) -> None:
    """Match, in order, those that share a trait; `is_unique`: if no other has it."""
    known = _by_trait(old, trait, set(found.values()))
    for value, rows in _by_trait(new, trait, found).items():
        others = known.get(value, [])
        if not is_unique or len(rows) == len(others) == 1:
            found.update(zip(rows, others, strict=False))


def _by_trait(
    articles: Sequence[Identity],
    trait: Callable[[Identity], tuple[str, ...] | None],
    matched: Container[int],
) -> dict[tuple[str, ...], list[int]]:
    """Return the positions of the articles that are not matched yet, by their trait."""
    found: dict[tuple[str, ...], list[int]] = {}
    for row, article in enumerate(articles):
        if row not in matched and (value := trait(article)) is not None:
            found.setdefault(value, []).append(row)
    return found
