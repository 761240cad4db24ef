"""HTML → the text that a reader sees, a paragraph, list item or table cell a line (pure)."""

import logging
import re
from html import unescape

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.xml import xmltotxt

from index.formats.inline_markup import unwrap_inline, write_out_marks

# It warns of each page without an article, which is a plain None here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MAX_ELEMENTS = 100_000  # a hundred times as many as a news page has; they take a second
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_INLINE = r"a|abbr|b|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u"
_BLOCK = (
    r"address|article|aside|blockquote|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|"
    r"li|main|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
)
_OPENING_TAG = re.compile(rf"<({_INLINE}|{_BLOCK})(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</({_INLINE}|{_BLOCK})\s*>", re.IGNORECASE)
_SINGLE_TAG = re.compile(r"<(?:br|hr|img)\b[^<>]*>|^\s*<p\b[^<>]*>", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"(?:{_BLOCK}|br|hr)")
_UNREAD = ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "button")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_IN_LINE = re.compile(r"[ \t\f]+")
_WRAPPED = re.compile(r"\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
# What WordPress replaces when it shows a text; the words of a caption are not the article's.
_SHORTCODE = re.compile(
    r"\[(caption|wp_caption|embed|gallery|audio|video|playlist)\b[^\[\]]*\].*?\[/\1\]\s*", re.DOTALL
)
_REFERENCE = re.compile(
    r"&(?:amp;)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)


def parse_html(html: str) -> HtmlElement | None:
    """Return the tree of a page; None if there is none, or if it is absurdly large."""
    tree = trafilatura.load_html(html)
    if tree is None or sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        return None
    return tree


def extract_text(tree: HtmlElement) -> str:
    """Return the text of a page's article, without menus and comments; empty without one."""
    unwrap_inline(tree)
    found = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, with_metadata=False
    )
    if found is None:
        return ""
    # An item or a cell is a line of its own, without marks that the page does not show.
    for element in found.body.iter("item", "cell"):
        element.tag = "p"
    text: str = xmltotxt(found.body, include_formatting=False)
    return text if text.strip() else ""


def as_text(value: str) -> str:
    """Return a field's text without tags and character references, if it has any.

    A field that holds a whole page gives the page's article. Text without tags stays as it is,
    to the last space.
    """
    value = _WRAPPED.sub(r"\1", value)
    if _PAGE.match(value):
        tree = parse_html(value)
        if tree is None:
            return ""
        write_out_marks(tree, tree.get("lang"))
        return extract_text(tree)
    plain = value if _has_tags(value) else _unescape(value)  # the tags may be escaped themselves
    plain = _SHORTCODE.sub("", plain) if "[/" in plain else plain
    return _unescape(_fragment_text(plain)) if _has_tags(plain) else plain


def as_line(value: str) -> str:
    """Return a headline or a name on one line, without tags and character references."""
    return " ".join(as_text(value).replace("\ufeff", "").split())


def _has_tags(text: str) -> bool:
    """Tell whether a tag is closed in it, or is one that needs no closing."""
    if "<" not in text:
        return False
    opened, closed = (
        {name.lower() for name in tag.findall(text)} for tag in (_OPENING_TAG, _CLOSING_TAG)
    )
    return bool(opened & closed or _SINGLE_TAG.search(text))


def _unescape(text: str) -> str:
    """Replace character references, escaped twice or not; `AT&T` and `?a=1&copy=2` stay."""
    return _REFERENCE.sub(lambda match: unescape(match[0].replace("&amp;", "&")), text)


def _fragment_text(html: str) -> str:
    tree = parse_html(f"<html><body>{html}</body></html>")
    if tree is None:
        return ""
    write_out_marks(tree, None)
    etree.strip_elements(tree, *_UNREAD, etree.Comment, etree.PI, with_tail=False)
    # Without <p> and <br>, as in the editor of WordPress, line breaks are those of the source.
    has_breaks = next(tree.iter("p", "br", "div"), None) is not None
    space = _SPACE if has_breaks else _SPACE_IN_LINE
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if _IS_BLOCK.fullmatch(str(element.tag)):
            pieces.append("\n")
        text = element.text if event == "start" else element.tail
        pieces.append(space.sub(" ", text or ""))
    lines = (line.strip(" ") for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)
