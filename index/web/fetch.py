"""Feeds, sitemaps and pages → a folder of articles: what is new or changed is fetched and kept."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count

from yarl import URL

from index.errors import FetchError
from index.models import Progress, silent
from index.text.plurals import counted
from index.web.addresses import read_address
from index.web.archive import Archive
from index.web.article_files import Kept
from index.web.download import Download, Downloader, Validators
from index.web.extraction import read_content, read_story
from index.web.listings import Entry, Listing, newest_first
from index.web.sources import SITEMAP_BYTES, read_source

MAX_SITEMAPS = 50  # that one address lists, the newest, those inside other indexes included


@dataclass(slots=True)
class FetchSummary:
    """What a fetch did; `failed` has every address that failed, with its reason."""

    kept: dict[Kept, int] = field(default_factory=lambda: dict.fromkeys(Kept, 0))
    from_feeds: int = 0  # new articles whose text is the feed's own
    unmodified: int = 0  # feeds and sitemaps
    failed: list[FetchError] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)  # feeds and sitemaps that list nothing

    @property
    def is_failure(self) -> bool:
        """Tell whether there is nothing but failures."""
        return bool(self.failed) and not any(self.kept.values()) and not self.unmodified


class Fetch:
    """One fetch into one archive; `limit` is the most articles that one address may list."""

    def __init__(
        self, archive: Archive, downloader: Downloader, limit: int, progress: Progress = silent
    ) -> None:
        self.summary = FetchSummary()
        self._archive = archive
        self._downloader = downloader
        self._limit = limit
        self._progress = progress
        self._reading = asyncio.Lock()  # takes the processor: one page or feed after another
        self._listings: list[tuple[str, Validators, Listing]] = []
        self._settled: set[str] = set()  # addresses of articles that are in the archive

    async def run(self, addresses: list[str]) -> None:
        """Fetch what these feeds, sitemaps and pages contain; if interrupted, keep what came."""
        try:
            await self._fetch_all(await self._list_all(list(dict.fromkeys(addresses))))
            self._remember_sources()
        finally:
            self._archive.save()

    async def _list_all(self, given: list[str]) -> list[Entry]:
        done = count(1)

        async def listed(address: str) -> list[Entry]:
            entries = await self._list(address)
            self._progress("Reading feeds", next(done), len(given))
            return entries

        return list(chain.from_iterable(await asyncio.gather(*map(listed, given))))

    async def _list(self, given: str) -> list[Entry]:
        """Return the newest articles that an address lists; a page is kept at once."""
        try:
            with _as_fetch_errors(given):
                address = str(read_address(given))
                listing = await self._open(address)
        except FetchError as error:
            self.summary.failed.append(error)
            return []
        if listing is None:
            return []
        explained = self._explained()
        entries = [*listing.entries, *await self._list_sitemaps(address, listing)]
        others = [each for each in listing.sitemaps if each.address != address]
        if not entries and others and explained == self._explained():
            self.summary.empty.append(address)  # indexes that only list each other
        chosen = newest_first(entries)[: self._limit]
        if left := len(entries) - len(chosen):
            self.summary.left_out.append(f"{counted(left, 'article')} of {address}")
        return chosen

    def _explained(self) -> int:
        """Return how many addresses the summary explains."""
        summary = self.summary
        return len(summary.failed) + len(summary.empty) + summary.unmodified

    async def _list_sitemaps(self, address: str, index: Listing) -> list[Entry]:
        """Return what the sitemaps of an index list, the newest first, indexes inside it too.

        The protocol has no index inside an index (https://www.sitemaps.org/protocol.html#index),
        but large sites do.
        """
        entries: list[Entry] = []
        waiting, seen = newest_first(index.sitemaps), {address}
        for _ in range(MAX_SITEMAPS):
            waiting = [each for each in waiting if each.address not in seen]
            if not waiting or self._is_enough(entries, waiting[0]):
                break
            sitemap = waiting.pop(0)
            seen.add(sitemap.address)
            try:
                with _as_fetch_errors(sitemap.address):
                    listing = await self._open(sitemap.address, keep_page=False)
            except FetchError as error:
                self.summary.failed.append(error)
                continue
            if listing:
                entries += listing.entries
                waiting = newest_first([*listing.sitemaps, *waiting])
        if left := len({each.address for each in waiting} - seen):
            self.summary.left_out.append(f"{counted(left, 'sitemap')} of {address}")
        return entries

    def _is_enough(self, entries: list[Entry], sitemap: Entry) -> bool:
        """Tell whether a sitemap is older than all that will be taken."""
        if sitemap.moment is None or len(entries) < self._limit:
            return False
        last = newest_first(entries)[self._limit - 1].moment
        return last is not None and sitemap.moment < last

    async def _open(self, address: str, *, keep_page: bool = True) -> Listing | None:
        """Return what a feed or sitemap lists; None if it was not modified, or is a page.

        A page is kept at once, or refused unless `keep_page`.
        """
        is_article = self._archive.has(address)
        find = self._archive.validators if is_article else self._archive.source_validators
        download = await self._downloader.get(address, SITEMAP_BYTES, find(address))
        if download is None and is_article:
            self._count(self._archive.keep_unmodified(Entry(address)), address)
            return None
        if download is None:
            self.summary.unmodified += 1
            return None
        async with self._reading:
            listing = await asyncio.to_thread(
                read_source, download.data, download.address, download.content_type
            )
        if listing is None and not keep_page:
            raise FetchError(address, "a page, but it was listed as a sitemap")
        if listing is None:
            await self._keep_page(Entry(address), download)
            return None
        others = [each for each in listing.sitemaps if each.address != address]
        if not (listing.entries or others or listing.refused):
            self.summary.empty.append(address)
        self._listings.append((address, download.validators, listing))
        self.summary.failed += listing.refused
        return listing

    async def _fetch_all(self, listed: list[Entry]) -> None:
        """Fetch all hosts at once, one page after another each: memory holds one page per host."""
        entries: dict[str, Entry] = {}
        for entry in listed:
            entries.setdefault(entry.address, entry)  # listed twice, it is fetched once
        of_host: defaultdict[str | None, list[Entry]] = defaultdict(list)
        for entry in entries.values():
            of_host[URL(entry.address).host].append(entry)
        done = count(1)

        async def fetch_host(these: list[Entry]) -> None:
            for entry in these:
                await self._fetch(entry)
                self._progress("Fetching articles", next(done), len(entries))

        await asyncio.gather(*map(fetch_host, of_host.values()))

    async def _fetch(self, entry: Entry) -> None:
        if entry.address in self._settled:
            return
        if not self._archive.is_wanted(entry):
            self._count(Kept.UNCHANGED, entry.address)
            return
        try:
            with _as_fetch_errors(entry.address):
                await self._fetch_page(entry)
        except FetchError as error:
            if not await self._keep_content(entry):
                self.summary.failed.append(error)

    async def _fetch_page(self, entry: Entry) -> None:
        validators = self._archive.validators(entry.address)
        download = await self._downloader.get(entry.address, validators=validators)
        if download is None:
            self._count(self._archive.keep_unmodified(entry), entry.address)
        else:
            await self._keep_page(entry, download)

    async def _keep_page(self, entry: Entry, download: Download) -> None:
        async with self._reading:
            page = await asyncio.to_thread(read_story, download, entry)
        self._count(self._archive.keep(entry, page, download.validators), entry.address)

    async def _keep_content(self, entry: Entry) -> bool:
        """Keep the text that a feed contains whole, if its page gave no article, now or before."""
        if self._archive.has(entry.address):
            return False
        try:
            with _as_fetch_errors(entry.address):
                async with self._reading:
                    page = await asyncio.to_thread(read_content, entry)
        except FetchError:
            return False  # the reason why its page gave none is reported already
        if page is None:
            return False
        kept = self._archive.keep(entry, page, Validators())
        self.summary.from_feeds += kept is Kept.NEW
        self._count(kept, entry.address)
        return True

    def _count(self, kept: Kept, address: str) -> None:
        self.summary.kept[kept] += 1
        self._settled.add(address)

    def _remember_sources(self) -> None:
        """Ask a source conditionally next time, if all that it lists is here."""
        for address, validators, listing in self._listings:
            listed = {entry.address for entry in listing.entries}
            if not listing.sitemaps and not listing.refused and listed <= self._settled:
                self._archive.remember_source(address, validators)


@contextmanager
def _as_fetch_errors(address: str) -> Iterator[None]:
    """Turn any error that a parser raises into one of this address: the other pages are fetched.

    Pages and feeds are untrusted, and the libraries that read them raise errors of any class. An
    OSError still ends the fetch: nothing more can be written to a full disk.
    """
    try:
        yield
    except (FetchError, OSError):
        raise
    except Exception as error:
        reason = f"cannot be read ({type(error).__name__}: {error})"
        raise FetchError(address, reason) from error
