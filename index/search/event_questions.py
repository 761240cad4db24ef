"""Questions that ask what happened or what is new, in English and Russian → of what (pure)."""

import re

_MAIN = r"main|top|big|biggest|major|key|(?:most\s+)?(?:important|recent)|latest|newest"
_NOUN = r"(?:news|events?|stories|story|headlines|developments|updates?)"
_NEWS = rf"(?:(?:{_MAIN})\s+)?{_NOUN}"
_NEWS_RU = r"(?:(?:главн|основн|важн|последн|ключев|свеж)\w+\s+)?(?:новост|событи)\w+"
_ABOUT = r"(?:\s+(?:of|for|from|on|in|about|with|at|regarding)\b)"


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{form}(?P<topic>.*)", re.IGNORECASE) for form in forms)


_WHAT_IS_NEW = _forms(
    r"what(?:['’]s|\s+(?:is|was)|\s+has\s+been)?\s+(?:new|the latest)"
    rf"(?:\s+{_NEWS})?(?:{_ABOUT}|\W*$)",
    rf"(?:(?:is|are|was|were)\s+there\s+)?(?:any|the)\s+{_NEWS}(?:{_ABOUT}|\W*$)",
    rf"(?:(?:{_MAIN})\s+{_NOUN}|news|headlines)(?:{_ABOUT}|\W*$)",
    rf"(?:what|which)(?:['’]s|\s+(?:is|are|was|were))?\s+(?:the\s+)?{_NEWS}(?:{_ABOUT}|\W*$)",
    r"что\s+(?:(?:был[оа]?|есть)\s+)?(?:нового|интересного|важного)\b",
    rf"(?:как(?:ие|ая)\s+)?(?:(?:были|есть)\s+)?{_NEWS_RU}(?=\W*$|\s+(?:об?|с|в|во|на|из|за|от|по)\b)",
)
_WHAT_HAPPENED = _forms(
    r"what(?:\s+else)?(?:['’]s|\s+(?:is|was|has|have|had))?\s+(?:been\s+)?"
    r"(?:happen\w*|going on|gone on|went on|took place|taken place|occurred)\b",
    rf"(?:what|which)\s+{_NEWS}(?:\s+(?:happened|took place|occurred|there were))\b",
    r"what\s+(?:is|was|were)\s+in\s+the\s+news\b",
    r"что\s+(?:ещ[её]\s+|же\s+)?(?:произошло|случилось|происходило|происходит|было)\b",
    r"что\s+с?делал[аио]?\b",
    rf"какие\s+{_NEWS_RU}\s+(?:произошли|случились|были)\b",
)
_WHAT_SOMEBODY_DID = re.compile(
    r"what\s+(?:did|has|have|was|were)\s+(?P<topic>(?:\S+\s+){0,3}(?!(?:to|been)\b)\S+)\s+"
    r"(?:do|done|been doing|doing|up to)\W*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\W*(?:(?:so|and|but|tell me|а|и|но)\b\W*)?", re.IGNORECASE)


def topic_of_news(question: str) -> str | None:
    """Return the topic of a question for news, empty for any; None if it asks for something else.

    "What is the latest on the talks" returns "the talks".
    """
    return _topic(question, _WHAT_IS_NEW)


def topic_of_events(question: str) -> str | None:
    """Return what a question asks the events or the news of, empty for anything; else None.

    It is without its period: "what happened in Minsk", asked of a day, returns "in Minsk".
    """
    return _topic(question, (*_WHAT_IS_NEW, *_WHAT_HAPPENED, _WHAT_SOMEBODY_DID))


def _topic(question: str, forms: tuple[re.Pattern[str], ...]) -> str | None:
    text = _OPENING.sub("", " ".join(question.split()), count=1)
    found = (form.fullmatch(text) for form in forms)
    return next((match["topic"].strip(" ?!.,;:") for match in found if match), None)
