"""Whether a sentence tells news, by its looks (pure)."""

import re
from collections.abc import Sequence

from index.search.ranking import lead_lift
from index.text.attribution import needs_sentence_before, without_speech

_SHORTEST = 50  # characters; what is shorter is a heading, a caption or a link
_WHOLE = re.compile(r"[\"“«„‘'’(\[]*[\w$£€#].*[.!…。][\"”»’')\]]*", re.DOTALL)
_DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight|"
    r"this (?:week|morning|afternoon|evening)|сегодня|вчера|на этой неделе|"
    r"во? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b",
    re.IGNORECASE,
)
# "US" and "IT" are no pronouns, so capitals count.
_TO_THE_READER = re.compile(
    r"\b(?:[Yy]ours?|[Yy]ou|[Ww]e|[Oo]ur|us|[Hh]ere(?:[’']s| is| are)|[Cc]lick|"
    r"[Вв]ы|[Вв]а[смш]\w*|[Мм]ы|[Нн]аш\w*)\b"
)
# What news does: it says at the beginning what happened, in the headline's words, and on which
# day; it can be read alone. To its readers an outlet speaks of other things.
LEAD = 0.8
_HEADLINE, _DAY, _NEEDS_CONTEXT, _ADDRESSES_READER = 0.4, 0.15, -0.15, -0.3


def is_declarative(sentence: str) -> bool:
    """Tell whether it is a whole sentence that states something, and no question."""
    return len(sentence) >= _SHORTEST and bool(_WHOLE.fullmatch(sentence))


def names_its_day(sentence: str) -> bool:
    """Tell whether it says when in the words of its day: "on Thursday", "today"."""
    return bool(_DAYS.search(sentence))


def talks_to_reader(sentence: str) -> bool:
    """Tell whether the outlet speaks to its readers, outside of quoted speech."""
    return bool(_TO_THE_READER.search(without_speech(sentence)))


def news_lift(
    sentence: str, terms: Sequence[str], headline: frozenset[str], sentences_before: int
) -> float:
    """Return the factor by which its looks lift a sentence; `terms` are its stems."""
    repeated = len(headline.intersection(terms)) / max(1, len(headline))
    return (
        1
        + lead_lift(LEAD, sentences_before)
        + _HEADLINE * repeated
        + _DAY * names_its_day(sentence)
        + _NEEDS_CONTEXT * needs_sentence_before(sentence)
        + _ADDRESSES_READER * talks_to_reader(sentence)
    )
