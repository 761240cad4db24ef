"""Whether a sentence says anything (pure): a dateline, a photo credit or a question does not."""

import re

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 4
_CLOSING = r"[\"”»’')\]]*$"
_STOPS = re.compile(rf"[.!…]{_CLOSING}")
_ASKS = re.compile(rf"\?{_CLOSING}")
_PICTURE = (
    r"(?:photo(?:graph)?|picture|image|illustration|video|graphic|credit|source|"
    r"фото(?:графия)?|иллюстрация|источник)s?"
)
_AGENCY = r"(?:getty(?: images)?|shutterstock|reuters|afp|ap|epa|tass|тасс|imago|zuma(?: press)?)"
# "Photo: A. Nyberg." is a credit however it ends; "Photos show the bridge" and "… he told Reuters"
# only if they end without a stop.
_CREDIT = re.compile(rf"\W*{_PICTURE}(?:\s+by\b|\s*[:/©])", re.IGNORECASE)
_CREDIT_IF_OPEN = re.compile(rf"{_PICTURE}\b|.*\b{_AGENCY}\W*$", re.IGNORECASE)
_DATELINE = re.compile(r".*[—–-]\s*$")  # before the text of a story, on a line of its own
_LONGEST_LABEL = 100  # characters
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{\w+\}")  # left unfilled


def says_something(sentence: str) -> bool:
    """Tell whether a sentence says something: it has words enough, and is no credit or question.

    Nor is it a piece of a page's template, which software left unfilled.

    A question is never an answer, however like the reader's own it is: a quiz, a headline, an
    interviewer's.
    """
    sentence = sentence.strip()
    is_complete = _STOPS.search(sentence) is not None
    if _ASKS.search(sentence) or _TEMPLATE.search(sentence):
        return False
    if _is_label(sentence, is_complete=is_complete):
        return False
    words = len(_WORD.findall(sentence))
    # "He won." says something, "CNN —" and "By Ada Nyberg" do not.
    return words >= _FEWEST_WORDS or (words > 0 and is_complete)


def _is_label(sentence: str, *, is_complete: bool) -> bool:
    """Tell whether it is a credit or a dateline."""
    if len(sentence) > _LONGEST_LABEL:
        return False
    patterns = (_CREDIT,) if is_complete else (_CREDIT, _CREDIT_IF_OPEN, _DATELINE)
    return any(each.match(sentence) for each in patterns)
