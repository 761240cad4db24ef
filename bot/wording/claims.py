"""A message → its claim (pure): the sentences with the most names and content words."""

import re

from index.text.sentences import split_sentences
from index.text.shortening import first_words
from index.text.terms import name_terms, split_terms

MAX_CLAIM = 300  # characters; a longer query finds less
_NAME_COUNTS = 2  # as much as this many other words that carry meaning
_WORTH_ADDING = 0.6  # of the best sentence's weight

# Source: https://docs.discord.com/developers/reference#message-formatting
_REFERENCE = re.compile(r"<(?:@[!&]?|#|a?:\w+:|/[^:>]+:|t:|id:)[^<>\n]*>|@(?:everyone|here)\b")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(<?https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*>?\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]+>?")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,3}[ \t]+|-#[ \t]+|[-*+][ \t]+|\d+\.[ \t]+)", re.MULTILINE)
_QUOTED_LINE = re.compile(r"^[ \t]*>(?:>>)?[ \t]+", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*>>>[ \t][\s\S]*|^[ \t]*>[ \t].*$", re.MULTILINE)
_FENCE = re.compile(r"```(?:\w*\n)?")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|__|~~|\|\||`{1,2})|(?<![\w\\])_(?=\S)|(?<=\S)_(?!\w)")
_ESCAPE = re.compile(r"\\([^\w\s])")


def claim_of(content: str) -> str:
    """Return the claim of a message, at most `MAX_CLAIM` characters; empty if it has no words.

    Lines that it quotes are used only if there are no others.
    """
    text = plain_text(_QUOTED.sub("", content)) or plain_text(_QUOTED_LINE.sub("", content))
    sentences = [each for line in text.splitlines() for each in _sentences(line)]
    weights = [_weight(each) for each in sentences]
    if not sentences:
        return ""
    chosen: set[int] = set()
    best = max(weights)
    for row in sorted(range(len(sentences)), key=lambda row: -weights[row]):
        length = sum(len(sentences[each]) + 1 for each in (*chosen, row)) - 1
        if not chosen or (weights[row] >= _WORTH_ADDING * best and length <= MAX_CLAIM):
            chosen.add(row)
    words = " ".join(sentences[row] for row in sorted(chosen)).split()
    return first_words(" ".join(words), MAX_CLAIM)


def plain_text(content: str) -> str:
    """Return the words of a message, without markup, mentions, emoji and addresses."""
    text = _FENCE.sub("\n", content)
    text = _REFERENCE.sub(" ", _ADDRESS.sub(" ", _LINK.sub(r"\1", text)))
    text = _ESCAPE.sub(r"\1", _MARKS.sub("", _LINE_MARK.sub("", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if any(map(str.isalnum, line)))


def _sentences(line: str) -> list[str]:
    spans = split_sentences(line, limit=MAX_CLAIM)
    sentences = [line[each.start : each.end] for each in spans]
    return [each for each in sentences if any(map(str.isalnum, each))]


def _weight(sentence: str) -> int:
    return len(set(split_terms(sentence))) + _NAME_COUNTS * len(name_terms(sentence))
