"""A quote with its citation in a code block, to be copied (pure)."""

import re

from discord import ui

from bot.cards.base import MAX_TEXT, Card
from bot.cards.citation import citation_parts
from bot.wording.markup import BOLD, blockquote, link_target, link_to_quote, split_at_marks
from bot.wording.phrases import Phrases
from index.answers.quote_codes import QuoteCode
from index.models import Quote, Span

_FENCE = "```"
# What Markdown would take as markup, anywhere and at the beginning of a line.
_MARKUP = re.compile(r"([\\`*_~<>\[\]|]|&(?=#?\w+;))|^([ \t]*)([#+\-=]|\d+(?=[.)]))", re.MULTILINE)


def citation_card(quote: Quote, phrases: Phrases) -> Card:
    """Return the quote and its citation as plain text and, if both fit, in Markdown, and its code.

    The code (`QuoteCode`) is what `/verify` takes.
    """
    plain = _labelled(phrases.say("citation-plain"), plain_citation(quote, phrases))
    markdown = _labelled(phrases.say("citation-markdown"), markdown_citation(quote, phrases))
    code = _labelled(phrases.say("citation-code"), str(QuoteCode.of(quote)))
    fits = len(plain) + len(markdown) + len(code) <= MAX_TEXT
    shown = (plain, markdown, code) if fits else (plain, code)
    return Card(*map(ui.TextDisplay, shown))


def plain_citation(quote: Quote, phrases: Phrases) -> str:
    """Return the quote in quotation marks, and its citation."""
    cited = ", ".join(citation_parts(quote, phrases))
    if (url := quote.citation.url) and _address(quote):
        cited = f"{cited}, {url}"
    return phrases.say("citation-quoted", quote=quote.text, citation=cited)


def markdown_citation(quote: Quote, phrases: Phrases) -> str:
    """Return the quote as a block quote, its answer in bold, and its citation with a link."""
    address = _address(quote)
    headline, *details = map(_plain_markdown, citation_parts(quote, phrases))
    linked = f"[{headline}]({link_target(address)})" if address else headline
    body = _bold_markdown(quote.text, quote.answer_in_text or Span(0, 0))
    lines = [f"> {line}".rstrip() for line in body.splitlines()]
    return "\n".join([*lines, ">", "> — " + ", ".join([linked, *details])])


def _labelled(label: str, text: str) -> str:
    # A fence in the text would end the block, and a quote must not be changed.
    block = blockquote(text) if _FENCE in text else f"{_FENCE}\n{text}\n{_FENCE}"
    return f"{label}\n{block}"


def _address(quote: Quote) -> str | None:
    url = quote.citation.url
    return link_to_quote(url, quote.text) if url else None


def _bold_markdown(text: str, answer: Span) -> str:
    first, *others = split_at_marks(text, answer)
    # After a mark no line begins: the letter stands for what comes before.
    return BOLD.join(
        [_plain_markdown(first), *(_plain_markdown(f"x{each}")[1:] for each in others)]
    )


def _plain_markdown(text: str) -> str:
    """Return Markdown that reads as the text, with no more backslashes than that takes."""
    return _MARKUP.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    inside, indent, opening = match.groups()
    if inside:
        return f"\\{inside}"
    return f"{indent}{opening}\\" if opening.isdigit() else f"{indent}\\{opening}"
