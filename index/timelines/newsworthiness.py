"""How much a sentence looks like news: features of its wording and place (pure)."""

import re
from collections.abc import Sequence

from index.search.ranking import lead_lift
from index.text.attribution import needs_sentence_before, without_speech

_SHORTEST = 50  # characters; shorter ones are headings, captions or links
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
# A news sentence stands near the beginning, repeats the headline's words, names its day, and can
# be read alone. A sentence that addresses the readers is rarely news.
LEAD = 0.8
_HEADLINE, _DAY, _NEEDS_CONTEXT, _ADDRESSES_READER = 0.4, 0.15, -0.15, -0.3


def is_declarative(sentence: str) -> bool:
    """Tell whether it is a whole sentence that makes a statement, not a question."""
    return len(sentence) >= _SHORTEST and bool(_WHOLE.fullmatch(sentence))


def names_its_day(sentence: str) -> bool:
    """Tell whether it names a day relative to its publication: "on Thursday", "today"."""
    return bool(_DAYS.search(sentence))


def talks_to_reader(sentence: str) -> bool:
    """Tell whether it addresses the readers, outside of quoted speech."""
    return bool(_TO_THE_READER.search(without_speech(sentence)))


def news_lift(
    sentence: str, terms: Sequence[str], headline: frozenset[str], sentences_before: int
) -> float:
    """Return the factor for a sentence's score; `terms` are its stems."""
    repeated = len(headline.intersection(terms)) / max(1, len(headline))
    return (
        1
        + lead_lift(LEAD, sentences_before)
        + _HEADLINE * repeated
        + _DAY * names_its_day(sentence)
        + _NEEDS_CONTEXT * needs_sentence_before(sentence)
        + _ADDRESSES_READER * talks_to_reader(sentence)
    )
