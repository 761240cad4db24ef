"""RSS and Atom become entries with what they say, and nothing that they don't."""

import random
import tarfile
from pathlib import Path

import pytest

from index.dates.partial_date import PartialDate
from index.errors import FetchError
from index.web.feeds import read_feed
from index.web.listings import Entry, Listing
from index.web.sources import read_source
from tests.news_site import item, rss

ADDRESS = "https://coast.example/feeds/news.xml"
SAMPLES = Path(__file__).parents[3].parent / "shared" / "eval" / "feeds"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Alder Post</title>
<entry><title type="html">Bridge &amp;amp; ferry: &lt;b&gt;both&lt;/b&gt; run</title>
<link href="https://alder.example/bridge"/><author><name>Test Author</name></author>
<published>2024-03-14T09:30:00+03:00</published><updated>2024-03-15T10:00:00Z</updated>
<summary>In short.</summary>
<content type="html">&lt;p&gt;The bridge opened.&lt;/p&gt;</content></entry>
<entry><title>Undated</title><link href="/ferry"/><updated>2024-03-16T10:00:00Z</updated></entry>
</feed>"""


def read(text: str) -> Listing:
    found = read_feed(text.encode(), ADDRESS)
    assert found is not None
    return found


def test_atom_entry_gives_its_fields():
    bridge, ferry = read(ATOM).entries

    assert bridge == Entry(
        address="https://alder.example/bridge",
        headline="Bridge & ferry: both run",
        outlet="Alder Post",
        author="Test Author",
        published=PartialDate.parse("2024-03-14T09:30:00+03:00"),
        updated=PartialDate.parse("2024-03-15T10:00:00+00:00"),
        language="en",
        content="<p>The bridge opened.</p>",
    )
    # The day of an update is not the day of publication.
    assert (ferry.published, ferry.updated) == (
        None,
        PartialDate.parse("2024-03-16T10:00:00+00:00"),
    )


def test_rss_item_gives_its_fields():
    more = (
        "<pubDate>Thu, 14 Mar 2024 09:30:00 +0300</pubDate><author>Test Author</author>"
        "<description>In short.</description>"
        "<content:encoded><![CDATA[<p>The bridge opened.</p>]]></content:encoded>"
    )

    (entry,) = read(rss(item("https://coast.example/bridge", "Bridge opens", more))).entries

    assert entry == Entry(
        address="https://coast.example/bridge",
        headline="Bridge opens",
        outlet="Coast Wire",
        author="Test Author",
        published=PartialDate.parse("2024-03-14T09:30:00+03:00"),
        content="<p>The bridge opened.</p>",
    )


def test_outlet_that_an_item_names_goes_before_the_feed():
    more = "<source url='https://alder.example/feed'>Alder Post</source>"

    (entry,) = read(rss(item("https://coast.example/bridge", more=more))).entries

    assert entry.outlet == "Alder Post"


def test_summary_is_no_content():
    more = "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>"

    (entry,) = read(rss(item("https://coast.example/bridge", more=more))).entries

    assert entry.content is None


def test_date_of_rss_1_is_the_publication():
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Coast Wire</title></channel><item><title>T</title>"
        "<link>https://coast.example/a</link><dc:date>2024-03-14</dc:date></item></rdf:RDF>"
    )

    assert read(text).entries[0].published == PartialDate(2024, 3, 14)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("12/11/2022", "2022"),  # day or month: the year alone
        ("2024-03-14", "2024-03-14"),
        ("yesterday", None),
        ("2024-02-31T99:00:00Z", None),
        ("1" * 5000, None),
    ],
)
def test_date_says_what_the_feed_says(written, published):
    (entry,) = read(
        rss(item("https://coast.example/a", more=f"<pubDate>{written}</pubDate>"))
    ).entries

    assert entry.published == (published and PartialDate.parse(published))


def test_item_without_an_address_is_passed_over():
    assert read(rss("<item><title>No link</title></item>")).entries == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"The bridge opened.", b"<html><body><p>x</p></body></html>", b"<svg/>", b"<urlset/>"],
)
def test_what_is_no_feed_gives_none(data):
    assert read_feed(data, ADDRESS) is None


def test_line_with_lost_characters_is_unknown():
    found = read(rss(item("https://coast.example/a", "Bridge \ufffdpens")))

    assert found.entries[0].headline is None


def test_file_whose_name_comes_as_a_feed_is_not_opened(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(rss(item("https://coast.example/secret")), "utf-8")

    assert read_feed(str(path).encode(), ADDRESS) is None


def test_entities_are_not_expanded():
    bomb = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'bang'}'>" for n in range(9))
    text = rss(item("https://coast.example/a", "x &a8; y")).replace(
        "?><rss", f"?><!DOCTYPE rss [{bomb}]><rss"
    )

    assert "bang" not in str(read(text).entries[0].headline)


def test_damage_that_feedparser_gives_up_on_is_an_error_with_its_reason():
    # An encoding whose name is no text: feedparser 6.0 raises UnicodeDecodeError.
    data = b"<?xml version='1.0' encoding='utf\xab8'?>" + rss().encode().partition(b"?>")[2]

    with pytest.raises(FetchError, match="a damaged feed"):
        read_feed(data, ADDRESS)


def _samples() -> list[tuple[str, bytes]]:
    found = []
    for archive in sorted(SAMPLES.glob("*.tar.gz")):
        with tarfile.open(archive) as files:
            members = [member for member in files if member.isfile()]
            found += [(each.name, files.extractfile(each).read()) for each in members]
    return found


@pytest.mark.skipif(not SAMPLES.exists(), reason="feedparser's test files are not at hand")
class TestFeedparsersOwnFiles:
    def test_each_is_read_or_refused_with_a_reason(self):
        samples = _samples()
        listings, reasons = 0, []

        for _, data in samples:
            try:
                listings += read_source(data, ADDRESS) is not None
            except FetchError as error:
                reasons.append(error.reason)

        assert len(samples) >= 2125
        assert listings > 2000
        assert all(reasons)

    def test_altered_copies_are_read_or_refused_with_a_reason(self):
        luck = random.Random(5)
        samples = [data for _, data in _samples() if data]
        reasons = []

        for _ in range(600):
            data = bytearray(luck.choice(samples))
            for _ in range(luck.randint(1, 9)):
                data[luck.randrange(len(data))] = luck.randrange(256)
            try:
                read_source(bytes(data[: luck.randint(1, 2 * len(data))]), ADDRESS)
            except FetchError as error:
                reasons.append(error.reason)

        assert all(reasons)
