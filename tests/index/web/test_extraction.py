"""The page's words go before the feed's; no host speaks for another."""

import pytest

from index.dates.partial_date import PartialDate
from index.errors import FetchError
from index.formats.html_files import Page
from index.web.download import Download, Validators
from index.web.extraction import read_content, read_story
from index.web.listings import Entry
from tests.news_site import STORY, page

ADDRESS = "https://coast.example/bridge"
CONTENT = "".join(f"<p>{each}</p>" for each in STORY)


def download(html: str | bytes, content_type: str = "text/html", at: str = ADDRESS) -> Download:
    data = html if isinstance(html, bytes) else html.encode()
    return Download(at, data, content_type, Validators())


def test_feed_fills_what_the_page_does_not_say(monkeypatch):
    entry = Entry(ADDRESS, "Bridge opens", "Coast Wire", "Test Author", "2024-03-14", language="en")
    monkeypatch.setattr(
        "index.web.extraction.read_page",
        lambda *_: Page("Opened.", None, None, None, None, None, None),
    )

    story = read_story(download(page("")), entry)

    assert story == Page(
        "Opened.", "Bridge opens", "Coast Wire", "Test Author", "2024-03-14", ADDRESS, "en"
    )


def test_page_goes_before_the_feed():
    head = (
        "<meta property='og:site_name' content='Alder Post'>"
        "<meta property='article:published_time' content='2024-03-10T08:00:00+03:00'>"
    )
    entry = Entry(ADDRESS, "From the feed", "Coast Wire", None, "2024-03-14")

    story = read_story(download(page("Bridge opens", head=head)), entry)

    assert (story.headline, story.outlet) == ("Bridge opens", "Alder Post")
    assert str(story.published).startswith("2024-03-10")


@pytest.mark.parametrize(
    ("stated", "cited"),
    [
        ("https://coast.example/2024/bridge", "https://coast.example/2024/bridge"),
        ("https://www.coast.example/bridge", "https://www.coast.example/bridge"),
        ("http://coast.example/bridge#top", "http://coast.example/bridge"),
        ("https://alder.example/bridge", ADDRESS),
        ("https://coast.example:8080/bridge", ADDRESS),
        ("https://coast.example.evil.example/bridge", ADDRESS),
        ("https://coast.example/", ADDRESS),
        ("https://user@coast.example/x", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
    ],
)
def test_address_to_cite_is_the_pages_own_if_it_is_of_its_host(stated, cited):
    html = page("Bridge opens", head=f"<link rel='canonical' href='{stated}'>")

    assert read_story(download(html), Entry(ADDRESS)).url == cited


def test_address_to_cite_is_the_one_behind_the_redirects():
    story = read_story(download(page("Bridge opens")), Entry("https://short.example/1"))

    assert story.url == ADDRESS


def test_page_without_an_article_is_an_error_with_its_reason():
    with pytest.raises(FetchError) as failed:
        read_story(download("<html><body></body></html>"), Entry("https://short.example/1"))

    assert failed.value.address == "https://short.example/1"
    assert failed.value.reason == "no article found on the page"


def test_page_that_holds_the_beginning_alone_is_refused_as_the_build_would():
    html = page("Bridge opens", *STORY, "The bridge was built by the same people… Read more")

    with pytest.raises(FetchError) as failed:
        read_story(download(html), Entry(ADDRESS))

    assert failed.value.reason.startswith("the text is cut off (“… ")


def test_redirect_to_the_front_page_is_no_article():
    entry = Entry(f"{ADDRESS}?gone")

    with pytest.raises(FetchError) as failed:
        read_story(download(page("Coast Wire"), at="https://coast.example/"), entry)

    assert failed.value.address == entry.address
    assert failed.value.reason == (
        "redirected to https://coast.example/: "
        "the front page of a site, no article: name its feed or sitemap"
    )


def test_page_not_found_with_http_200_is_no_article():
    html = page("Page not found", "There is nothing at this address any more, please search.")

    with pytest.raises(FetchError) as failed:
        read_story(download(html), Entry(ADDRESS))

    assert failed.value.reason == "no article, but a notice: “Page not found”"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n", b"The bridge opened."])
def test_what_is_no_page_is_an_error_whatever_it_is_called(data):
    with pytest.raises(FetchError, match="nor an HTML page"):
        read_story(download(data), Entry(ADDRESS))


def test_article_with_unreadable_characters_is_refused():
    html = page("Bridge opens", *STORY, "The mayor said nothing, and so did wh\ufffd was with him.")

    with pytest.raises(FetchError, match="characters in the article that cannot be read"):
        read_story(download(html), Entry(ADDRESS))


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=windows-1251", "text/html; charset=no-such"]
)
def test_page_in_another_encoding_is_read(content_type):
    words = "Мост через гавань открыли в понедельник после девяти лет работы, сказал мэр города."
    html = page("Мост открыт", *[f"{words} {number}." for number in range(4)])
    encoding = "cp1251" if "1251" in content_type else "utf-8"

    story = read_story(download(html.encode(encoding), content_type), Entry(ADDRESS))

    assert words in story.text


class TestContent:
    def test_article_that_the_feed_carries_whole_is_taken_with_the_feeds_words(self):
        entry = Entry(
            ADDRESS, "Bridge opens", "Coast Wire", "A", PartialDate(2024, 3, 14), content=CONTENT
        )

        story = read_content(entry)

        assert story
        assert story.text.split("\n") == list(STORY)
        assert (story.headline, story.outlet, story.author, story.published, story.url) == (
            "Bridge opens",
            "Coast Wire",
            "A",
            PartialDate(2024, 3, 14),
            ADDRESS,
        )

    @pytest.mark.parametrize(
        "content",
        [
            None,
            "",
            "<p>Short.</p>",
            f"<p>{STORY[0]}</p><p>{STORY[1]}</p>",
            f"{CONTENT}<p>The bridge was built by the same people who […]</p>",
            f"{CONTENT}<p>The bridge was built by the same people who…</p>",
            f"{CONTENT}<p>The bridge was built by the same people (more…)</p>",
            f"{CONTENT}<p>The bridge was built by the same people, wh\ufffd said no.</p>",
        ],
    )
    def test_summary_or_part_is_no_article(self, content):
        assert read_content(Entry(ADDRESS, "Bridge opens", content=content)) is None
