"""Whether a sentence says anything (pure): a dateline, a photo credit or a question does not."""

import re

from index.answers.labels import is_label
from index.text.sentence_ends import ends_in_stop, is_question
from index.text.words import count_words

_FEWEST_WORDS = 4
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{\w+\}")  # left unfilled


def says_something(sentence: str) -> bool:
    """Tell whether a sentence says something: it has words enough, and is no credit or question.

    Nor is it a piece of a page's template, which software left unfilled.

    A question is never an answer, however like the reader's own it is: a quiz, a headline, an
    interviewer's.
    """
    sentence = sentence.strip()
    is_complete = ends_in_stop(sentence)
    if is_question(sentence) or _TEMPLATE.search(sentence):
        return False
    if is_label(sentence, is_complete=is_complete):
        return False
    words = count_words(sentence)
    # "He won." says something, "CNN —" and "By Ada Nyberg" do not.
    return words >= _FEWEST_WORDS or (words > 0 and is_complete)
