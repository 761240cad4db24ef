"""How a sentence ends, in any script (pure): with a full stop, or as a question."""

import re

# Unicode's Sentence_Terminal in the scripts of today's press, but for question marks; with the
# ellipsis and the Tibetan shad.
_STOPS = ".!…⋯‼։۔؞܀܁܂߹।॥།༎။።፨᙮។៕᠃᠉᱾᱿꓿꘎꛳꩝꩞꩟꯫。｡．﹒︒！﹗︕"
_QUESTION_MARKS = "?？﹖︖؟፧⁇⁈⁉‽⸮꘏꛷\u037e"  # the last is Greek
# Opening marks close too: „…“, »…«; French has a space before its own.
_CLOSING = re.compile("(?:\\s?[»›]|[\"'”“’‘«‹)\\]}＂＇」』）】》〉］｝〕〗〙〛｠｣〞〟﹂﹄])+$")
_ARMENIAN_COLON = re.compile("[\u0561-\u0588]:$")  # typed for the Armenian full stop
# A semicolon after a Greek word; the Armenian mark on a stressed vowel, if no statement follows the
# words that ask: «…՞…», said the mayor.
_OWN_QUESTION = re.compile("[\u0370-\u03ff\u1f00-\u1fff][\\d\\s]*;$|\u055e[^»]*(?:»[։:])?$")


def ends_in_stop(sentence: str) -> bool:
    """Tell whether it ends in a full stop, an exclamation mark or an ellipsis."""
    words = _without_closing(sentence)
    return words.endswith(tuple(_STOPS)) or _ARMENIAN_COLON.search(words) is not None


def is_question(sentence: str) -> bool:
    """Tell whether it ends in a question mark, alone or among others: "?!", "?…"."""
    words = _without_closing(sentence)
    marks = words[len(words.rstrip(_STOPS + _QUESTION_MARKS)) :]
    asks = any(mark in _QUESTION_MARKS for mark in marks)
    return asks or _OWN_QUESTION.search(words) is not None


def _without_closing(sentence: str) -> str:
    """Return the sentence without the brackets and quotation marks at its end."""
    return _CLOSING.sub("", sentence.rstrip())
