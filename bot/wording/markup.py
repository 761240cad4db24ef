"""Discord's markup (pure): escaped text, block quotes, links to a quote."""

import re
from urllib.parse import quote, urldefrag

import regex

MAX_LINK = 512
_SPECIAL = re.compile(r"([\\*_~`|>#\-+.:\[\](){}<@/!])")
_ESCAPED = re.compile(r"\\([\\*_~`|>#\-+.:\[\](){}<@/!])")
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


def blockquote(text: str) -> str:
    """Return the text, escaped, as a block quote, including its empty lines."""
    return "\n".join(f"> {escape(line)}" for line in text.splitlines())


def bold(text: str) -> str:
    """Return the text, escaped, in bold; every line separately, as bold ends at a line break."""
    lines = (escape(line) for line in text.splitlines())
    return "\n".join(f"**{line}**" if line.strip() else line for line in lines)


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
