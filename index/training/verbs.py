"""Texts → words that are verbs; a question → one about something else that was done (pure).

The verb of a false premise is true of something else: "Why did he plead guilty?" of one who was
only charged.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.models import Span

_BEFORE_VERB = (
    r"will|would|can|could|should|must|might|cannot|did not|does not|(?:did|does|do|wo|could)n['’]t"
)
_AFTER = re.compile(rf"\b(?:{_BEFORE_VERB}) ([a-z]{{3,}})\b")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_NOT_VERBS = frozenset(
    _LOWER.findall(
        "also always either else ever have just later likely neither never not now often once only "
        "otherwise perhaps rather soon sometimes still then therefore"
    )
)
# Verbs that say little by themselves. Exchanged ("play place"), or in the place of another ("which
# rank does it include?"), they often leave a question that asks the same.
_LIGHT = frozenset(
    _LOWER.findall(
        "appear based become call called come consider considered find found get give have hold "
        "include included involve involved keep known live located make name named need needed put "
        "related remain remained result seem take tend turn turned use used want wanted"
    )
)
# How often a verb follows one of these at least: in all, and as a share of its occurrences.
_COUNT, _SHARE = 3, 0.03
_ASKED = re.compile(r"\b(?:did|does|do|will|would|can|could|should|to)\b", re.IGNORECASE)
_PAST = re.compile(r"\b[a-z]{2,}[^e\W]ed\b")  # some are no verbs: "hundred"


def learn_verbs(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that often follow a modal verb or "didn't": verbs in their base form.

    Those of fewer than three letters, adverbs, all that ends in -ly and verbs that say little by
    themselves are left out.
    """
    after: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for text in texts:
        after.update(_AFTER.findall(text))
        anywhere.update(_LOWER.findall(text))
    return frozenset(
        word
        for word, count in after.items()
        if count >= _COUNT
        and count > _SHARE * anywhere[word]
        and word not in _NOT_VERBS | _LIGHT
        and not word.endswith("ly")
    )


def exchange_verb(
    question: str, window: str, elsewhere: Sequence[str], verbs: frozenset[str], rng: random.Random
) -> str | None:
    """Return the question with one verb exchanged; None if it has none that can be.

    The other verb is in one of the texts `elsewhere`, and in this form neither in the question nor
    in the window that answers it.
    """
    found = _find_verb(question, verbs)
    if found is None:
        return None
    is_base = question[found.start : found.end] in verbs
    known = set(_LOWER.findall(f"{question} {window}".lower()))
    words: list[str] = sorted({one for text in elsewhere for one in _LOWER.findall(text)} - known)
    others = [each for each in words if (each in verbs if is_base else _is_past(each))]
    if not others:
        return None
    return question[: found.start] + rng.choice(others) + question[found.end :]


def _find_verb(question: str, verbs: frozenset[str]) -> Span | None:
    """Find the first word after an auxiliary or "to" that is a verb; else the first in -ed."""
    asked = _ASKED.search(question)
    words = _LOWER.finditer(question, asked.end() if asked else len(question))
    found = next((each for each in words if each[0] in verbs), None) or next(
        (each for each in _PAST.finditer(question) if _is_past(each[0])), None
    )
    return Span(*found.span()) if found else None


def _is_past(word: str) -> bool:
    return word not in _LIGHT and _PAST.fullmatch(word) is not None
