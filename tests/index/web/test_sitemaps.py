"""Sitemaps become entries; what is hostile in them neither opens a file nor fills the memory."""

import tracemalloc

import pytest

from index.dates.partial_date import PartialDate
from index.errors import FetchError
from index.web import sitemaps
from index.web.listings import Entry
from index.web.sitemaps import read_sitemap
from tests.news_site import sitemap

ADDRESS = "https://coast.example/sitemap.xml"
NEWS = (
    "<url><loc> https://coast.example/bridge </loc><lastmod>2024-03-15</lastmod><news:news>"
    "<news:publication><news:name>Coast Wire</news:name><news:language>en</news:language>"
    "</news:publication><news:publication_date>2024-03-14T09:30:00+03:00</news:publication_date>"
    "<news:title>Bridge &amp; ferry</news:title></news:news></url>"
)


def url(address: str, more: str = "") -> str:
    return f"<url><loc>{address}</loc>{more}</url>"


def addresses(text: str) -> list[str]:
    return [entry.address for entry in read_sitemap(text.encode(), ADDRESS).entries]


def test_news_sitemap_gives_its_fields():
    (entry,) = read_sitemap(sitemap(NEWS).encode(), ADDRESS).entries

    assert entry == Entry(
        address="https://coast.example/bridge",
        headline="Bridge & ferry",
        outlet="Coast Wire",
        published=PartialDate.parse("2024-03-14T09:30:00+03:00"),
        updated=PartialDate.parse("2024-03-15"),
        language="en",
    )


def test_last_change_is_not_the_publication():
    text = sitemap(url("https://coast.example/a", "<lastmod>2024-03-15</lastmod>"))

    (entry,) = read_sitemap(text.encode(), ADDRESS).entries

    assert (entry.published, entry.updated) == (None, PartialDate(2024, 3, 15))


def test_sitemap_index_lists_sitemaps():
    text = "<sitemapindex><sitemap><loc>https://coast.example/1.xml</loc></sitemap></sitemapindex>"

    listing = read_sitemap(text.encode(), ADDRESS)

    assert listing.entries == ()
    assert listing.sitemaps == (Entry("https://coast.example/1.xml"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_any_encoding_and_no_namespace_will_do(encoding):
    text = f"<?xml version='1.0' encoding='{encoding}'?><urlset>{url('http://x/мост')}</urlset>"

    assert read_sitemap(text.encode(encoding), ADDRESS).entries == (Entry("http://x/мост"),)


def test_only_what_stands_under_the_root_is_listed():
    inner = "<image:image xmlns:image='urn:i'><image:loc>http://x/i.png</image:loc></image:image>"
    text = sitemap(url("http://x/a", f"{inner}<url><loc>http://x/b</loc></url>"), "<url/>")

    assert addresses(text) == ["http://x/a"]


def test_damaged_places_are_passed_over():
    text = sitemap(url("http://x/?a=1&b=2"), url("http://x/c", "<lastmod>&nbsp;</lastmod>"))

    assert addresses(text)[1:] == ["http://x/c"]


@pytest.mark.parametrize("data", [b"<urlset", b"<urlset \0\0>", b"<urlset>" + b"<a>" * 500])
def test_what_cannot_be_read_has_a_reason(data):
    with pytest.raises(FetchError, match="a damaged sitemap: "):
        read_sitemap(data, ADDRESS)


def test_entities_are_not_expanded_and_no_file_is_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    declared = f"<!ENTITY file SYSTEM '{secret.as_uri()}'><!ENTITY word 'inner'>"
    text = (
        f"<!DOCTYPE urlset [{declared}]><urlset>"
        f"{url('http://x/&file;')}{url('http://x/&word;')}{url('http://x/a')}</urlset>"
    )

    assert addresses(text) == ["http://x/a"]


def test_exploding_entities_take_no_memory():
    bomb = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'bang' * 20}'>" for n in range(9))
    text = f"<!DOCTYPE urlset [{bomb}]><urlset>{url('http://x/&a8;')}{url('http://x/a')}</urlset>"

    tracemalloc.start()
    try:
        listing = read_sitemap(text.encode(), ADDRESS)
        found = [entry.address for entry in listing.entries]
    except FetchError:
        found = []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found in ([], ["http://x/a"])
    assert peak < 1_000_000


def test_number_of_entries_is_bounded(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 3)

    assert addresses(sitemap(*(url(f"http://x/{n}") for n in range(9)))) == [
        "http://x/0",
        "http://x/1",
        "http://x/2",
    ]


def test_number_of_elements_is_bounded(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_ELEMENTS", 5)

    # Two elements an entry; the fifth is inside the third.
    assert addresses(sitemap(*(url(f"http://x/{n}") for n in range(9)))) == [
        "http://x/0",
        "http://x/1",
    ]
