"""Make an Article of its fields and its text, whatever the format."""

import re
from pathlib import Path

from index.errors import ArticleFormatError
from index.formats.datelines import Dateline, read_dateline
from index.formats.fields import Fields
from index.formats.languages import find_language
from index.models import Article, Span
from index.text.paragraphs import split_paragraphs
from index.text.sentences import split_sentences
from index.text.surrogates import LONE_SURROGATE

_HEADLINE_CHARACTERS = 200
_CUT_OFF = re.compile(
    r"\[\+?\s?[\d,. ]+\s?char(?:acter)?s\]\s*$|\[(?:…|\.\.\.)\]\s*$|"
    r"[\[(](?:read )?(?:more|continue reading|далее|читать далее)\s*(?:…|\.\.\.|»)?[\])]\s*$|"
    r"^\s*only available in [\w ]{1,30}plans?\W*$|(?:…|\.\.\.)\s*(?:"
    r"read (?:more|on|the (?:full|whole|rest)[\w ]{0,20})|continue reading|see more|show more|"
    r"читать (?:далее|дальше)|подробнее)\W{0,5}$",
    re.IGNORECASE,
)


def make_article(path: Path, text: str, article_id: str, fields: Fields) -> Article:
    """Return the article; what no field states is read from the text, or is unknown.

    Raises ArticleFormatError if there is no text, or a lone surrogate in any field.
    """
    headline, outlet, author = fields.line("headline"), fields.outlet(), fields.author()
    url, language = fields.address(), fields.line("language")
    if any(
        LONE_SURROGATE.search(each or "")
        for each in (article_id, text, url, headline, outlet, author, language)
    ):
        raise ArticleFormatError(path, "half of a character (a lone surrogate) in it")
    if why := fields.why_unpublished():
        raise ArticleFormatError(path, f"not published ({why})")
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise ArticleFormatError(path, "no text")
    if is_cut_off(text):
        end = " ".join(text[-60:].split())
        raise ArticleFormatError(path, f"the text is cut off (“… {end}”): export all of it")
    first = text[paragraphs[0].start : paragraphs[0].end].splitlines()[0]
    has_story = len(paragraphs) > 1
    body = int(has_story and headline is not None and first.lstrip("# ") == headline)
    if headline is None and has_story and _is_headline(text, paragraphs[0]):
        headline, body = first.lstrip("# "), 1
    dateline = read_dateline(text, paragraphs[body].start)
    return Article(
        id=article_id,
        text=text,
        headline=headline or _first_sentence(text, paragraphs, dateline),
        headline_stands_in=headline is None,
        outlet=outlet or (dateline.outlet if dateline else None),
        url=url,
        published=fields.published() or (dateline.published if dateline else None),
        place=dateline.place if dateline else None,
        language=find_language(text, language),
        author=author,
    )


def is_cut_off(text: str) -> bool:
    """Tell whether a text ends as excerpts do: "[+1200 chars]", "… Read more", "(more…)"."""
    return _CUT_OFF.search(text[-200:]) is not None


def _first_sentence(text: str, paragraphs: list[Span], dateline: Dateline | None) -> str:
    """Return the first sentence after the dateline, or the dateline if nothing follows it."""
    start = dateline.end if dateline else 0
    story = next((each for each in paragraphs if each.end > start), paragraphs[0])
    opening = text[max(start, story.start) if story.end > start else story.start : story.end]
    span = split_sentences(opening)[0]
    return " ".join(opening[span.start : span.end].split())


def _is_headline(text: str, paragraph: Span) -> bool:
    line = text[paragraph.start : paragraph.end]
    if line.startswith("# "):
        return True
    is_short = len(line) <= _HEADLINE_CHARACTERS and not line.endswith(
        (".", "!", "?", ":", ";", ",", "”")
    )
    return is_short and read_dateline(line) is None
