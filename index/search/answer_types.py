"""The type of answer that a question asks for, and whether a sentence contains one (pure).

"How many" asks for a number, "when" for a date, "who" or "where" for a name that is not in the
question itself. A match raises a sentence's score; it is never a filter, as "he" may be the answer.
"""

import re
from collections.abc import Container
from enum import Enum, auto

from index.text.terms import split_terms


class AnswerType(Enum):
    """The type of answer that a question asks for."""

    NUMBER = auto()
    DATE = auto()
    NAME = auto()


_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_COUNTS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|"
    "million|billion|half|twice|один|два|три|четыре|пять|десять|сто|тысяч\\w*|миллион\\w*"
)
_ASKED = {
    AnswerType.NUMBER: re.compile(
        r"\b(?:how (?:many|much|long|old|far|big|large|often|tall|fast|high)|"
        r"what (?:percentage|number|share)|сколько)\b",
        re.IGNORECASE,
    ),
    AnswerType.DATE: re.compile(
        r"\b(?:when|(?:what|which) (?:year|date|day|month|century)|когда|в каком году)\b",
        re.IGNORECASE,
    ),
    AnswerType.NAME: re.compile(
        r"\b(?:who|whom|whose|where|which (?:\w+ ){0,2}(?:person|team|city|state|country|company)|"
        r"кто|кого|кому|кем|где)\b",
        re.IGNORECASE,
    ),
}
_NUMBER = re.compile(rf"\d|\b(?:{_COUNTS})\b", re.IGNORECASE)
_DATE = re.compile(rf"(?<!\d)\d{{3,4}}s?(?!\d)|\b(?:{_MONTHS}|{_DAYS}|century|века)\b")
_NAME = re.compile(r"(?<=[^.!?\"“«] )[A-ZА-ЯЁ][\w’'-]+")  # a capital inside the sentence


def expected_type(question: str) -> AnswerType | None:
    """Return the type of answer that the question asks for, or None if its words don't say."""
    return next((kind for kind, words in _ASKED.items() if words.search(question)), None)


def holds_type(sentence: str, kind: AnswerType, terms: Container[str]) -> bool:
    """Tell whether the sentence contains this type; a name counts unless it is among `terms`."""
    if kind is AnswerType.NUMBER:
        return bool(_NUMBER.search(sentence))
    if kind is AnswerType.DATE:
        return bool(_DATE.search(sentence))
    return any(
        term not in terms for name in _NAME.findall(sentence) for term in split_terms(name)[:1]
    )
