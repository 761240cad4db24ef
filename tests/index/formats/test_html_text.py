"""HTML in a field is read as its reader sees it; text without tags stays as it is."""

import pytest

from index.formats.html_text import as_line, as_text

LINES = [
    "The ferry left the port at noon on Monday and came back in the evening, the harbour said.",
    "Two hundred people were on board, among them the mayor, who had waited for nine years.",
]


@pytest.mark.parametrize(
    "text",
    [
        "  The ferry left.  \n\n\tIt  was full.\n",
        "Five < six, and seven > six.",
        "if a<b then c>d",
        "AT&T; R&D & more; see ?a=1&copy=2 or &c.",
        "She said <they> left, and <none> came back.",
        "She [the mayor] left [video below], and [/] came back.",
        "",
    ],
)
def test_text_without_tags_stays_as_it_is(text):
    assert as_text(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It left.</p>\n\n<p>It came\nback.</p>", "It left.\nIt came back."),
        ("It left.<br>It came<br/><br />back.", "It left.\nIt came\nback."),
        ("<div>It <b>left</b>,<span> so</span></div><div>it did.</div>", "It left, so\nit did."),
        ("<h2>Boats</h2><ul><li>One</li><li>Two</li></ul>", "Boats\nOne\nTwo"),
        ("<table><tr><td>Adults</td><td>£3</td></tr></table>", "Adults\n£3"),
        ("It <em>left</em>\n\nIt came <a href='/b'>back</a>", "It left\nIt came back"),
        ("<p>It left.<script>go()</script><style>p {}</style><!-- so --></p>", "It left."),
        ("<p>12<sup><a href='#n'>1</a></sup> said <q>no</q> <s>yes</s></p>", "12 said “no”"),
        ("<p>R&amp;D&#8217;s 5&nbsp;%</p>", "R&D’s 5\xa0%"),
        ("R&amp;D&#8217;s way, it&rsquo;s said", "R&D’s way, it’s said"),
        ("R&amp;amp;D&amp;#8217;s", "R&D’s"),
        ("&lt;p&gt;It left.&lt;/p&gt;&lt;p&gt;It sank.&lt;/p&gt;", "It left.\nIt sank."),
        ("<P CLASS='a'>It left.", "It left."),
        ("<![CDATA[<p>It left.</p>]]>", "It left."),
        ('[caption id="2"]<img src="a.jpg"> A boat[/caption]<p>It left.</p>', "It left."),
        ("[embed]https://v.example/1[/embed]\nIt left.", "It left."),
        ("<p></p>", ""),
    ],
)
def test_html_is_read_a_paragraph_a_line(html, text):
    assert as_text(html) == text


@pytest.mark.parametrize("start", ["<!doctype html><html>", "\n<html lang='en'>"])
def test_whole_page_gives_its_article(start):
    story = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"{start}<body><nav><a href='/'>Home</a></nav><article>{story}</article></body></html>"

    assert as_text(page) == "\n".join(LINES)


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("Ferry &#8211; and crew", "Ferry – and crew"),
        ("<b>Ferry</b>\n leaves ", "Ferry leaves"),
        ("Ferry leaves", "Ferry leaves"),
    ],
)
def test_line_has_no_tags(html, line):
    assert as_line(html) == line


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 200_000,
        "<b>" * 100_000 + "</b>" * 100_000,
        "<div>" * 10_000 + "It left." + "</div>" * 10_000,
        "&amp;" * 100_000,
        "<" * 100_000,
        "<a " * 100_000 + "</a>",
        "<p>\x00\x08</p>",
    ],
    ids=lambda html: html[:8],
)
def test_hostile_html_ends(html):
    assert isinstance(as_text(html), str)
