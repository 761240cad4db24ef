"""Match the articles just read with those of the previous snapshot, to see what changed (pure)."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from courlan import normalize_url

from index.models import Identity


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


def canonical_url(url: str | None) -> str | None:
    """Return what all spellings of an address share: no scheme, fragment, tracker or last slash."""
    if url is None:
        return None
    return str(normalize_url(urldefrag(url).url)).partition("://")[2].rstrip("/")


def match_articles(new: Sequence[Identity], old: Sequence[Identity]) -> dict[int, int]:
    """Return the position in `old` of the same article, for each position in `new` that has one.

    Articles are the same if their addresses are; otherwise if their texts are; otherwise if their
    ids are. Each old article is matched at most once.
    """
    found: dict[int, int] = {}
    traits: tuple[Callable[[Identity], str | None], ...] = (
        lambda one: canonical_url(one.url),
        lambda one: one.text_hash,
        lambda one: one.id,
    )
    for trait in traits:
        known = {value: row for row, value in _by_trait(old, trait, set(found.values()))}
        for row, value in _by_trait(new, trait, found):
            if (same := known.pop(value, None)) is not None:
                found[row] = same
    return found


def unique_id(wanted: str, text_hash: str, taken: Container[str]) -> str:
    """Return the id, with part of the text's hash if another article has it already."""
    return wanted if wanted not in taken else f"{wanted}~{text_hash[:12]}"


def _by_trait(
    articles: Sequence[Identity],
    trait: Callable[[Identity], str | None],
    matched: Container[int],
) -> Iterator[tuple[int, str]]:
    for row, article in enumerate(articles):
        if row not in matched and (value := trait(article)) is not None:
            yield row, value
