"""Follow-up questions (pure): whether one depends on an earlier question, and what to search for.

"And when?" has no word to search for. A question that depends on an earlier one is searched with
the names and terms of that one; a question that is complete by itself is left as it is.
"""

import re
from dataclasses import dataclass

from index.text.shortening import first_words
from index.text.terms import content_words, name_terms, split_terms

MAX_TOPIC = 200  # characters
_FEW = 2  # words that carry meaning: "which countries voted?"
_SHORT = 3  # after "what about": "what about the peacekeepers in Kazakhstan?"

_GOES_ON = re.compile(
    r"(?:and|but|or|so|also|then|plus|а|и|но|или|так|тогда|ещё|еще)\b[\s,]*", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(
    r"(?:what|how) about\b|(?:а )?(?:что|как) (?:насчёт|насчет)\b", re.IGNORECASE
)
# They refer to the earlier question. Left out are "it" and "there" if they refer to nothing
# ("is it true that", "are there any").
_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|its|the (?:same|latter|former)"
    r"|(?<!is )(?<!was )it(?! (?:is|was)\b)|(?<!are )(?<!is )(?<!were )(?<!was )there"
    r"|(?:this|these|those)(?! (?:week|month|year|morning|evening|summer|winter|spring|autumn))"
    r"|that(?=\W*$)|that (?:time|day|year|month|meeting|session|summit|deal|treaty|man|woman)"
    r"|он|она|оно|они|его|неё|нее|её|ее|ей|ему|ним|ней|нём|нем|нему|них|их|им|ими|ними"
    r"|это(?:т|го|му|й)?|этом|эта|эту|эти|этих|этим|этими|там|туда|оттуда|тот же|та же|то же)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|"
    r"кто|кого|кому|кем|ком|что|чего|чему|чем|как\w*|когда|где|куда|откуда|почему|зачем|сколько|"
    r"чей|чья|чьё|чьи)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"\W*(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)(?:n['’]t)?\b"
    r"|разве\b|неужели\b)|.*\bли\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\s)[A-ZА-ЯЁ][\w’'-]+")


@dataclass(frozen=True, slots=True)
class ConversationQuestion:
    """A question and, if it depends on earlier ones, their topic."""

    question: str
    topic: str = ""

    @property
    def text(self) -> str:
        """The question with the words of its topic that it needs, to search for."""
        if not self.topic:
            return self.question
        # With its own question word ("and when?"), it must not get a second one from the topic.
        says_what = _ASKING.search(_WHAT_ABOUT.sub("", self.question))
        words = content_words(self.topic) if says_what else self.topic.split()
        known = set(split_terms(self.question))
        added = [word for word in words if not known.intersection(split_terms(word))]
        return " ".join([self.question, *added])


def follow_up(question: str, earlier: ConversationQuestion) -> ConversationQuestion:
    """Return the question with the topic of the earlier one, if it needs that."""
    if not needs_topic(question):
        return ConversationQuestion(question)
    topics = [earlier.topic, earlier.question if split_terms(earlier.question) else ""]
    topic = " ".join(" ".join(topics).split())
    if len(topic) > MAX_TOPIC and earlier.topic:
        topic = " ".join(earlier.topic.split())  # the first question says what it is all about
    return ConversationQuestion(question, first_words(topic, MAX_TOPIC))


def asks(text: str) -> bool:
    """Tell whether a text asks: by a question mark, a question word, or a verb that comes first."""
    return "?" in text or bool(_ASKING.search(text) or _YES_OR_NO.match(text))


def needs_topic(question: str) -> bool:
    """Tell whether a question cannot be understood by itself."""
    opening = _GOES_ON.match(question.strip())
    rest = question.strip()[opening.end() :] if opening else question.strip()
    count = len(split_terms(rest))
    if count == 0 or _WHAT_ABOUT.match(rest) or _WHAT_ABOUT.match(question.strip()):
        return count <= _SHORT
    if (pronoun := _PRONOUN.search(rest)) and not _NAME.search(rest[: pronoun.start()]):
        return True
    if not opening and _ASKING.search(rest):
        return count <= _FEW and not name_terms(f"- {rest}")
    if not opening and _YES_OR_NO.match(rest):
        return count <= _FEW and not name_terms(rest)  # the first word is a verb: no name
    return count <= _FEW
