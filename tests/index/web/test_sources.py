"""The bytes decide whether an address is a feed, a sitemap or a page."""

import gzip
import tracemalloc
import zlib

import pytest

from index.errors import FetchError
from index.web import sources
from index.web.listings import Entry
from index.web.sources import PAGE_BYTES, check_page, read_source
from tests.news_site import item, page, rss, sitemap

ADDRESS = "https://coast.example/news/"
SITEMAP = sitemap("<url><loc>https://coast.example/a</loc></url>")


def addresses(data: bytes, content_type: str = "") -> list[str]:
    listing = read_source(data, ADDRESS, content_type)
    assert listing is not None
    return [entry.address for entry in listing.entries]


@pytest.mark.parametrize("content_type", ["", "text/html", "application/pdf"])
@pytest.mark.parametrize(
    "text",
    [
        rss(item("https://coast.example/a")),
        SITEMAP,
        f"\ufeff\n<!-- a --><!-- b -->{SITEMAP.partition('?>')[2]}",
        f"<!DOCTYPE urlset [<!ENTITY a 'b'>]>{SITEMAP.partition('?>')[2]}",
    ],
    ids=["rss", "sitemap", "comments", "doctype"],
)
def test_feed_and_sitemap_are_known_by_what_they_hold(text, content_type):
    assert addresses(text.encode(), content_type) == ["https://coast.example/a"]


def test_feed_in_utf_16_is_a_feed():
    text = rss(item("https://coast.example/a")).replace("utf-8", "utf-16")

    assert addresses(text.encode("utf-16")) == ["https://coast.example/a"]


class TestEncoding:
    """Words come out as they were written, whatever the host or the document says of its bytes."""

    HEADLINE = "Мост через гавань открыт: проезд бесплатный"
    FEED = rss(item("https://coast.example/a", HEADLINE))
    NEWS = sitemap(
        "<url><loc>https://coast.example/a</loc><news:news>"
        f"<news:title>{HEADLINE}</news:title></news:news></url>"
    )

    @pytest.mark.parametrize("text", [FEED, NEWS], ids=["feed", "sitemap"])
    @pytest.mark.parametrize(
        ("encoding", "declared", "header"),
        [
            ("utf-8", "utf-8", "windows-1251"),
            ("utf-8", "windows-1251", ""),
            ("utf-8", "iso-8859-1", "iso-8859-1"),
            ("utf-8", None, "us-ascii"),
            ("cp1251", None, "windows-1251"),
            ("cp1251", "windows-1251", "utf-8"),
            ("cp1251", "windows-1251", "iso-8859-1"),
            ("cp1251", "windows-1251", "koi8-r"),
            ("cp1251", "utf-8", "windows-1251"),
            ("cp1251", "utf-8", "utf-8"),
            ("koi8_r", "koi8-r", "windows-1251"),
            ("utf-16", "utf-8", "windows-1251"),
        ],
    )
    def test_label_that_is_wrong_is_not_believed(self, text, encoding, declared, header):
        stated = f" encoding='{declared}'" if declared else ""
        data = text.replace(" encoding='utf-8'", stated).encode(encoding)

        listing = read_source(data, ADDRESS, f"application/rss+xml; charset={header}")

        assert listing
        assert [entry.headline for entry in listing.entries] == [self.HEADLINE]

    def test_one_damaged_byte_costs_its_own_line_alone(self):
        feed = rss(item("https://coast.example/a", "Мост открыт!"), item("/b", self.HEADLINE))
        data = feed.encode().replace(b"!", b"\xd0")

        listing = read_source(data, ADDRESS, "text/xml; charset=windows-1251")

        assert listing
        assert [entry.headline for entry in listing.entries] == [None, self.HEADLINE]

    def test_damaged_headline_of_a_sitemap_is_unknown(self):
        data = self.NEWS.replace("бесплатный", "!").encode().replace(b"!", b"\xd0")

        listing = read_source(data, ADDRESS)

        assert listing
        assert [(each.address, each.headline) for each in listing.entries] == [
            ("https://coast.example/a", None)
        ]


@pytest.mark.parametrize(
    "text",
    [
        page("Bridge opens"),
        "<p>The bridge opened.</p>",
        "<!doctype html><title>x</title>",
        f"<html><body>{rss(item('https://coast.example/a'))}</body></html>",
    ],
)
def test_page_is_no_listing(text):
    assert read_source(text.encode(), ADDRESS, "application/rss+xml") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 <html><p>x</p></html>", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "text/html; charset=utf-8"),
        (b'{"items": []}', "application/feed+json"),
        (b"The bridge opened.", ""),
        (b"", ""),
    ],
)
def test_what_is_none_of_them_is_refused_with_what_it_says_it_is(data, kind):
    named = kind.partition(";")[0] or "no Content-Type"
    with pytest.raises(FetchError) as refused:
        read_source(data, ADDRESS, kind)

    assert refused.value.reason == f"neither a feed, a sitemap nor an HTML page ({named})"


def test_addresses_are_full_and_those_not_for_us_are_refused():
    text = rss(item("story.html#top"), item("javascript:alert(1)"), item("http://u@coast.example/"))

    listing = read_source(text.encode(), ADDRESS)

    assert listing
    assert [entry.address for entry in listing.entries] == ["https://coast.example/news/story.html"]
    assert len(listing.refused) == 2


def test_packed_sitemap_is_unpacked():
    assert addresses(gzip.compress(SITEMAP.encode()), "application/gzip") == [
        "https://coast.example/a"
    ]


def test_archive_in_parts_is_unpacked_whole():
    half = len(SITEMAP) // 2
    parts = (SITEMAP[:half], SITEMAP[half:])

    assert addresses(b"".join(gzip.compress(part.encode()) for part in parts)) == [
        "https://coast.example/a"
    ]


@pytest.mark.parametrize("cut", [slice(0, 40), slice(0, -9)])
def test_damaged_archive_is_refused(cut):
    with pytest.raises(FetchError, match="a damaged archive: "):
        read_source(gzip.compress(SITEMAP.encode())[cut], ADDRESS)


def test_archive_that_grows_is_left(monkeypatch):
    monkeypatch.setattr(sources, "SITEMAP_BYTES", 100_000)
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(b"<urlset>" + b" " * 10_000_000) + packer.flush()

    tracemalloc.start()
    with pytest.raises(FetchError, match=r"larger than 0\.1 MB unpacked"):
        read_source(bomb, ADDRESS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2_000_000


def test_only_a_sitemap_may_be_larger_than_a_page():
    space = b" " * PAGE_BYTES

    assert addresses(SITEMAP.encode() + space) == ["https://coast.example/a"]
    for text in (rss(item("https://coast.example/a")), page("Bridge opens")):
        with pytest.raises(FetchError, match="larger than 5 MB"):
            read_source(text.encode() + space, ADDRESS)


@pytest.mark.parametrize("opening", ["<!--" * 3000, "<!---->" * 3000, "<!a" * 3000, "<?" * 3000])
def test_hostile_opening_is_passed_over(opening):
    # Without possessive quantifiers the pattern of the first element would not come to an end.
    listing = read_source(opening.encode(), ADDRESS)

    assert listing is None or not listing.entries


def test_html_page_is_checked_before_it_is_read():
    check_page(b"\xef\xbb\xbf  <!DOCTYPE html>", ADDRESS)
    with pytest.raises(FetchError, match=r"HTML page \(image/png\)"):
        check_page(b"\x89PNG", ADDRESS, "image/png")
    with pytest.raises(FetchError, match="larger than 5 MB"):
        check_page(b"<" + b" " * PAGE_BYTES, ADDRESS)


def test_sitemaps_of_an_index_have_full_addresses():
    text = "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>"

    listing = read_source(text.encode(), ADDRESS)

    assert listing
    assert listing.sitemaps == (Entry("https://coast.example/1.xml"),)
