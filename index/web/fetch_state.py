"""What earlier fetches left to know: which file an address led to, and what to ask it with.

Losing this file costs some requests that could have been spared, and no article.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import ArticleFormatError
from index.web.article_files import write_atomically
from index.web.download import Validators
from index.web.entries import Entry

NAME = ".fetched"  # JSON, but without the suffix that the indexer would read it by


@dataclass(frozen=True, slots=True)
class Seen:
    """An article's file (its path in the folder), and when it was last asked for.

    `said` is the date that its feed or sitemap gave it then.
    """

    file: str
    asked: datetime
    said: datetime | None
    validators: Validators


@dataclass(slots=True)
class FetchState:
    """By address: the articles, and the feeds and sitemaps that left nothing to fetch."""

    articles: dict[str, Seen] = field(default_factory=dict)
    sources: dict[str, Validators] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write the state into the folder of articles, as a whole or not at all."""
        write_atomically(folder / NAME, _FILE.dump_json(self, indent=1).decode() + "\n")

    def remember(self, entry: Entry, file: str, validators: Validators) -> None:
        """Keep what is known of an article that was just asked for."""
        self.articles[entry.address] = Seen(file, datetime.now(UTC), entry.moment, validators)

    def is_outdated(self, entry: Entry, file: Path) -> bool:
        """Tell whether the feed or sitemap says that the article changed since it was fetched."""
        if entry.moment is None:
            return False
        seen = self.articles.get(entry.address)
        if seen is None:
            return entry.moment > datetime.fromtimestamp(file.stat().st_mtime, UTC)
        return entry.moment > (seen.said or seen.asked)


_FILE = TypeAdapter(FetchState)


def open_state(folder: Path) -> FetchState:
    """Return the state of a folder of articles, empty at first.

    Raises ArticleFormatError where it is damaged.
    """
    path = folder / NAME
    if not path.exists():
        return FetchState()
    try:
        return _FILE.validate_json(path.read_bytes())
    except ValidationError:
        reason = "damaged; delete it, no article is lost by that"
        raise ArticleFormatError(path, reason) from None
