"""Feeds, sitemaps and pages fill a folder: each article once, each failure with its reason."""

import asyncio
import gzip
import os
import signal
from pathlib import Path

import pytest
from aiohttp import web

from index.formats.folders import iter_articles
from index.formats.html_files import Page, read_page
from index.models import Article, Progress, silent
from index.web import extraction
from index.web import fetch as fetch_module
from index.web.archive import Archive
from index.web.article_files import ArticleFolder, Kept
from index.web.download import Downloader
from index.web.fetch import Fetch, FetchSummary
from index.web.http_client import Connections
from index.web.listings import Listing
from index.web.sources import read_source
from tests.news_site import STORY, Names, NewsSite, item, page, rss, sitemap

CONTENT = (
    "<content:encoded><![CDATA[" + "".join(f"<p>{p}</p>" for p in STORY) + "]]></content:encoded>"
)


def fetch(
    folder: Path, *addresses: str, limit: int = 200, delay: float = 0, progress: Progress = silent
) -> FetchSummary:
    async def run() -> FetchSummary:
        async with Connections(allow_private=True, resolver=Names()) as connections:
            downloader = Downloader(connections, delay)
            work = Fetch(Archive(folder), downloader, limit, progress)
            await work.run(list(addresses))
            return work.summary

    return asyncio.run(run())


def counts(summary: FetchSummary) -> tuple[int, int, int, int]:
    """New, changed, unchanged, failed."""
    kept = summary.kept
    return kept[Kept.NEW], kept[Kept.CHANGED], kept[Kept.UNCHANGED], len(summary.failed)


def articles(folder: Path) -> dict[str | None, Article]:
    found = {each.url: each for _, each in iter_articles([folder]) if isinstance(each, Article)}
    assert len(found) == len(list(folder.glob("*.md")))
    return found


def story(n: int) -> str:
    """A page whose words differ from those of other numbers."""
    return page(f"Bridge {n} opens", *STORY, f"This was bridge number {n} of the city, he said.")


def lastmod(address: str, date: str) -> str:
    return f"<url><loc>{address}</loc><lastmod>{date}</lastmod></url>"


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "articles"


@pytest.fixture
def wire(site: NewsSite) -> NewsSite:
    """A site with three stories and a feed of them."""
    for n in range(3):
        site.answers[f"/{n}"] = story(n)
    site.answers["/feed"] = rss(*(item(site.url(f"/{n}"), f"Feed title {n}") for n in range(3)))
    return site


class TestSources:
    def test_feed_fills_a_folder(self, wire, folder):
        steps = []

        summary = fetch(folder, wire.url("/feed"), progress=lambda *step: steps.append(step))

        assert counts(summary) == (3, 0, 0, 0)
        found = articles(folder)
        assert set(found) == {wire.url(f"/{n}") for n in range(3)}
        assert found[wire.url("/1")].headline == "Bridge 1 opens"
        assert all(paragraph in found[wire.url("/1")].text for paragraph in STORY)
        assert steps == [
            ("Reading feeds", 1, 1),
            *(("Fetching articles", n, 3) for n in (1, 2, 3)),
        ]

    def test_sitemap_index_and_packed_sitemap_fill_a_folder(self, wire, folder):
        packed = sitemap(*(f"<url><loc>{wire.url(f'/{n}')}</loc></url>" for n in range(2)))
        wire.answers["/1.xml.gz"] = gzip.compress(packed.encode())
        wire.answers["/2.xml"] = sitemap(f"<url><loc>{wire.url('/2')}</loc></url>")
        wire.answers["/sitemap"] = (
            f"<sitemapindex><sitemap><loc>{wire.url('/1.xml.gz')}</loc></sitemap>"
            f"<sitemap><loc>{wire.url('/2.xml')}</loc></sitemap></sitemapindex>"
        )

        assert counts(fetch(folder, wire.url("/sitemap"))) == (3, 0, 0, 0)

    def test_page_named_directly_is_fetched(self, wire, folder):
        assert counts(fetch(folder, wire.url("/1"))) == (1, 0, 0, 0)
        assert set(articles(folder)) == {wire.url("/1")}

    def test_feed_behind_any_name_and_type_is_a_feed(self, wire, folder):
        feed = wire.answers["/feed"]
        wire.answers["/photo.jpg"] = lambda _: web.Response(text=feed, content_type="image/jpeg")

        assert counts(fetch(folder, wire.url("/photo.jpg"))) == (3, 0, 0, 0)

    def test_newest_are_taken_and_it_is_said_what_is_left_out(self, wire, folder):
        wire.answers["/sitemap"] = sitemap(
            lastmod(wire.url("/0"), "2024-01-01"),
            lastmod(wire.url("/1"), "2024-03-01"),
            lastmod(wire.url("/2"), "2024-02-01"),
        )

        summary = fetch(folder, wire.url("/sitemap"), limit=2)

        assert set(articles(folder)) == {wire.url("/1"), wire.url("/2")}
        assert summary.left_out == [f"1 article of {wire.url('/sitemap')}"]

    def test_sitemap_older_than_what_is_taken_is_not_asked_for(self, wire, folder):
        wire.answers["/old"] = sitemap(lastmod(wire.url("/0"), "2024-01-01"))
        wire.answers["/new"] = sitemap(
            lastmod(wire.url("/1"), "2024-03-01"), lastmod(wire.url("/2"), "2024-02-01")
        )
        wire.answers["/sitemap"] = (
            f"<sitemapindex><sitemap><loc>{wire.url('/old')}</loc><lastmod>2024-01-01</lastmod>"
            f"</sitemap><sitemap><loc>{wire.url('/new')}</loc><lastmod>2024-03-01</lastmod>"
            "</sitemap></sitemapindex>"
        )

        summary = fetch(folder, wire.url("/sitemap"), limit=2)

        assert wire.paths[:2] == ["/sitemap", "/new"]
        assert "/old" not in wire.paths
        assert summary.left_out == [f"1 sitemap of {wire.url('/sitemap')}"]

    def test_sitemaps_of_an_index_are_bounded(self, wire, folder, monkeypatch):
        monkeypatch.setattr("index.web.fetch.MAX_SITEMAPS", 2)
        places = "".join(f"<sitemap><loc>/{n}.xml</loc></sitemap>" for n in range(5))
        for n in range(5):
            wire.answers[f"/{n}.xml"] = sitemap()
        wire.answers["/sitemap"] = f"<sitemapindex>{places}</sitemapindex>"

        summary = fetch(folder, wire.url("/sitemap"))

        assert wire.paths == ["/sitemap", "/0.xml", "/1.xml"]
        assert summary.left_out == [f"3 sitemaps of {wire.url('/sitemap')}"]

    def test_index_that_lists_itself_comes_to_an_end(self, wire, folder):
        wire.answers["/sitemap"] = (
            "<sitemapindex><sitemap><loc>/sitemap</loc></sitemap></sitemapindex>"
        )

        summary = fetch(folder, wire.url("/sitemap"))

        assert counts(summary) == (0, 0, 0, 0)
        assert summary.empty == [wire.url("/sitemap")]
        assert wire.paths == ["/sitemap"]

    def test_index_inside_an_index_is_followed(self, wire, folder):
        def index(*places: str) -> str:
            listed = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in places)
            return f"<sitemapindex>{listed}</sitemapindex>"

        wire.answers["/top"] = index("/years", "/0.xml", "/top")
        wire.answers["/years"] = index("/2024", "/years", "/0.xml")
        wire.answers["/2024"] = index("/1.xml")
        for n in range(2):
            wire.answers[f"/{n}.xml"] = sitemap(f"<url><loc>{wire.url(f'/{n}')}</loc></url>")

        summary = fetch(folder, wire.url("/top"))

        assert counts(summary) == (2, 0, 0, 0)
        assert summary.left_out == []
        assert sorted(wire.paths) == ["/0", "/0.xml", "/1", "/1.xml", "/2024", "/top", "/years"]

    def test_page_that_an_index_lists_as_a_sitemap_is_no_article(self, wire, folder):
        wire.answers["/top"] = (
            f"<sitemapindex><sitemap><loc>{wire.url('/1')}</loc></sitemap></sitemapindex>"
        )

        summary = fetch(folder, wire.url("/top"))

        assert counts(summary) == (0, 0, 0, 1)
        assert summary.failed[0].reason == "a page, but it was listed as a sitemap"


class TestOnce:
    def test_article_listed_twice_is_asked_for_once(self, wire, folder):
        wire.answers["/more"] = rss(item(wire.url("/1")), item(wire.url("/1#top")))

        summary = fetch(folder, wire.url("/feed"), wire.url("/more"), wire.url("/1"))

        assert counts(summary) == (3, 0, 0, 0)
        assert wire.paths.count("/1") == 1

    def test_address_given_twice_is_asked_for_once(self, wire, folder):
        fetch(folder, wire.url("/feed"), wire.url("/feed"))

        assert wire.paths.count("/feed") == 1

    def test_article_by_two_addresses_is_kept_once(self, wire, folder):
        canonical = f"<link rel='canonical' href='{wire.url('/1')}'>"
        wire.answers["/amp"] = page("Bridge 1 opens", head=canonical)

        assert counts(fetch(folder, wire.url("/1"), wire.url("/amp"))) == (1, 0, 1, 0)

    def test_what_is_there_is_not_asked_for_again(self, wire, folder):
        fetch(folder, wire.url("/feed"))
        wire.answers["/3"] = story(3)
        wire.answers["/feed"] = rss(*(item(wire.url(f"/{n}")) for n in range(4)))
        wire.requests.clear()

        assert counts(fetch(folder, wire.url("/feed"))) == (1, 0, 3, 0)
        assert wire.paths == ["/feed", "/3"]

    def test_page_named_again_is_asked_for_conditionally(self, wire, folder):
        def answer(request: web.Request) -> web.Response:
            if request.headers.get("If-None-Match") == '"1"':
                return web.Response(status=304)
            return web.Response(text=story(1), content_type="text/html", headers={"ETag": '"1"'})

        wire.answers["/1"] = answer

        assert counts(fetch(folder, wire.url("/1"))) == (1, 0, 0, 0)
        assert counts(fetch(folder, wire.url("/1"))) == (0, 0, 1, 0)
        assert wire.requests[-1].headers["If-None-Match"] == '"1"'

    def test_other_text_replaces_the_old_under_the_same_name(self, wire, folder):
        fetch(folder, wire.url("/1"))
        (before,) = folder.glob("*.md")
        wire.answers["/1"] = page("Bridge closes", *STORY, "It was closed again in the evening.")

        assert counts(fetch(folder, wire.url("/1"))) == (0, 1, 0, 0)
        (after,) = folder.glob("*.md")
        assert after == before
        assert "closed again in the evening" in after.read_text("utf-8")
        assert counts(fetch(folder, wire.url("/1"))) == (0, 0, 1, 0)

    def test_article_that_the_sitemap_says_was_updated_is_asked_for_again(self, wire, folder):
        wire.answers["/sitemap"] = sitemap(lastmod(wire.url("/1"), "2024-01-01"))
        fetch(folder, wire.url("/sitemap"))
        wire.answers["/1"] = page("Bridge closes", *STORY, "It was closed again in the evening.")
        assert counts(fetch(folder, wire.url("/sitemap"))) == (0, 0, 1, 0)
        wire.answers["/sitemap"] = sitemap(lastmod(wire.url("/1"), "2024-01-02"))

        assert counts(fetch(folder, wire.url("/sitemap"))) == (0, 1, 0, 0)
        assert counts(fetch(folder, wire.url("/sitemap"))) == (0, 0, 1, 0)

    def test_article_whose_page_went_away_is_kept(self, wire, folder):
        fetch(folder, wire.url("/1"))
        del wire.answers["/1"]

        assert counts(fetch(folder, wire.url("/1"))) == (0, 0, 0, 1)
        assert set(articles(folder)) == {wire.url("/1")}

    def test_article_is_replaced_by_no_summary_and_no_feed(self, wire, folder):
        fetch(folder, wire.url("/1"))
        before = articles(folder)
        del wire.answers["/1"]
        more = f"<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>{CONTENT}"
        wire.answers["/feed"] = rss(item(wire.url("/1"), more=more))

        assert counts(fetch(folder, wire.url("/feed"))) == (0, 0, 0, 1)
        assert articles(folder) == before


class TestUnmodifiedFeeds:
    @pytest.fixture
    def tagged(self, wire) -> NewsSite:
        feed = wire.answers["/feed"]

        def answer(request: web.Request) -> web.Response:
            if request.headers.get("If-None-Match") == '"1"':
                return web.Response(status=304)
            return web.Response(text=feed, headers={"ETag": '"1"'})

        wire.answers["/feed"] = answer
        return wire

    def test_feed_is_asked_conditionally_once_all_that_it_lists_is_here(self, tagged, folder):
        fetch(folder, tagged.url("/feed"))
        tagged.requests.clear()

        summary = fetch(folder, tagged.url("/feed"))

        assert summary.unmodified == 1
        assert not summary.is_failure
        assert tagged.paths == ["/feed"]

    def test_feed_is_read_again_while_something_failed(self, tagged, folder):
        del tagged.answers["/1"]
        assert counts(fetch(folder, tagged.url("/feed"))) == (2, 0, 0, 1)
        tagged.answers["/1"] = story(1)

        assert counts(fetch(folder, tagged.url("/feed"))) == (1, 0, 2, 0)
        assert fetch(folder, tagged.url("/feed")).unmodified == 1

    def test_feed_is_read_again_while_something_was_left_out(self, tagged, folder):
        assert counts(fetch(folder, tagged.url("/feed"), limit=1)) == (1, 0, 0, 0)

        assert counts(fetch(folder, tagged.url("/feed"))) == (2, 0, 1, 0)

    def test_feed_goes_with_its_folder(self, tagged, folder, tmp_path):
        fetch(folder, tagged.url("/feed"))

        assert counts(fetch(tmp_path / "other", tagged.url("/feed"))) == (3, 0, 0, 0)


class TestFailures:
    def test_each_has_its_address_and_reason_and_the_others_are_kept(self, wire, folder):
        wire.answers["/robots.txt"] = "User-agent: *\nDisallow: /private/"
        wire.answers["/empty"] = "<html><body></body></html>"
        wire.answers["/pdf"] = lambda _: web.Response(body=b"%PDF-1.7", content_type="text/html")
        wire.answers["/image"] = lambda _: web.Response(body=b"\x89PNG", content_type="image/png")
        wire.answers["/large"] = page("Large", "x" * 5_000_000)
        names = ("0", "private/x", "empty", "pdf", "image", "large", "gone")
        links = [*(item(wire.url(f"/{name}")) for name in names), item("javascript:alert(1)")]
        wire.answers["/feed"] = rss(*links)

        summary = fetch(folder, wire.url("/feed"))

        assert counts(summary) == (1, 0, 0, 7)
        assert {
            error.address.removeprefix(wire.url()): error.reason for error in summary.failed
        } == {
            "private/x": "robots.txt disallows it",
            "empty": "no article found on the page",
            "pdf": "neither a feed, a sitemap nor an HTML page (text/html)",
            "image": "neither a feed, a sitemap nor an HTML page (image/png)",
            "large": "larger than 5 MB",
            "gone": "HTTP 404",
            "javascript:alert(1)": "expected an address that begins with http:// or https://",
        }
        assert not summary.is_failure

    def test_nothing_but_failures_is_a_failure(self, wire, folder):
        summary = fetch(folder, wire.url("/gone"), "example.org")

        assert counts(summary) == (0, 0, 0, 2)
        assert summary.is_failure

    def test_sitemap_that_fails_does_not_stop_the_others(self, wire, folder):
        wire.answers["/2.xml"] = sitemap(f"<url><loc>{wire.url('/2')}</loc></url>")
        wire.answers["/sitemap"] = (
            "<sitemapindex><sitemap><loc>/gone.xml</loc></sitemap>"
            "<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
        )

        assert counts(fetch(folder, wire.url("/sitemap"))) == (1, 0, 0, 1)

    def test_empty_feed_is_no_failure(self, wire, folder):
        wire.answers["/feed"] = rss()

        summary = fetch(folder, wire.url("/feed"))

        assert counts(summary) == (0, 0, 0, 0)
        assert summary.empty == [wire.url("/feed")]
        assert not summary.is_failure

    @pytest.mark.parametrize("error", [RecursionError, KeyError, AssertionError, TypeError])
    def test_page_that_a_parser_cannot_digest_fails_alone(self, wire, folder, monkeypatch, error):
        def read(html: str, address: str | None = None) -> Page | None:
            if "Bridge 1 opens" in html:
                raise error("too deep")
            return read_page(html, address)

        monkeypatch.setattr(extraction, "read_page", read)

        summary = fetch(folder, wire.url("/feed"), wire.url("/1"), wire.url("/gone"))

        assert counts(summary)[:3] == (2, 0, 0)
        reasons = {each.address: each.reason for each in summary.failed}
        assert reasons[wire.url("/gone")] == "HTTP 404"
        assert reasons[wire.url("/1")].startswith(f"cannot be read ({error.__name__}: ")

    def test_feed_that_a_parser_cannot_digest_fails_alone(self, wire, folder, monkeypatch):
        def read(data: bytes, *stated: str) -> Listing | None:
            if b"broken" in data:
                raise RecursionError("too deep")
            return read_source(data, *stated)

        monkeypatch.setattr(fetch_module, "read_source", read)
        wire.answers["/bad"] = rss(title="broken")
        wire.answers["/index"] = "<sitemapindex><sitemap><loc>/bad</loc></sitemap></sitemapindex>"

        summary = fetch(folder, wire.url("/bad"), wire.url("/index"), wire.url("/feed"))

        assert counts(summary) == (3, 0, 0, 2)
        assert {each.address for each in summary.failed} == {wire.url("/bad")}

    def test_full_disk_ends_the_fetch(self, wire, folder, monkeypatch):
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(ArticleFolder, "add", full)

        with pytest.raises(OSError, match="No space left"):
            fetch(folder, wire.url("/feed"))

    def test_host_that_asks_to_be_left_alone_fails_with_all_its_articles(self, wire, folder):
        wire.answers["/0"] = lambda _: web.Response(status=429, headers={"Retry-After": "3600"})

        summary = fetch(folder, wire.url("/feed"))

        assert counts(summary) == (0, 0, 0, 3)
        assert {error.reason for error in summary.failed} == {
            "gave up on this host: HTTP 429, asks to wait 3,600 s"
        }
        assert wire.paths == ["/feed", "/0"]


class TestContent:
    def test_text_that_a_feed_carries_whole_stands_in_for_a_page(self, wire, folder):
        wire.answers["/empty"] = "<html><body></body></html>"
        links = (
            item(wire.url("/gone"), "Gone", CONTENT),
            item(wire.url("/empty"), "Empty", CONTENT),
        )
        wire.answers["/feed"] = rss(*links)

        summary = fetch(folder, wire.url("/feed"))

        assert counts(summary) == (2, 0, 0, 0)
        assert summary.from_feeds == 2
        found = articles(folder)[wire.url("/gone")]
        assert (found.headline, found.outlet) == ("Gone", "Coast Wire")
        assert found.text.split("\n") == list(STORY)

    def test_page_goes_before_the_text_of_its_feed(self, wire, folder):
        wire.answers["/feed"] = rss(item(wire.url("/1"), "Feed title", CONTENT))

        summary = fetch(folder, wire.url("/feed"))

        assert summary.from_feeds == 0
        assert "bridge number 1" in articles(folder)[wire.url("/1")].text

    def test_summary_is_not_kept(self, wire, folder):
        more = f"<description>{STORY[0]}</description>"
        wire.answers["/feed"] = rss(item(wire.url("/gone"), more=more))

        assert counts(fetch(folder, wire.url("/feed"))) == (0, 0, 0, 1)


def test_interruption_keeps_what_came_and_what_is_known_of_it(wire, folder):
    async def never(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    wire.answers["/2"] = never

    async def run() -> FetchSummary:
        def report(stage: str, done: int, total: int | None) -> None:
            if (stage, done) == ("Fetching articles", 2):
                enough.set()

        enough = asyncio.Event()
        async with Connections(allow_private=True, resolver=Names()) as connections:
            work = Fetch(Archive(folder), Downloader(connections, 0), 200, report)
            running = asyncio.ensure_future(work.run([wire.url("/feed")]))
            await enough.wait()
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            return work.summary

    assert counts(asyncio.run(run())) == (2, 0, 0, 0)
    wire.answers["/2"] = story(2)
    wire.requests.clear()
    assert counts(fetch(folder, wire.url("/feed"))) == (1, 0, 2, 0)
    assert wire.paths == ["/feed", "/2"]


def test_ctrl_c_in_the_moment_of_a_request_ends_the_fetch_and_keeps_what_came(site, tmp_path):
    async def stopping(_: web.Request) -> web.Response:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(60)
        return web.Response()

    site.answers["/1"], site.answers["/2"] = story(1), stopping
    site.answers["/feed"] = rss(item(site.url("/1")), item(site.url("/2")))

    with pytest.raises(KeyboardInterrupt):
        fetch(tmp_path, site.url("/feed"))

    assert list(articles(tmp_path)) == [site.url("/1")]
    assert site.paths == ["/feed", "/1", "/2"]


def test_indexes_that_only_list_each_other_are_reported(site, tmp_path):
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>{}</loc></sitemap></sitemapindex>"
    )
    site.answers["/one.xml"] = index.format(site.url("/two.xml"))
    site.answers["/two.xml"] = index.format(site.url("/one.xml"))

    summary = fetch(tmp_path, site.url("/one.xml"))

    assert summary.empty == [site.url("/one.xml")]
    assert site.paths == ["/one.xml", "/two.xml"]
