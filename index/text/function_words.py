"""Which language a question may be in, by its function words (pure)."""

import re
from collections.abc import Collection

# The most frequent ones of each language; none of a single letter, none that is an English word or
# is common in names and titles ("Los Angeles", "Van Gogh", "Al Jazeera").
_WORDS = {
    "en": """
        the an of to in on at by for from with about as is are were be been being do does
        did has have had who whom whose which what when where why how many much will would can
        could should may might must this that these those it its he his she her they their and
        or not no there if into than you your my we us our me tell am
    """,
    "de": """
        der das dem ein eine einen einem einer und ist sind waren wird werden wurde wurden haben
        hatte wer wen wem wessen wann wo wie warum wieso weshalb welche welcher welches
        viele nicht kein keine im am zum zur vom beim für nach bei aus auf über unter gegen
        durch zu sich es er sie gibt
    """,
    "es": """
        una unos unas fue fueron han había quién quien quiénes qué que cuándo cuando dónde donde
        cómo cuánto cuántos cuánta cuántas cuál cuáles por sin sobre entre desde hasta no se su
        sus está están
    """,
    "fr": """
        ou sont était avait été qui que quoi quand où pourquoi combien quel quelle quels quelles
        avec sur entre dans ne pas se ses au aux ce cette il ils
    """,
    "it": """
        il gli una dei delle alla nel nella sono stato ha hanno cosa quando come perché quanto
        quanti quante quale quali senza su tra non si
    """,
    "nl": """
        het een zijn werd werden heeft hebben wie wat wanneer waar hoe waarom welke hoeveel voor
        zonder te niet geen bij uit naar er
    """,
    "pl": """
        od jest są był była było czy kto kiedy gdzie jak dlaczego ile który która które nie się
        po za przez dla został
    """,
    "pt": """
        um uma do das nos nas ao são foi foram tem quem que quê quando onde quanto quantos
        quantas qual quais por com sem sobre entre em não se seu sua
    """,
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def may_be_in(text: str, languages: Collection[str]) -> bool:
    """Tell whether a text may be in one of these languages (ISO 639-1).

    It is not if it has more function words of other languages than of these. A text without any,
    or in a language without words here, may be.
    """
    known = frozenset().union(*(_SETS.get(each, frozenset()) for each in languages))
    others = frozenset().union(*_SETS.values()) - known
    words = _WORD.findall(text.casefold())
    return sum(word in others for word in words) <= sum(word in known for word in words)
