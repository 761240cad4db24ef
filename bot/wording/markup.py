"""Discord's own markup (pure): text shown as it is, links to a quote."""

import re
from urllib.parse import quote, urldefrag

MAX_LINK = 512
_SPECIAL = re.compile(r"([\\*_~`|>#\-+.:\[\](){}<@/!])")
_ESCAPED = re.compile(r"\\([\\*_~`|>#\-+.:\[\](){}<@/!])")
_WORDS_AT_EACH_END = 6
_SHORT_QUOTE = 80


def escape(text: str) -> str:
    """Return text that Discord shows character by character: no markup, mention, link or emoji.

    Discord takes a backslash before any ASCII punctuation as "show the next character".
    """
    return _SPECIAL.sub(r"\\\1", text)


def unescape(shown: str) -> str:
    """Undo `escape` exactly."""
    return _ESCAPED.sub(r"\1", shown)


def blockquote(text: str) -> str:
    """Return the text, escaped, as a block quote: every line of it, empty ones too."""
    return "\n".join(f"> {escape(line)}" for line in text.splitlines())


def bold(text: str) -> str:
    """Return the text, escaped, in bold; bold does not reach over a line break."""
    lines = (escape(line) for line in text.splitlines())
    return "\n".join(f"**{line}**" if line.strip() else line for line in lines)


def link(label: str, url: str) -> str:
    """Return a link whose label cannot change where it leads."""
    return f"[{escape(label)}]({link_target(url)})"


def link_target(url: str) -> str:
    """Return the address with nothing in it that would end a link."""
    return quote(url, safe=_URL_SAFE)


def link_to_quote(url: str, text: str) -> str | None:
    """Return the address with a text fragment, so that it opens at the quote.

    Longer than `MAX_LINK`, the fragment is left out; None where the address itself is longer.
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
