"""A JSON file is an article or a list of them; JSON Lines may be in any encoding."""

import json

import pytest

from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.models import Article, Skipped

STORY = "The ferry left the port at noon on Monday."


def read(path):
    return [found for _, found in iter_articles([path])]


def test_object_is_an_article(write_files):
    found = {"headline": "Ferry leaves", "publisher": {"name": "Alder Post"}, "body": STORY}
    folder = write_files({"ferry.json": json.dumps(found)})

    assert read(folder) == [
        Article(id="ferry", text=STORY, headline="Ferry leaves", outlet="Alder Post", language="en")
    ]


def test_list_is_an_article_each(write_files):
    found = [{"id": 7, "text": STORY}, {"text": "It came back."}]
    folder = write_files({"news.json": json.dumps(found, indent=2)})

    assert [(article.id, article.text) for article in read(folder)] == [
        ("7", STORY),
        ("news:2", "It came back."),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_objects_one_after_the_other_are_an_article_each(write_files, indent):
    objects = [{"id": 7, "text": STORY}, {"text": "It came back."}]
    content = "\n".join(json.dumps(each, indent=indent) for each in objects) + "\n"

    found = read(write_files({"news.json": content}))

    assert [(each.id, each.text) for each in found] == [("7", STORY), ("news:2", "It came back.")]


def test_bad_entry_is_skipped_and_the_others_are_read(write_files):
    found = [{"text": STORY}, {"title": "T", "id": 3}, "text", {"text": "It came back."}]
    path = write_files({"news.json": json.dumps(found)}) / "news.json"

    first, second, third, fourth = read(path)

    assert (first.id, fourth.id) == ("news:1", "news:4")
    assert second == Skipped(
        f"{path}[2]", "no `text` field with the article's text (found: title, id)"
    )
    assert third == Skipped(f"{path}[3]", "expected an object with id, title, source, text")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON: "),
        (b"", "not JSON: "),
        (b'{"text": "a"}\n{"text": "b"', "not JSON: Extra data"),
        (b'{"text": "a"} and more', "not JSON: Extra data"),
        (b"[" * 100_000, "not JSON: "),
        (b"5", "expected an object with id, title, source, text"),
        (b"{}", "no `text` field with the article's text (found: nothing)"),
        (b'{"text": ""}', "no text"),
        (b"\x89PNG\r\n", "an image, not text"),
    ],
)
def test_bad_file_is_skipped_with_its_reason(write_files, content, reason):
    path = write_files({"a.json": content}) / "a.json"

    (skipped,) = read(path)

    assert skipped.place == str(path)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_other_encodings_are_read(write_files, name, encoding):
    text = "Паром вышел из порта в полдень и вернулся вечером."
    line = json.dumps({"text": text}, ensure_ascii=False)
    folder = write_files({name: f"{line}\r\n".encode(encoding)})

    assert [article.text for article in read(folder)] == [text]


def test_files_put_to_each_other_are_read(write_files):
    lines = "".join("\ufeff" + json.dumps({"title": "\ufeff" + n, "text": n}) + "\n" for n in "AB")

    assert [(each.headline, each.text) for each in read(write_files({"a.jsonl": lines}))] == [
        ("A", "A"),
        ("B", "B"),
    ]


def test_json_lines_that_are_no_text_are_skipped_once(write_files):
    path = write_files({"a.jsonl": b"PK\x03\x04\x14\0\n\n\0\n"}) / "a.jsonl"

    (skipped,) = read(path)

    assert skipped.place == str(path)
    assert skipped.reason.startswith("a ZIP archive")


NEWS = [
    {"title": "Ferry leaves", "body": STORY, "url": "https://alder.example/1"},
    {"title": "Ferry is back", "body": "It came back.", "url": "https://alder.example/2"},
]


class TestWrappers:
    @pytest.mark.parametrize(
        "wrapped",
        [
            {"status": "ok", "totalResults": 2, "articles": NEWS},
            {"articles": {"results": NEWS, "page": 1}},
            {"version": "1", "items": NEWS},
            {"db": [{"meta": {"version": "5"}, "data": {"posts": NEWS, "users": [{"id": 1}]}}]},
            {"hits": {"total": 2, "hits": [{"_id": str(n), "_source": NEWS[n]} for n in (0, 1)]}},
            {"response": {"docs": NEWS}},
            {"content": NEWS, "totalElements": 2},
            [{"articles": NEWS[:1]}, {"articles": NEWS[1:]}],
        ],
        ids=[
            "news API",
            "event registry",
            "feed",
            "Ghost",
            "Elasticsearch",
            "Solr",
            "Spring",
            "two pages",
        ],
    )
    def test_articles_inside_of_an_answer_are_read(self, write_files, wrapped):
        folder = write_files({"news.json": json.dumps(wrapped), "b.jsonl": json.dumps(wrapped)})

        for name in ("news.json", "b.jsonl"):
            found = read(folder / name)
            assert [(each.headline, each.text, each.url) for each in found] == [
                (each["title"], each["body"], each["url"]) for each in NEWS
            ]
            assert len({each.id for each in found}) == 2

    def test_feed_in_json_names_its_outlet(self, write_files):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Alder Post",
            "items": [
                {
                    "id": "1",
                    "title": "Ferry leaves",
                    "content_html": "<p>It left.</p>",
                    "date_published": "2022-05-09T12:00:00+03:00",
                    "authors": [{"name": "Test Author"}],
                }
            ],
        }
        folder = write_files({"feed.json": json.dumps(feed)})

        assert read(folder) == [
            Article(
                id="1",
                text="It left.",
                headline="Ferry leaves",
                outlet="Alder Post",
                published=PartialDate.parse("2022-05-09T12:00:00+03:00"),
                author="Test Author",
            )
        ]

    def test_text_in_an_inner_object_belongs_to_the_fields_around_it(self, write_files):
        found = {
            "id": "world/1",
            "webTitle": "Ferry leaves",
            "webUrl": "https://alder.example/1",
            "webPublicationDate": "2022-05-09T12:00:00Z",
            "fields": {"bodyText": STORY, "byline": "Test Author"},
        }
        folder = write_files({"a.json": json.dumps({"response": {"results": [found]}})})

        (article,) = read(folder)

        assert (article.id, article.headline, article.text) == ("world/1", "Ferry leaves", STORY)
        assert (article.url, str(article.published)[:10], article.author) == (
            "https://alder.example/1",
            "2022-05-09",
            "Test Author",
        )

    def test_entry_of_a_list_that_is_no_article_is_named(self, write_files):
        path = write_files({"a.json": json.dumps({"items": [NEWS[0], {"title": "T"}]})}) / "a.json"

        article, skipped = read(path)

        assert article.headline == "Ferry leaves"
        assert skipped == Skipped(
            f"{path}.items[2]", "no `text` field with the article's text (found: title)"
        )

    @pytest.mark.parametrize(
        "found",
        [
            {"title": "Ferry", "comments": [{"text": "I was there.", "title": "Hm"}]},
            {"title": "Ferry", "lines": [{"text": "I was there."}]},
            {"title": "Ferry", "related": [NEWS[0]]},
            {"title": "Ferry", "relatedArticles": [NEWS[0]], "most_read": [NEWS[1]]},
            {"title": "Ferry", "revisions": [NEWS[0]], "deletedPosts": [NEWS[1]]},
        ],
    )
    def test_what_is_inside_of_an_article_is_no_article(self, write_files, found):
        path = write_files({"a.json": json.dumps(found)}) / "a.json"

        (skipped,) = read(path)

        assert skipped.reason.startswith("no `text` field")

    @pytest.mark.parametrize("opening", ['{"a":', "["])
    def test_deep_nesting_costs_its_file_alone(self, write_files, opening):
        closing = "}" if opening[0] == "{" else "]"
        for depth in (100, 900, 100_000):
            inner = '{"title": "T", "text": "It left."}'
            deep = opening * depth + inner + closing * depth
            title = f'{{"title": {"[" * depth}{"]" * depth}, "text": "It left."}}'
            folder = write_files(
                {"a.json": deep, "b.json": title, "c.json": json.dumps(NEWS[0])}, f"{depth}"
            )

            *others, article = read(folder)

            assert article.headline == "Ferry leaves"
            assert len(others) == 2


class TestExporters:
    """Objects as programs write them; the words are ours."""

    def test_crawler_that_calls_the_address_source(self, write_files):
        found = {
            "title": "Ferry leaves",
            "hostname": "alder.example",
            "source": "https://alder.example/1",
            "source-hostname": "Alder Post",
            "text": STORY,
            "date": "2022-05-09",
            "comments": "",
        }
        (article,) = read(write_files({"a.json": json.dumps(found)}))

        assert (article.outlet, article.url) == ("Alder Post", "https://alder.example/1")

    def test_crawler_that_states_the_site_and_its_front_page(self, write_files):
        found = {
            "canonical_link": "https://alder.example/1",
            "source_url": "https://alder.example",
            "publish_date": "2022-05-09 12:00:00",
            "meta_site_name": "Alder Post",
            "meta_lang": "en",
            "authors": ["Test Author"],
            "title": "Ferry leaves",
            "text": STORY,
        }
        (article,) = read(write_files({"a.json": json.dumps(found)}))

        assert (article.outlet, article.url) == ("Alder Post", "https://alder.example/1")
        assert (str(article.published), article.author) == ("2022-05-09T12:00:00", "Test Author")

    def test_archive_of_front_pages_keeps_the_address_of_the_article(self, write_files):
        found = {"link": "https://alder.example/", "uri": "https://alder.example/1", "text": STORY}
        (article,) = read(write_files({"a.json": json.dumps(found)}))

        assert article.url == "https://alder.example/1"

    def test_wordpress(self, write_files):
        found = {
            "id": 7,
            "date": "2022-05-09T12:00:00",
            "link": "https://alder.example/1",
            "status": "publish",
            "author": 3,
            "title": {"rendered": "Ferry &#8211; leaves"},
            "content": {"rendered": "<p>It left.</p>\n<p>It&#8217;s gone.</p>", "protected": False},
            "excerpt": {"rendered": "<p>It left.</p>"},
        }
        (article,) = read(write_files({"a.json": json.dumps([found])}))

        assert (article.id, article.headline) == ("7", "Ferry – leaves")
        assert (article.text, article.author) == ("It left.\nIt’s gone.", None)

    def test_database(self, write_files):
        found = {
            "_id": {"$oid": "65f0"},
            "published": {"$date": "2022-05-09T12:00:00Z"},
            "author": float("nan"),
            "source": "None",
            "text": ["It left.", "It came back."],
        }
        (article,) = read(write_files({"a.json": json.dumps(found)}))

        assert (article.id, str(article.published)[:10]) == ("65f0", "2022-05-09")
        assert (article.author, article.outlet) == (None, None)
        assert article.text == "It left.\nIt came back."

    def test_date_of_another_name_is_reported_and_not_taken(self, write_files):
        found = {"title": "T", "seendate": "2022-05-09", "domain": "alder.example", "text": STORY}
        path = write_files({"a.jsonl": f"{json.dumps(found)}\n" * 2}) / "a.jsonl"

        *articles, reported = read(path)

        assert [(each.published, each.outlet) for each in articles] == [(None, "alder.example")] * 2
        assert reported.place == f"{path} (seendate)"
        assert reported.reason == (
            "looks like a date but is not read, of articles without one: 2; "
            "name it published if it is the date of publication"
        )

    @pytest.mark.parametrize("name", ["content", "summary"])
    def test_reader_of_feeds(self, write_files, name):
        item = {
            "id": "tag:1",
            "title": "Ferry leaves",
            "published": 1652097600,
            "alternate": [{"href": "https://alder.example/1", "type": "text/html"}],
            "origin": {"streamId": "feed/1", "title": "Alder Post"},
            "summary": {"direction": "ltr", "content": "<p>It left.</p>"},
        }
        if name == "content":  # the summary is then a part of it
            item |= {"content": {"content": "<p>It left, and came back.</p>"}}
        folder = write_files({"a.json": json.dumps({"id": "user/1", "items": [item]})})

        (found,) = read(folder)

        assert found.text == ("It left, and came back." if name == "content" else "It left.")
        assert (found.headline, found.outlet, found.url, str(found.published)[:10]) == (
            *("Ferry leaves", "Alder Post", "https://alder.example/1"),
            "2022-05-09",
        )

    def test_saved_articles(self, write_files):
        saved = {
            "id": 7,
            "title": "Ferry leaves",
            "url": "https://alder.example/1",
            "content": "<p>It left.</p>",
            "created_at": "2024-01-01T00:00:00+0000",
            "published_at": "2022-05-09T12:00:00+0000",
            "published_by": ["Test Author"],
            "domain_name": "alder.example",
        }

        (found,) = read(write_files({"a.json": json.dumps([saved])}))

        assert (found.outlet, found.author) == ("alder.example", "Test Author")
        assert str(found.published) == "2022-05-09T12:00:00+00:00"

    def test_day_on_which_it_was_made_is_reported_and_not_taken(self, write_files):
        path = write_files({"a.json": json.dumps({"created": "2022-05-09", "text": STORY})})

        article, reported = read(path)

        assert article.published is None
        assert reported.place.endswith("(created)")

    def test_excerpts_alone_are_named_with_the_list_that_they_are_in(self, write_files):
        found = {
            "status": "OK",
            "response": {"docs": [{"headline": {"main": "T"}, "snippet": "I"}]},
        }
        path = write_files({"a.json": json.dumps(found)}) / "a.json"

        (skipped,) = read(path)

        assert skipped.reason == (
            "no `text` field with the article's text (found: response: docs: headline, snippet)"
        )
