"""A page's facts are what it states, as it states them; what it leaves out is unknown."""

import json

import pytest
from lxml.html import document_fromstring

from index.readers.html_metadata import read_facts


def facts(head="", body="<p>The ferry left.</p>", address=None, attributes=""):
    html = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_facts(document_fromstring(html), address)


def linked(*objects):
    return "".join(
        f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in objects
    )


def meta(**tags):
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in tags.items()
    )


class TestHeadline:
    @pytest.mark.parametrize(
        ("head", "body", "headline"),
        [
            ("<title>Ferry leaves</title>", "", "Ferry leaves"),
            ("", "<h1>Ferry leaves</h1>", "Ferry leaves"),
            (meta(og__title="Ferry &amp; crew"), "", "Ferry & crew"),
            (linked({"@type": "NewsArticle", "headline": "Ferry&#8217;s day"}), "", "Ferry’s day"),
            ("<title>\n Ferry\n leaves </title>", "", "Ferry leaves"),
            # The heading that readers see goes before a title made for search engines.
            (
                meta(og__title="Ferry leaves port: what to know")
                + "<title>Ferry leaves the port</title>",
                "<h1>Alder Post</h1><h1>Ferry leaves the old port</h1>",
                "Ferry leaves the old port",
            ),
            # But not where it is the name of the site.
            (meta(og__title="Ferry leaves"), "<h1>Alder Post</h1>", "Ferry leaves"),
        ],
    )
    def test_headline_is_found(self, head, body, headline):
        assert facts(head, body).headline == headline

    @pytest.mark.parametrize(
        "title",
        [
            "Ferry leaves - Alder Post",
            "Ferry leaves | Alder Post",
            "Ferry leaves|ALDER POST",
            "Ferry leaves — Alder Post",
            "Ferry leaves · alder.example",
        ],
    )
    def test_name_of_the_site_is_cut_off(self, title):
        head = f"<title>{title}</title>" + meta(og__site_name="Alder Post")

        assert facts(head, address="https://www.alder.example/1").headline == "Ferry leaves"

    @pytest.mark.parametrize(
        "title", ["Alder Post - a history", "Ferry leaves - Page two", "Ferry: Alder Post’s view"]
    )
    def test_other_tails_stay(self, title):
        head = f"<title>{title}</title>" + meta(og__site_name="Alder Post")

        assert facts(head).headline == title


class TestOutletAndAuthor:
    def test_name_of_the_site_goes_before_the_publisher(self):
        article = {"@type": "NewsArticle", "publisher": {"name": "Coast Wire"}}

        assert facts(linked(article)).outlet == "Coast Wire"
        assert facts(linked(article) + meta(og__site_name="Alder Post")).outlet == "Alder Post"

    def test_publisher_may_stand_elsewhere(self):
        graph = {
            "@graph": [
                {"@type": "Organization", "@id": "#us", "name": "Alder Post"},
                {"@type": "Person", "@id": "#her", "name": "Test Author"},
                {"@type": "Article", "publisher": {"@id": "#us"}, "author": {"@id": "#her"}},
            ]
        }
        found = facts(linked(graph))

        assert (found.outlet, found.author) == ("Alder Post", "Test Author")

    def test_address_and_account_are_no_names(self):
        head = meta(article__author="https://social.example/author", publisher="@alderpost")
        found = facts(
            head + '<meta name="twitter:site" content="@alder">', address="https://alder.example/1"
        )

        assert (found.outlet, found.author) == (None, None)

    @pytest.mark.parametrize(
        ("author", "named"),
        [
            ({"name": "Test J. Author"}, "Test J. Author"),
            ([{"name": "One"}, {"name": "Two"}, {"name": "One"}], "One, Two"),
            (["One", "Two"], "One, Two"),
            ("By Test Author", "Test Author"),
            ("Автор: Тест Автор", "Тест Автор"),
            ([], None),
            ({"url": "https://alder.example/author"}, None),
        ],
    )
    def test_authors_of_linked_data(self, author, named):
        assert facts(linked({"@type": ["Thing", "NewsArticle"], "author": author})).author == named

    def test_author_marked_in_the_text_is_found_and_no_commentator(self):
        comment = "<div class='comment'><span itemprop='author'>A Reader</span></div>"
        byline = "<div itemprop='author'>by <span itemprop='name'>Test Author</span></div>"

        assert facts(body=comment + byline).author == "Test Author"
        assert facts(body=comment).author is None


class TestDate:
    @pytest.mark.parametrize(
        ("head", "body", "published"),
        [
            (
                linked({"@type": "NewsArticle", "datePublished": "2022-05-09T21:30:00+03:00"}),
                "",
                "2022-05-09T21:30:00+03:00",
            ),
            (meta(article__published_time="2022-05-09"), "", "2022-05-09"),
            ("<meta name='pubdate' content='2022-05'>", "", "2022-05"),
            ("", "<span itemprop='datePublished' content='2022-05-09'>Monday</span>", "2022-05-09"),
            ("", "<span itemprop='datePublished'>9 May 2022</span>", "2022-05-09"),
            ("", "<span itemprop='datePublished'>4/5/2022</span>", "2022"),
            ("", "<time datetime='2022-05-09T21:30'>Monday</time>", "2022-05-09T21:30:00"),
            (
                "",
                "<time datetime='2011-01-01'></time><article><time datetime='2022-05-09'></time>"
                "<time datetime='2022-05-10'></time></article>",
                "2022-05-09",
            ),
            # The first source goes before the others.
            (
                linked({"@type": "Article", "datePublished": "2022-05-09"})
                + meta(article__published_time="2022-05-08"),
                "",
                "2022-05-09",
            ),
        ],
    )
    def test_stated_date_is_read(self, head, body, published):
        assert facts(head, body).published == published

    @pytest.mark.parametrize(
        ("head", "body"),
        [
            ("", "<p>Copyright 2019</p><p>Posted on 9 May 2022</p>"),
            ("", "<time datetime='2022-05-09'></time><time datetime='2022-05-08'></time>"),
            ("", "<time datetime='PT5M'>5 minutes</time>"),
            ("", "<time datetime='' pubdate></time>"),
            (meta(article__modified_time="2022-05-09"), ""),
            (linked({"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}), ""),
            (linked({"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00Z"}), ""),
            (
                "",
                "<div class='comments'><time pubdate datetime='2022-05-09'></time>"
                "<time datetime='2022-05-08'></time></div>",
            ),
            ("<meta name='date' content='yesterday'>", ""),
        ],
    )
    def test_date_that_is_not_stated_is_unknown(self, head, body):
        assert facts(head, body).published is None

    def test_day_in_the_address_is_stated_too(self):
        address = "https://alder.example/2022/05/09/ferry"

        assert facts(address=address).published == "2022-05-09"
        assert facts(address="https://alder.example/2022/ferry/12/34/56/").published is None


class TestAddress:
    @pytest.mark.parametrize(
        ("head", "address", "found"),
        [
            (
                '<link rel="canonical" href="https://a.example/1">',
                "https://b.example/2",
                "https://a.example/1",
            ),
            ('<link rel="canonical" href="/1">', "https://b.example/x/2", "https://b.example/1"),
            (
                '<link rel="canonical" href="//a.example/1">',
                "https://b.example",
                "https://a.example/1",
            ),
            (meta(og__url="https://a.example/1"), "https://b.example/2", "https://a.example/1"),
            (
                '<link rel="canonical" href="/1">' + meta(og__url="https://a.example/2"),
                None,
                "https://a.example/1",
            ),
            (
                '<link rel="canonical" href="javascript:x()">',
                "https://b.example/2",
                "https://b.example/2",
            ),
            ('<link rel="canonical" href="">', "https://b.example/2", "https://b.example/2"),
            ('<link rel="canonical" href="/1">', None, None),
            ("", "file:///tmp/page.html", None),
            ("", None, None),
        ],
    )
    def test_address_is_the_canonical_one(self, head, address, found):
        assert facts(head, address=address).address == found


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        ("", 'lang="en-GB"', "en-GB"),
        (meta(og__locale="ru_RU"), "", "ru_RU"),
        ('<meta http-equiv="Content-Language" content="ru">', "", "ru"),
        (linked({"@type": "NewsArticle", "inLanguage": "be"}), "", "be"),
        (meta(og__locale="en_US"), 'lang="ru"', "ru"),
        ("", "", None),
    ],
)
def test_language_is_as_stated(head, attributes, language):
    assert facts(head, attributes=attributes).language == language
