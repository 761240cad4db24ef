"""A page's facts are what it states, as it states them; what it leaves out is unknown."""

import json

import pytest
from lxml.html import document_fromstring

from index.dates.partial_date import PartialDate
from index.formats.html_metadata import read_facts


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
        assert str(facts(head, body).published) == published

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

        assert str(facts(address=address).published) == "2022-05-09"
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


HEADING = "Library closes in June"
STORY = (
    "The library on Mill Street closes in June, the council said on Monday after a long debate.",
    "Readers will have to go to the next town, which has a smaller one with fewer books.",
    "The building may become a school, an official said, but nothing has been decided yet.",
)
MOMENT = '<time datetime="2019-05-01">1 May 2019</time>'
TEASER = (
    f'<a href="/tram"><h3>Old tram comes back</h3></a><i itemprop="author">A. N. Other</i>{MOMENT}'
)


def news(head="", above="", own="", below="", inside=""):
    """The facts of a page with a site's head, a story, and what is around it."""
    story = "".join(f"<p>{each}</p>" for each in STORY)
    return facts(
        f"<title>{HEADING} - Alder Post</title>{head}",
        f"<div class='top'><b>Alder Post</b></div>{above}<main>"
        f"<div class='story'><h1>{HEADING}</h1>{own}{story}{inside}</div></main>{below}",
    )


class TestOtherArticlesOnThePage:
    @pytest.mark.parametrize(
        "around",
        [
            {"below": f"<aside><article>{TEASER}</article></aside>"},
            {"below": f"<div class='grid'><div>{TEASER}</div></div>"},
            {"below": f"<div class='most-read'><ol><li>{MOMENT}</li></ol></div>"},
            {"below": f"<ul><li><a href='/tram'>Tram</a> {MOMENT}</li></ul>"},
            {"below": f"<table><tr><td><a href='/t'>Tram</a></td><td>{MOMENT}</td></tr></table>"},
            {"below": f"<a href='/tram'><b>Old tram comes back</b>{MOMENT}</a>"},
            {"below": f"<section id='discussion' class='comments'>{TEASER}</section>"},
            {"below": f"<footer>© {MOMENT} <a rel='author' href='/us'>Web Master</a></footer>"},
            {"below": f"<div id='footer'>© {MOMENT} <a rel='author' href='/us'>Us</a></div>"},
            {"above": f"<header>{MOMENT}</header>"},
            {"above": f"<div><article>{TEASER}</article></div>"},
            {"own": f"<div class='read-also'>{TEASER}</div>"},
            {"inside": f"<ul><li><a href='/tram'>Old tram comes back</a>{MOMENT}</li></ul>"},
            {
                "below": "<div itemscope itemtype='https://schema.org/NewsArticle'>"
                "<meta itemprop='datePublished' content='2019-05-01'>"
                "<meta itemprop='author' content='Other'><a itemprop='headline'>Tram</a></div>"
            },
        ],
        ids=lambda around: next(iter(around.values()))[:50],
    )
    def test_date_and_author_of_another_article_are_not_the_pages(self, around):
        found = news(**around)

        assert (found.headline, found.published, found.author) == (HEADING, None, None)
        own = (
            "<div class='by'><i itemprop='author'>Own Author</i> <time datetime='2022-05-09'></div>"
        )
        found = news(**{**around, "own": own + around.get("own", "")})
        assert (found.published, found.author) == (PartialDate(2022, 5, 9), "Own Author")

    @pytest.mark.parametrize(
        "described",
        [
            [{"@type": "NewsArticle", "headline": "Old tram comes back"}],
            [{"@type": "NewsArticle", "name": "Old tram comes back"}],
            [{"@type": "NewsArticle"}, {"@type": "NewsArticle"}],
            [{"@type": "ItemList", "itemListElement": [{"item": {"@type": "NewsArticle"}}]}],
            [{"@type": "WebPage", "hasPart": [{"@type": "NewsArticle", "headline": HEADING}]}],
            [{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting"}]}],
            [{"@type": "CollectionPage", "mainEntity": {"@type": "ItemList"}, "about": []}],
        ],
    )
    def test_linked_data_of_another_article_is_not_the_pages(self, described):
        other = {"datePublished": "2019-05-01", "author": {"name": "A. N. Other"}}

        def with_facts(node):
            if isinstance(node, list):
                return [with_facts(each) for each in node]
            if not isinstance(node, dict):
                return node
            inner = {name: with_facts(value) for name, value in node.items()}
            is_article = node.get("@type") in ("NewsArticle", "BlogPosting")
            return inner | other if is_article else inner

        found = news(linked(*with_facts(described)))

        assert (found.published, found.author) == (None, None)
        own = {"@type": "NewsArticle", "headline": HEADING, "datePublished": "2022-05-09"}
        assert news(linked(*with_facts(described), own)).published == PartialDate(2022, 5, 9)

    def test_linked_data_is_the_pages_by_its_address_whatever_its_headline(self):
        head = '<link rel="canonical" href="https://alder.example/library">'
        other = {"@type": "NewsArticle", "url": "https://alder.example/tram"}
        own = {"@type": "NewsArticle", "mainEntityOfPage": "http://www.alder.example/library/"}

        assert news(head + linked(other | {"datePublished": "2019"})).published is None
        both = linked(other | {"datePublished": "2019"}, own | {"datePublished": "2022"})
        assert news(head + both).published == PartialDate(2022)

    def test_linked_data_in_a_box_about_other_articles_is_not_the_pages(self):
        box = linked({"@type": "NewsArticle", "datePublished": "2019-05-01"})

        assert news(below=f"<aside>{box}</aside>").published is None
        assert news(below=box).published == PartialDate(2019, 5, 1)

    def test_headline_cut_short_in_linked_data_is_the_pages(self):
        cut = {"@type": "NewsArticle", "headline": "Library closes in June after", "author": "Own"}
        title = "Library closes in June after a century of lending, and a school moves in instead"

        assert facts(f"<title>{title}</title>" + linked(cut)).author == "Own"

    def test_moment_that_a_sentence_mentions_is_no_date_of_publication(self):
        own = f"<p>{STORY[0]} It first spoke of it on {MOMENT}, when nobody listened to it.</p>"

        assert news(own=own).published is None

    def test_moment_of_a_change_is_no_date_of_publication(self):
        changed = "<time class='updated' datetime='2022-05-10'></time>"
        first = "<time class='entry-date published updated' datetime='2022-05-09'></time>"

        assert news(own=changed).published is None
        assert news(own=changed + first).published == PartialDate(2022, 5, 9)


@pytest.mark.parametrize(
    ("canonical", "stated", "found"),
    [
        ("https://alder.example/", None, None),
        ("https://alder.example", "https://alder.example/1", "https://alder.example/1"),
        ("https://alder.example/?p=12", None, "https://alder.example/?p=12"),
        (
            "https://alder.example/news/",
            "https://alder.example/news/library",
            "https://alder.example/news/library",
        ),
        (
            "https://alder.example/library",
            "https://alder.example/news/",
            "https://alder.example/library",
        ),
    ],
)
def test_front_page_or_section_is_not_the_address_of_an_article(canonical, stated, found):
    head = f'<link rel="canonical" href="{canonical}">' + (meta(og__url=stated) if stated else "")

    assert facts(head).address == found


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><time datetime='2022'><h1>T</h1><p>The ferry left.</p></time></body></html>",
        "<html><head></head><body><p>A</p></body></html><time datetime='2022'>",
        "<time datetime='2022'><html><body><h1>T</h1><p>The ferry left.</p></body></html></time>",
        "<html itemtype='https://schema.org/NewsArticle'><p itemprop='headline'>T</p></html>",
    ],
)
def test_broken_page_states_what_it_states(html):
    assert read_facts(document_fromstring(html)).published in (None, PartialDate(2022))


def test_day_of_a_photograph_is_not_that_of_the_article():
    caption = "Photo: Jo Doe, <time datetime='2019-04-02'>2 April 2019</time>"
    figure = f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>"
    body = f"<article><h1>Ferry leaves</h1>{figure}<p>The ferry left.</p></article>"

    assert facts("<title>Ferry leaves</title>", body).published is None


def test_linked_data_of_another_address_alone_is_not_taken():
    other = {"@type": "NewsArticle", "datePublished": "2019-04-02", "url": "https://a.example/2"}
    own = {"@type": "NewsArticle", "datePublished": "2019-04-02"}

    assert facts(linked(other)).published is None
    assert facts(linked(other), address="https://a.example/2").published == PartialDate(2019, 4, 2)
    assert facts(linked(own)).published == PartialDate(2019, 4, 2)
