"""A saved page is an article with what it states of itself, in whatever encoding."""

import pytest

from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.models import Article, Skipped

STORY = (
    "Паром вышел из порта в полдень и вернулся вечером.\n"
    "На борту было двести человек, среди них мэр города."
)
PAGE = (
    '<!doctype html><html lang="ru"><head><meta charset="{encoding}">'
    "<title>Паром вернулся | Ольховая почта</title>"
    '<meta property="og:site_name" content="Ольховая почта">'
    '<meta property="article:published_time" content="2022-05-09">'
    '<link rel="canonical" href="https://alder.example/parom"></head><body>'
    "<nav><a href='/'>Главная</a></nav><article>{story}</article></body></html>"
)


def page(encoding):
    story = "".join(f"<p>{line}</p>" for line in STORY.splitlines())
    return PAGE.format(encoding=encoding, story=story).encode(encoding)


def read(path):
    return [found for _, found in iter_articles([path])]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("name", ["parom.html", "parom.HTM"])
def test_page_is_an_article(write_files, name, encoding):
    folder = write_files({name: page(encoding)})

    assert read(folder) == [
        Article(
            id="parom",
            text=STORY,
            headline="Паром вернулся",
            outlet="Ольховая почта",
            url="https://alder.example/parom",
            published=PartialDate.parse("2022-05-09"),
            language="ru",
        )
    ]


def test_damage_outside_the_article_does_no_harm(write_files):
    cut = "<meta name='description' content='Паром'><meta name='author' content='Автор'>".encode()
    cut = cut.replace("м'".encode(), b"\xd0'").replace("р'".encode(), b"\xd1'")
    folder = write_files({"a.html": page("utf-8").replace(b"<head>", b"<head>" + cut)})

    (article,) = read(folder)

    assert (article.text, article.author) == (STORY, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no article text found in the page"),
        (b"<html><body><script>a()</script></body></html>", "no article text found in the page"),
        (
            b"<html><body><h1>Saved</h1><ul><li><a href='/1'>Ferry</a></li></ul></body></html>",
            "no article text found in the page, only a heading",
        ),
        (b"\x89PNG\r\n", "an image, not text"),
        (
            page("utf-8").replace("полдень".encode(), b"\xd0"),
            "damaged characters in the article: save it as UTF-8",
        ),
    ],
)
def test_page_without_an_article_is_skipped(write_files, content, reason):
    path = write_files({"a.html": content}) / "a.html"

    (skipped,) = read(path)

    assert isinstance(skipped, Skipped)
    assert skipped.place == str(path)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize("headline", ["Page not found", "Error 404", "Access denied"])
def test_saved_notice_is_skipped(write_files, headline):
    notice = (
        f"<h1>{headline}</h1><p>Please go back to the start, or use the search of this site.</p>"
    )
    path = write_files({"a.html": f"<title>{headline}</title>{notice}".encode()}) / "a.html"

    assert read(path) == [Skipped(str(path), f"no article, but a notice: “{headline}”")]
