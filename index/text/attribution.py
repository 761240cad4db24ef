"""Decide whether a sentence needs its neighbour to show who is meant or who speaks (pure)."""

import re
from itertools import islice

# He, she, they … as the subject of a sentence's opening, before any name.
_PRONOUN = re.compile(
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|он|она|они|его|её|ее|их)\b",
    re.IGNORECASE,
)
_WORD, _OPENING_WORDS = re.compile(r"[\w-]+"), 7
_SPEECH = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_SAID = (
    r"(?:said|says|told|added|adds|noted|explained|stressed|warned|wrote|tweeted|replied|argued|"
    r"claimed|continued|insisted|recalled|testified)"
)
_SAID_RU = r"(?:сказал|заявил|отметил|добавил|подчеркнул|сообщил|пояснил|рассказал|написал)[аи]?"
_PRONOUN_SAID = re.compile(
    rf"\b(?:he|she|they)\s+(?:\w+\s+)?{_SAID}\b|\b{_SAID}\s+(?:he|she|they)\b|"
    rf"\b{_SAID_RU}\s+(?:он|она|они)\b|\b(?:он|она|они)\s+{_SAID_RU}\b",
    re.IGNORECASE,
)
# "Rosa Field of the union asked.", "union leader Rosa Field shouted from the gallery."
_SPEAKER = (
    r"(?:the\s+)?(?:[a-z-]+\s+){0,4}"
    r"[A-ZÀ-ÖØ-Þ](?:[^.!?;:“”\"]|(?<=[A-Za-z])\.(?=\s?[A-Za-z])){0,90}?\s"
)
_NAMED = r"(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*\s+){1,4}"
_CALLED = "asked|asks|shouted|yelled|cried|exclaimed|demanded|inquired|enquired|screamed|chanted"
_STATED = (
    "said|says|wondered|replied|answered|quipped|joked|called|tweeted|wrote|posted|declared|"
    "insisted|added|noted|pleaded|urged|warned|recalled|responded|retorted|snapped|whispered|"
    "muttered|wanted to know|queried|vowed|thundered|bellowed|fumed|sighed|remarked|commented|"
    "mused|protested|interjected|promised|begged|countered|told"
)
_TO_WHOM = (
    r"(?:\s+(?:\w+ly|back|aloud|again|later|him|her|them|us|me|reporters|journalists|"
    r"(?:the|his|her|their)\s+[\w’'-]+))?"
)
_HOW = (
    r"(?:,?\s+(?:of|on|in|at|from|during|after|before|as|while|when|with|later|again|to)"
    r"\s[^.!?]{1,80})?[.!?,]?"
)
_AFTER_QUESTION = re.compile(rf"{_SPEAKER}(?:{_CALLED}|{_STATED}){_TO_WHOM}{_HOW}")
_AFTER_STATEMENT = re.compile(
    rf"{_SPEAKER}(?:{_CALLED}){_TO_WHOM}{_HOW}|{_NAMED}(?:{_CALLED}|{_STATED})[.!?,]?"
)
_SIGNED = re.compile(r"[—–]\s*(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*[\s,]*){1,5}")  # “Why now?” — Rosa Field.
_SAYS_MORE = re.compile(
    r"\b(?:that|whether|how|why|what|if|about|nothing|no|yes|not|he|she|they|"
    r"(?<!wanted )to\s+(?!(?:the|reporters|journalists|him|her|them|us|me)\b)\w+)\b"
)
_NAME_INSIDE = re.compile(r"\s[A-ZА-ЯЁ]\w")


def needs_sentence_before(sentence: str) -> bool:
    """Tell whether it opens with a pronoun, has "he said" for its speaker, or is only speech."""
    if opens_with_pronoun(sentence):
        return True
    narration = without_speech(sentence)
    if narration != sentence and (opens_with_pronoun(narration) or is_only_speech(sentence)):
        return True
    pronoun = _PRONOUN_SAID.search(narration)
    return pronoun is not None and not _NAME_INSIDE.search(narration[: pronoun.start()])


def names_speaker(sentence: str, *, is_question: bool) -> bool:
    """Tell whether it only says who has just spoken.

    `is_question`: the speech ended with a question or exclamation mark. After a full stop, "said
    on Monday …" begins a sentence of its own.
    """
    if _SIGNED.fullmatch(sentence):
        return True
    form = _AFTER_QUESTION if is_question else _AFTER_STATEMENT
    return bool(form.fullmatch(sentence)) and not _SAYS_MORE.search(sentence)


def without_speech(sentence: str) -> str:
    """Return the sentence without its quoted speech."""
    return _SPEECH.sub(" ", sentence)


def is_only_speech(sentence: str) -> bool:
    """Tell whether all of it is quoted speech, so that it doesn't say who speaks."""
    return bool(_SPEECH.search(sentence)) and not re.search(r"\w", without_speech(sentence))


def opens_with_pronoun(sentence: str) -> bool:
    """Tell whether one of the first words is a pronoun, with no name before it."""
    for place, match in enumerate(islice(_WORD.finditer(sentence), _OPENING_WORDS)):
        word = match[0]
        if _PRONOUN.fullmatch(word):
            return True
        if place > 0 and word[0].isupper():
            return False
    return False
