"""Discord's markup (pure): escaped text, parts of it marked, block quotes, links to a quote."""

import re
import string
import unicodedata
from collections.abc import Iterator
from itertools import chain, pairwise
from urllib.parse import quote, urldefrag

import regex

from index.models import Span

MAX_LINK = 512
BOLD, UNDERLINED = "**", "__"
_SPECIAL = re.compile(r"([\\*_~`|>#\-+.:\[\](){}<@/!])")
_ESCAPED = re.compile(r"\\([\\*_~`|>#\-+.:\[\](){}<@/!])")
_ESCAPED_OR_MARK = re.compile(rf"{_ESCAPED.pattern}|\*\*|__")
_EMOJI = (
    r"(?:\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}|\p{Emoji_Modifier})"
    r"(?:[\uFE0E\uFE0F\u20E3\p{Emoji_Modifier}\U000E0020-\U000E007F]"
    r"|\u200D\p{Extended_Pictographic})*"
)
# With one of these in its label, Discord shows a link of a card as raw Markdown.
# Sources: https://github.com/discord/discord-api-docs/issues/7673 (emoji), …/7721 (addresses)
_BREAKS_A_LINK = regex.compile(rf"({_EMOJI}|https?://[^\s()<>]+)", regex.IGNORECASE)
_BARE_LABEL = "→"
_WORDS_AT_EACH_END = 6
_SHORT_QUOTE = 80


def escape(text: str) -> str:
    """Escape text so that Discord shows every character and no markup, mention, link or emoji.

    A backslash before ASCII punctuation makes Discord show the next character.
    """
    return _SPECIAL.sub(r"\\\1", text)


def unescape(shown: str) -> str:
    """Undo `escape` exactly."""
    return _ESCAPED.sub(r"\1", shown)


def blockquote(text: str, answer: Span | None = None) -> str:
    """Return the text, escaped, as a block quote, including its empty lines.

    The characters of `answer` are in bold, as far as `split_at_marks` allows it.
    """
    shown = marked(text, (BOLD, answer)) if answer else escape(text)
    return "\n".join(f"> {line}" for line in shown.splitlines())


def marked(text: str, *marks: tuple[str, Span]) -> str:
    """Return the text, escaped, with marks around each span; an outer span comes first.

    Marks are set as far as `split_at_marks` allows it.
    """
    opening, closing = dict[int, str](), dict[int, str]()
    for mark, span in marks:
        for start, end in _markable(text, span):
            opening[start] = opening.get(start, "") + mark
            closing[end] = mark + closing.get(end, "")
    cuts = sorted({0, len(text), *opening, *closing})
    shown = [
        opening.get(start, "") + escape(text[start:end]) + closing.get(end, "")
        for start, end in pairwise(cuts)
    ]
    return "".join(shown)


def unmark(shown: str) -> str:
    """Undo `marked` exactly."""
    return _ESCAPED_OR_MARK.sub(lambda found: found[1] or "", shown)


def split_at_marks(text: str, span: Span) -> list[str]:
    """Return the text in parts; the second, the fourth and so on are to be marked.

    The span is marked line by line, without the white space around it. A line is left unmarked if
    asterisks there would not be bold in every Markdown, as between a letter and a bracket, or would
    separate a letter from its accent.
    """
    cuts = [0, *chain.from_iterable(_markable(text, span)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _markable(text: str, span: Span) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        first, last = max(span.start - start, 0), max(span.end - start, 0)
        part = line[first:last]
        first += len(part) - len(part.lstrip())
        last = first + len(part.strip())
        if _can_be_marked(line, first, last):
            yield Span(start + first, start + last)
        start += len(line)


def _can_be_marked(line: str, first: int, last: int) -> bool:
    """Tell whether marks around these characters of a line work in every Markdown.

    Source: "left-flanking" and "right-flanking" in https://spec.commonmark.org/0.31.2/. Discord's
    own rule is less strict, but not documented, and copied Markdown is shown by other programs.
    """
    if first >= last:
        return False
    ends = {0, *(found.end() for found in regex.finditer(r"\X", line))}
    before, after = line[:first][-1:], line[last:].splitlines()[0][:1] if line[last:] else ""
    return (
        {first, last} <= ends
        and (line[first].isalnum() or _divides(before))
        and (line[last - 1].isalnum() or _divides(after))
    )


def _divides(character: str) -> bool:
    """Tell whether a character separates words; "" stands for the end of a line."""
    if not character or character in string.punctuation:
        return True
    return unicodedata.category(character)[0] in "PZ"


def link(label: str, url: str) -> str:
    """Return the label, escaped, as a link; nothing in it can change where the link leads.

    If it contains an emoji or an address, which Discord does not show in a link, the longest part
    without one is the link.
    """
    pieces = _BREAKS_A_LINK.split(label)  # every other one can be linked
    longest = max(range(0, len(pieces), 2), key=lambda each: len(pieces[each].strip()))
    before, part, after = "".join(pieces[:longest]), pieces[longest], "".join(pieces[longest + 1 :])
    before += part[: len(part) - len(part.lstrip())]
    after = part.lstrip()[len(part.strip()) :] + after
    linked = escape(part.strip()) or _BARE_LABEL
    return f"{escape(before)}[{linked}]({link_target(url)}){escape(after)}"


def link_target(url: str) -> str:
    """Return the address with every character escaped that would end a link."""
    return quote(url, safe=_URL_SAFE)


def link_to_quote(url: str, text: str) -> str | None:
    """Return the address with a text fragment, so that it opens at the quote.

    Without the fragment if it would exceed `MAX_LINK`; None if the address alone does.
    Source: https://wicg.github.io/scroll-to-text-fragment/
    """
    base, anchor = urldefrag(url)
    fragment = f"{anchor}:~:text={_text_directive(text)}"
    for address in (f"{base}#{fragment}", url):
        if len(link_target(address)) <= MAX_LINK:
            return address
    return None


def _text_directive(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and len(text) <= _SHORT_QUOTE:
        return _percent(text)
    first = " ".join(lines[0].split()[:_WORDS_AT_EACH_END])
    last = " ".join(lines[-1].split()[-_WORDS_AT_EACH_END:])
    return f"{_percent(first)},{_percent(last)}"


def _percent(text: str) -> str:
    # A dash is syntax in a text directive, and `quote` leaves it as it is.
    return quote(text, safe="").replace("-", "%2D")


_URL_SAFE = "%/:?#[]@!$&'*+,;=~"
