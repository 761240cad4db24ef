"""A page gives its article's text and what it states of it; whatever else stands there is left."""

import gzip
import importlib.util
import json

import pytest

from index.dates.partial_date import PartialDate
from index.formats.html_files import read_page
from tests.conftest import SHARED

STORY = [
    "The ferry left the port at noon on Monday and came back in the evening, the harbour said.",
    "Two hundred people were on board, among them the mayor, who had waited for nine years.",
    "“We waited for this day,” she told reporters on the quay while the band played on.",
    "Tickets cost three pounds; children travel free until the end of the summer holidays.",
]
RUSSIAN = [
    "Паром вышел из порта в полдень и вернулся вечером, сообщили в администрации порта.",
    "На борту было двести человек, среди них мэр города, которая ждала этого девять лет.",
    "«Мы ждали этого дня», — сказала она журналистам на набережной под звуки оркестра.",
]


def page(head="", before="", after="", story=STORY, lang=' lang="en"'):
    paragraphs = "\n".join(f"<p>{each}</p>" for each in story)
    return (
        f"<!doctype html><html{lang}><head>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/ferries'>Ferries</a></li></ul></nav>"
        f"<article>{before}{paragraphs}{after}</article>"
        "<footer><p>Copyright 2019 Alder Media. All rights reserved.</p></footer></body></html>"
    )


def test_text_is_the_article_paragraph_by_paragraph():
    assert read_page(page()).text == "\n".join(STORY)
    assert read_page(page(story=RUSSIAN)).text == "\n".join(RUSSIAN)


def test_menus_footers_and_comments_are_no_text():
    comment = (
        "<div id='comments' class='comments'><div class='comment'><p>I was there and it was far"
        " too crowded, says a reader whose words are no part of the coverage.</p></div></div>"
    )
    text = read_page(page(after=comment)).text

    assert "Home" not in text
    assert "Copyright" not in text
    assert "crowded" not in text


def test_items_and_cells_are_lines_without_marks_of_their_own():
    after = (
        "<p>The ferry goes on these days, as the timetable of the harbour's office has it:</p>"
        "<ul><li>Monday at noon, from the old quay</li><li>Friday evening, from the pier</li></ul>"
        "<table><tr><td>Adults</td><td>three pounds</td></tr></table>"
    )
    lines = read_page(page(after=after)).text.splitlines()

    assert lines[-4:] == [
        "Monday at noon, from the old quay",
        "Friday evening, from the pier",
        "Adults",
        "three pounds",
    ]


def test_inline_elements_lose_no_word_and_break_no_line():
    story = [
        'It cost <del>nine</del> 12<sup><a href="#n1">1</a></sup> pounds on <time>Monday</time>.',
        'The harbour said it was <q>open to all</q> and <span aria-hidden="true">stayed</span> so.',
    ]

    assert read_page(page(story=[*story, *STORY])).text.splitlines()[:2] == [
        "It cost 12 pounds on Monday.",
        "The harbour said it was “open to all” and stayed so.",
    ]


def test_short_article_is_found():
    story = ["The ferry left the port at noon.", "It came back in the evening."]

    assert read_page(page(story=story)).text == "\n".join(story)


def test_what_the_page_does_not_state_is_unknown():
    found = read_page(page(lang=""))

    assert (found.headline, found.outlet, found.author) == (None, None, None)
    assert (found.published, found.url, found.language) == (None, None, None)


def test_facts_come_with_the_text():
    head = (
        "<title>Ferry leaves - Alder Post</title>"
        '<meta property="og:site_name" content="Alder Post">'
        '<meta name="author" content="By Test Author">'
        '<meta property="article:published_time" content="2022-05-09T12:30:00+03:00">'
        '<link rel="canonical" href="/news/ferry">'
    )
    found = read_page(page(head), "https://alder.example/news/ferry?from=feed")

    assert found.text == "\n".join(STORY)
    assert (found.headline, found.outlet, found.author, found.published) == (
        "Ferry leaves",
        "Alder Post",
        "Test Author",
        PartialDate.parse("2022-05-09T12:30:00+03:00"),
    )
    assert (found.url, found.language) == ("https://alder.example/news/ferry", "en")


DEEP = 10_000
HOSTILE = {
    "empty": "",
    "white space": " \n\t",
    "plain text": " ".join(STORY),
    "no body": "<html><head><title>Ferry</title></head></html>",
    "only scripts": "<html><head><script>a()</script></head><body><script>b()</script></body>",
    "frames": "<html><frameset><frame src='a.html'></frameset></html>",
    "nothing but tags": "<p>" * 1_700_000,
    "more tags than a page has": "<html><body>" + "<p>The ferry left the port.</p>" * 110_000,
    "unclosed attribute": "<p class='" + "x" * 5_000_000,
    "unclosed comment": "<!--" * 1_000_000,
    "nested boxes": "<html><body>" + "<div>" * DEEP + "<p>Text.</p>" + "</div>" * DEEP,
    "nested tables": "<html><body>" + "<table><tr><td>" * 3_000 + "<p>Text.</p>",
    "pdf": "%PDF-1.4 \x00\x01 stream " * 100,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_page_without_an_article_is_none(html):
    assert read_page(html) is None


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": </script>',
        '<script type="application/ld+json">{"@type": ["NewsArticle", 3], "headline": ["a"],'
        ' "author": [null, 3, {"name": ["x"]}, {"@id": ["q"]}], "publisher": 5,'
        ' "datePublished": 20}</script>',
        "<title>" + "a - " * 300_000 + "</title>",
        '<meta charset="windows-1251">',
        '<link rel="canonical" href="http://[::1"><meta property="og:url" content="data:x">',
    ],
    ids=["brackets", "broken JSON", "odd JSON", "long title", "wrong charset", "bad addresses"],
)
def test_hostile_head_spoils_nothing(head):
    found = read_page(page(head, story=[*STORY, "Паром ушёл."]), "https://alder.example/1")

    assert found.text == "\n".join([*STORY, "Паром ушёл."])
    assert (found.author, found.published, found.url) == (None, None, "https://alder.example/1")


def test_xml_declaration_of_another_encoding_is_passed_over():
    html = '<?xml version="1.0" encoding="windows-1251"?>' + page(story=RUSSIAN)

    assert read_page(html).text == "\n".join(RUSSIAN)


EVALUATION = SHARED / "eval"


@pytest.mark.slow
@pytest.mark.shared("eval/pages")
def test_news_pages_are_extracted_as_well_as_published():
    spec = importlib.util.spec_from_file_location("metrics", EVALUATION / "metrics.py")
    metrics = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(metrics)
    truth = json.loads((EVALUATION / "pages" / "ground-truth.json").read_text("utf-8"))

    pairs = []
    for name, page_truth in truth.items():
        html = gzip.decompress((EVALUATION / "pages" / "html" / f"{name}.html.gz").read_bytes())
        found = read_page(html.decode(), page_truth["url"])
        pairs.append((page_truth["articleBody"], found.text if found else ""))

    assert len(pairs) == 181
    assert metrics.extraction_scores(pairs)["F1"] >= 0.955
