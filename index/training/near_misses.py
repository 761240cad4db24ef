"""A question → one like it that the same paragraph does not answer (pure).

A name, a figure or a date is exchanged for another of its kind, a word for its opposite, or the
question is negated: the ways in which SQuAD 2.0's authors made theirs (Rajpurkar et al. 2018,
table 2), of which readers' false premises are made too. Or another verb says what was done, or it
asks when, where or why instead.
"""

import random
import re
from collections.abc import Sequence

from index.training.verbs import exchange_verb

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
# The order matters: a year is a figure too.
_KINDS = {
    "month": re.compile(rf"\b(?:{_MONTHS})\b"),
    "day": re.compile(rf"\b(?:{_DAYS})\b"),
    "year": re.compile(r"(?<![\d.,])(?:1[0-9]|20)\d\d(?:s)?(?![\d.,]?\d)"),
    "figure": re.compile(r"(?<![\d.,])[$€£]?\d+(?:[.,]\d+)*(?:%| ?(?:million|billion|percent))?"),
    "name": re.compile(
        r"(?<=[a-z,;(”\"] )(?:[A-Z][\w’'-]+|[A-Z]{2,})"
        r"(?: (?:of |de |van |von |al-|the )?[A-Z][\w’'.-]*\w)*"
    ),
}
_OPPOSITES = """
    first/last oldest/youngest largest/smallest biggest/smallest highest/lowest most/least
    more/less more/fewer before/after increase/decrease increased/decreased rise/fall rose/fell
    win/lose won/lost winner/loser begin/end began/ended start/stop started/stopped open/close
    opened/closed join/leave joined/left accept/reject accepted/rejected approve/veto
    approved/vetoed support/oppose supported/opposed allow/ban allowed/banned buy/sell bought/sold
    hire/fire hired/fired appoint/dismiss appointed/dismissed arrive/leave arrived/left north/south
    east/west northern/southern eastern/western male/female men/women man/woman mother/father
    son/daughter brother/sister wife/husband king/queen early/late earlier/later above/below
    inside/outside public/private legal/illegal guilty/innocent convicted/acquitted agree/disagree
    agreed/disagreed succeed/fail succeeded/failed strong/weak stronger/weaker import/export
    enter/leave entered/left attack/defend attacked/defended create/destroy created/destroyed
    build/demolish built/demolished raise/lower raised/lowered expand/shrink expanded/shrunk
    gain/lose gained/lost advantage/disadvantage cause/prevent caused/prevented include/exclude
    included/excluded major/minor maximum/minimum old/new rich/poor long/short same/different
    borrow/lend borrowed/lent die/survive died/survived confirm/deny confirmed/denied
    announce/conceal release/withhold free/jail launched/cancelled launch/cancel
"""
_OPPOSITE = {
    one: other
    for pair in _OPPOSITES.split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
}
_STEM = 4  # characters at least
_UNITS = {"million", "billion", "percent"}
_WORD = re.compile(r"[A-Za-z]+")
_AUXILIARIES = "did|does|do|was|were|is|are|has|have|had|will|would"
_AUXILIARY = re.compile(rf"\b(?:{_AUXILIARIES}|can|could|should)\b", re.IGNORECASE)

_ADVERB = re.compile(rf"(?:when|where|why|how)(?= (?:{_AUXILIARIES})\b)", re.IGNORECASE)
# Signs that a text says when, where or why; places in lower case ("in the kitchen") are missed.
_SIGNS = {
    "when": re.compile(
        rf"\d|\b(?:{_MONTHS}|{_DAYS}|(?:yester|to)?day|tonight|tomorrow|weeks?|months?|years?|century|"
        r"decades?|ago|since|until|during|while|when|after|before|once|recently|now|soon|earlier|"
        r"later|early|morning|evening|night|spring|summer|autumn|winter)\b",
        re.IGNORECASE,
    ),
    "where": re.compile(
        r"\b(?i:in|at|near|from|outside|inside|into|on|across|to)\s+(?:the\s+)?(?:\w+\s+)?[A-Z]|"
        r"\b(?i:where|there|here|home|abroad)\b"
    ),
    "why": re.compile(
        r"\b(?:because|due|since|as|so|causes?|caused|causing|reasons?|why|thanks|results?|"
        r"resulted|resulting|amid|led|leads?|leading|therefore|thus|hence|motivated|inspired|"
        r"prompted|after|for|in order)\b|\bto [a-z]{3,}\b",
        re.IGNORECASE,
    ),
}


def make_near_miss(
    question: str,
    window: str,
    paragraph: str,
    elsewhere: Sequence[str],
    verbs: frozenset[str],
    rng: random.Random,
) -> str | None:
    """Return the question changed in one of these ways; None if in none of them it can be.

    `window` is the part of the `paragraph` that answers it, `elsewhere` other texts about the same
    subject, `verbs` are words in their base form.
    """
    # 20 % opposites, 4 % negated, 18 % adverbs, 18 % verbs; all that can't, and the rest, mentions
    chance, changed = rng.random(), None
    if chance < 0.2:
        changed = exchange_opposite(question, rng)
    elif chance < 0.24:
        changed = negate(question)
    elif chance < 0.42:
        changed = exchange_adverb(question, window, rng)
    elif chance < 0.6:
        changed = exchange_verb(question, window, elsewhere, verbs, rng)
    if changed:
        return changed
    return exchange_mention(question, paragraph if rng.random() < 0.5 else "", elsewhere, rng)


def mentions(text: str) -> dict[str, list[str]]:
    """Return the names, figures and dates of a text by kind, in order, each once."""
    found: dict[str, list[str]] = {}
    rest = text
    for kind, pattern in _KINDS.items():
        found[kind] = list(dict.fromkeys(pattern.findall(rest)))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    return found


def exchange_mention(
    question: str, near: str, elsewhere: Sequence[str], rng: random.Random
) -> str | None:
    """Return the question with one mention exchanged; None if it has none that can be.

    The other mention comes from the text `near`, or from those of `elsewhere`, and is not in the
    question already.
    """
    of_question = mentions(question)
    options = [(kind, one) for kind, found in of_question.items() for one in found]
    rng.shuffle(options)
    for kind, one in options:
        for text in (near, *rng.sample(list(elsewhere), min(3, len(elsewhere)))):
            others = [each for each in mentions(text)[kind] if _is_other(each, question)]
            if others and (changed := _replace(question, one, rng.choice(others))) != question:
                return changed
    return None


def _replace(question: str, mention: str, other: str) -> str:
    """Exchange the mention, but not the same letters in another word: "May" in "Mayor", "19th"."""
    return re.sub(rf"(?<!\w){re.escape(mention)}(?!\w)", lambda _: other, question)


def _is_other(mention: str, question: str) -> bool:
    """Tell whether they share no word and no stem: two sums in millions differ by their figures."""
    words = {word.casefold() for word in mention.split()} - _UNITS
    found = re.findall(r"[\w’'$€£%.,-]+", question)
    asked = {word.casefold().strip(".,") for word in found}
    return not any(_is_akin(one, other) for one in words for other in asked)


def _is_akin(one: str, other: str) -> bool:
    """Tell whether one begins as the other: "Armenia" and "Armenian", "1840" and "1840s"."""
    shorter = min(len(one), len(other))
    return one == other or (shorter >= _STEM and one[:shorter] == other[:shorter])


def exchange_opposite(question: str, rng: random.Random) -> str | None:
    """Return the question with one word exchanged for its opposite; None without such a word."""
    found = [each for each in _WORD.finditer(question) if each[0].lower() in _OPPOSITE]
    if not found:
        return None
    word = rng.choice(found)
    other = _OPPOSITE[word[0].lower()]
    other = other.capitalize() if word[0][0].isupper() else other
    return question[: word.start()] + other + question[word.end() :]


def negate(question: str) -> str | None:
    """Return the question with its first auxiliary verb negated; None without one."""
    found = _AUXILIARY.search(question)
    if found is None or re.search(r"\bnot\b|n['’]t\b", question):
        return None
    return f"{question[: found.end()]} not{question[found.end() :]}"


def exchange_adverb(question: str, window: str, rng: random.Random) -> str | None:
    """Return the question asking when, where or why instead, if the window has no sign of that.

    None if the question doesn't begin with when, where, why or how and an auxiliary verb, or if the
    window has signs of each of the others.
    """
    found = _ADVERB.match(question)
    if found is None:
        return None
    others = [
        word
        for word, signs in _SIGNS.items()
        if word != found[0].lower() and not signs.search(window)
    ]
    if not others:
        return None
    other = rng.choice(others)
    is_capital = question[0].isupper()
    return (other.capitalize() if is_capital else other) + question[found.end() :]
