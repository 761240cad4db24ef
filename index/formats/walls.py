"""What a site shows in place of an article, or after its opening, is not the article.

A notice speaks to its reader ("we use cookies", "subscribe to continue"); news about cookies or
subscriptions does not. Words in quotation marks are somebody's and do not count.
"""

from lxml.html import HtmlElement

from index.formats.wall_phrases import (
    BLOCKED,
    CONSENT,
    CONSENT_BOX,
    NOTICE_HEADLINE,
    NOTICE_LINE,
    PAYWALL,
    READER,
    SIGNATURE,
)
from index.text.attribution import without_speech
from index.text.sentences import split_sentences

_LONGEST_HEADLINE = 80  # characters of a notice's
SHORT_PAGE = 1_500  # characters; a longer text is no notice
_LONGEST_NOTICE = 400  # characters of a line
_OPENING = 15  # characters; a notice comes to the point
_CUT = ("…", "...", "…]", "...]")


def is_notice(headline: str, text: str) -> bool:
    """Tell whether a page is a "not found" or an "access denied", by its headline or words."""
    if len(text) >= SHORT_PAGE or len(headline) > _LONGEST_HEADLINE:
        return False
    is_tiny = len(text) <= _LONGEST_NOTICE
    return bool(NOTICE_HEADLINE.search(headline) or (is_tiny and NOTICE_LINE.search(text)))


def drop_consent_boxes(tree: HtmlElement) -> None:
    """Remove the boxes of a page that ask for consent, by their names."""
    for box in tree.xpath(".//body//*[self::div or self::section or self::aside or self::dialog]"):
        names = f"{box.get('id') or ''} {box.get('class') or ''}"
        if CONSENT_BOX.search(names) and not box.xpath(".//h1 | .//article | .//main"):
            box.drop_tree()


def strip_walls(text: str) -> str:
    """Return the text without the notices before and after it; empty if it is a notice itself.

    The sentence that a paywall broke off goes with it.
    """
    lines = text.split("\n")
    if 2 * sum(_asks_consent(line) or _is_blocked(line) for line in lines) >= len(lines):
        return ""
    while lines and _asks_consent(lines[0]):
        del lines[0]
    notices = 0
    while lines and (_asks_consent(lines[-1]) or _asks_payment(lines[-1]) or _signs(lines[-1])):
        notices += _asks_payment(lines.pop())
    if notices and lines and lines[-1].rstrip().endswith(_CUT):
        last = lines.pop()
        whole = split_sentences(last)[:-1]
        lines += [last[: whole[-1].end]] if whole else []
    return "\n".join(lines)


def _asks_consent(line: str) -> bool:
    own = without_speech(line)
    is_short = len(line) <= _LONGEST_NOTICE
    return is_short and bool(CONSENT.search(own) and READER.search(own))


def _asks_payment(line: str) -> bool:
    return len(line) <= _LONGEST_NOTICE and bool(PAYWALL.search(without_speech(line)))


def _signs(line: str) -> bool:
    return len(line) <= _LONGEST_NOTICE and SIGNATURE.fullmatch(line.strip()) is not None


def _is_blocked(line: str) -> bool:
    own = without_speech(line)
    found = BLOCKED.search(own)
    if found is None or len(line) > _LONGEST_NOTICE:
        return False
    return found.start() <= _OPENING or bool(READER.search(own))
