"""A folder of fetched articles: which it contains, which are outdated, and adding one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import InputFileError
from index.files import write_atomically
from index.formats.html_files import Page
from index.web.article_files import ArticleFolder, Kept
from index.web.download import Validators
from index.web.listings import Entry

NAME = ".fetched"  # JSON, but without the suffix that the indexer would read it by


class Archive:
    """The articles of a folder, and the state of earlier fetches."""

    def __init__(self, folder: Path) -> None:
        """Read the folder. Raises InputFileError if its state is damaged."""
        self._folder = folder
        self._articles = ArticleFolder(folder)
        self._state = open_state(folder)

    def has(self, address: str) -> bool:
        """Tell whether the article with this address is there."""
        return self._cited(address) in self._articles

    def is_wanted(self, entry: Entry) -> bool:
        """Tell whether an article is not there, or was updated since by what its feed says."""
        if not self.has(entry.address):
            return True
        file = self._articles.own_file(self._cited(entry.address))
        return file is not None and self._state.is_outdated(entry, file)

    def validators(self, address: str) -> Validators:
        """Return what to ask an article with."""
        seen = self._state.articles.get(address)
        return seen.validators if seen and self.has(address) else Validators()

    def source_validators(self, address: str) -> Validators:
        """Return what to ask a feed or a sitemap with."""
        return self._state.sources.get(address, Validators())

    def keep(self, entry: Entry, page: Page, validators: Validators) -> Kept:
        """Write the article if it is new or its text has changed."""
        cited = self._cited(entry.address)
        if cited in self._articles:
            kept = self._articles.replace(cited, page)
        else:
            cited = page.url or entry.address
            if self._articles.has_other_article(cited, page):
                cited = entry.address  # the page names another article's address as its own
            if cited in self._articles:
                kept = Kept.UNCHANGED  # the same article by another address
            else:
                self._articles.add(page, cited)
                kept = Kept.NEW
        self._state.remember(entry, cited, validators)
        return kept

    def keep_unmodified(self, entry: Entry) -> Kept:
        """Keep the article as it is: its host answered "not modified"."""
        seen = self._state.articles[entry.address]
        self._state.remember(entry, self._cited(entry.address), seen.validators)
        return Kept.UNCHANGED

    def remember_source(self, address: str, validators: Validators) -> None:
        """Remember the validators of a feed or sitemap of which every article is here."""
        self._state.sources[address] = validators

    def save(self) -> None:
        """Write the state."""
        self._state.save(self._folder)

    def _cited(self, address: str) -> str:
        """Return the address that the article is stored under, as far as that is known."""
        seen = self._state.articles.get(address)
        return seen.url if seen and seen.url else address


@dataclass(frozen=True, slots=True)
class Seen:
    """When an article was last fetched (`asked`), and the address that it is stored under.

    `said` is the date that its feed or sitemap stated then. `url` is None in old states, which
    have the article's file instead; it is then found by the address that it is listed under.
    """

    asked: datetime
    said: datetime | None
    validators: Validators
    url: str | None = None


@dataclass(slots=True)
class FetchState:
    """By address: the articles, and the feeds and sitemaps of which every article was fetched.

    Losing the file costs some unnecessary requests, and no article.
    """

    articles: dict[str, Seen] = field(default_factory=dict)
    sources: dict[str, Validators] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write the state into the folder of articles, as a whole or not at all."""
        write_atomically(folder / NAME, _FILE.dump_json(self, indent=1).decode() + "\n")

    def remember(self, entry: Entry, url: str, validators: Validators) -> None:
        """Remember an article that was just fetched."""
        self.articles[entry.address] = Seen(datetime.now(UTC), entry.moment, validators, url)

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

    Raises InputFileError if it is damaged.
    """
    path = folder / NAME
    if not path.exists():
        return FetchState()
    try:
        return _FILE.validate_json(path.read_bytes())
    except ValidationError:
        reason = "damaged; delete it, no article is lost by that"
        raise InputFileError(path, reason) from None
