"""Decide whether a sentence continues past a full stop, or past quoted speech (pure).

sentencex knows many abbreviations of each language. These rules are for what it divides in news:
titles and ranks, hours, numbered things, initials, and the speaker named after "…?".
"""

import re

from index.text.attribution import names_speaker

_NEW_SENTENCE = (
    "The|A|An|He|She|It|They|We|I|You|This|That|These|Those|There|His|Her|Its|Their|Our|In|On|At|"
    "But|And|Or|If|When|While|After|Before|As|For|With|By|From|Both|All|No|Not|Some|Many|Most"
)
_TITLES = (
    "Drs?|Mrs?|Ms|Mmes?|Mlles?|Messrs|Prof|Sra|Srta|Dra|Gen|Brig|Maj|Col|Lt|Capt|Cmdr|Cdr|Adm|"
    "Ens|Sgt|Cpl|Pvt|Pfc|Spc|Gov|Sens?|Reps?|Amb|Atty|Asst|Rev|Revd|Msgr|Hon|Pres|Supt|Insp|Det|"
    "Cllr|Ald|Ofc|Comdr|Mt|Ft|Ste|Wm|Geo|Chas|Jas|Thos|Jos|"
    "Lic|Ing|Arq|[Ss]ig|[Ll]['’]on|[Dd]ott|[Aa]vv|P?płk|Płk|[Ii]nż|[Uu]l|Doç|Av|"
    "Bp|Br|Ven|Mgr|Sta|Sres|Gral|Cnel|Tte|[Gg]én|[Kk]s|[Śś]w|Por|Kpt|[Mm]jr|hab|woj"
)
_ZONES = (
    "ET|E[SD]T|CT|C[SD]T|MT|M[SD]T|PT|P[SD]T|GMT|UTC|BST|CES?T|EES?T|MSK|IST|JST|KST|HKT|A?E[SD]T|"
    "AST|SAST|WAT|EAT"
)
_DAYS = (
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|"
    "Jan(?:uary|\\.)|Feb(?:ruary|\\.)|March|April|May|June?|July|Aug(?:ust|\\.)|"
    "Sept(?:ember|\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.)"
)
_MONTHS = (  # in small letters, by their beginnings, in languages with a full stop after the day
    "jan|feb|mar|márc|apr|ápr|ma[ijy]|máj|jun|jún|jul|júl|aug|sep|szept|okt|nov|dec|des|"
    "led|únor|břez|dub|květ|červ|srp|září|říj|list|pros|tammi|helmi|maalis|huhti|touko|kesä|heinä|"
    "elok|syys|loka|marras|joulu|veeb|märts|siječ|velj|ožuj|trav|svib|lip|kolov|ruj|stud"
)
_VERBS = (
    "is|are|was|were|will|would|has|had|may|can|could|should|must|marks?|marked|saw|sees|brings"
)
_UNITS = (
    "mln|bln|mn|bn|trn|tn|pct|hrs?|mins?|sq|cu|ft|lbs?|oz|etc|al|inc|corp|ltd|co|dept|govt|est|"
    "[Pp]rov|univ|Uds?"
)
_CAPITAL = r"[A-ZА-ЯЁІЇЄҐЎ]"

# What stands before the boundary, and what after it.
_RULES = tuple(
    (re.compile(rf"{before}\s*$"), re.compile(after))
    for before, after in (
        # Dr. | Will Gray
        (rf"\b(?:{_TITLES})\.", rf"(?!(?:{_NEW_SENTENCE})\b)[A-ZÀ-ÖØ-Þ]"),
        # 7 a.m. | Minsk time, 9 p.m. | ET
        (r"\d\s*[ap]\.m\.", rf"(?:[A-Z][\w’'-]*\s+){{1,3}}[Tt]ime\b|(?:{_ZONES})\b"),
        # 8 p.m. | Tuesday in Brest, 4 pct. | Friday
        (r"(?:\d\s*[ap]\.m|\bpct|\bpts)\.", rf"(?:{_DAYS})(?!\w|’|'|\s+(?:{_VERBS})\b)"),
        # Tues. | Sept. 5, $3 mln. | to $4 mln., Mon. | –Fri.
        (r"\b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.", rf"(?:{_DAYS})|\d|[a-z]"),
        (rf"\b(?:{_UNITS})\.", r"[a-z]"),
        (r"\w\.", r"(?<!\s)[–—-]\w"),
        # Vol. | 3
        (
            r"\b(?:Vols?|Nos?|Figs?|pp?|[Aa]rts?|Sec|Ch|Chap|Para|Rs|Abs|Nr|[Nn]úm|ust|pkt|čl)\.",
            r"\d|[IVXLC]+\b",
        ),
        (r"\bdeg\.", r"(?:Celsius|Fahrenheit|[CF]\b)"),
        (r"\d\s*(?:Mio|Mrd)\.", r"(?:Euro|Dollar|US|Franken|Rubel|Menschen|Tonnen|[€$])"),
        # 23. | november, Louis XIV. | kam
        (r"(?<!\d)(?:\d{1,2}|(?:19|20)\d\d)\.", rf"(?:{_MONTHS})"),
        (r"\b[IVXLC]+\.", r"[a-zß-öø-ÿ]"),
        # EE. | UU.
        (r"\b([A-Z])\1\.", r"([A-Z])\1\.|[a-zß-öø-ÿ]"),
        (r"\b(?:[Рр]ис|[Тт]абл|[Сс]м|стр|гл|вып|с|п|пп|ч|ст|вул|д|кв)\.", r"\d"),
        # approx. | 300
        (r"\b(?:[Aa]pprox|vs|cf|viz|incl|esp|i\.e|e\.g)\.", r"\S"),
        # K.-J. | Bloom, В. | О. Лесной
        (rf"(?<!\w){_CAPITAL}\.(?:\s|\s?-){_CAPITAL}\.", rf"(?!(?:{_NEW_SENTENCE})\b){_CAPITAL}"),
        (r"(?<!\w)[А-ЯЁІЇЄҐЎ]\.\s?[А-ЯЁІЇЄҐЎ]\.", r"[А-ЯЁІЇЄҐЎ][а-яёіїєґў’'-]+"),
        (rf"(?<!\w){_CAPITAL}\.", rf"-{_CAPITAL}[\w]{{0,2}}\."),
        (r"(?<!\w)[А-ЯЁІЇЄҐЎ]\.", r"[А-ЯЁІЇЄҐЎ]\.\s?[А-ЯЁІЇЄҐЎ][а-яёіїєґў’'-]+"),
        (r"(?<!\w)[ІЇЄҐЎ]\.", r"[А-ЯЁІЇЄҐЎ][а-яёіїєґў’'-]+"),
        # г. | Минске, but 2022 г. ends a sentence, and so does "и т. д."
        (
            r"(?<!\d)(?<!\d\s)(?<!т\.)(?<!т\.\s)(?<!кв\.\s)(?<!куб\.\s)\b(?:г|гор|м|с|д|п|пгт|мкр)\.",
            _CAPITAL,
        ),
        # — Продадут? — спросила она. | — Когда?
        (r"[—–]\s+[а-яёіїєґў][^.?!]*\.", rf"[—–]\s+{_CAPITAL}"),
        # ул. | Ленина, «…?» | — спросила она
        (
            r"(?i:\b(?:т\. ?е|им|ім|пл|ст|ген|подполк|полк|кап|адм|св|оз|напр|корп|доц|акад|проф|"
            r"инж|зам|пос|дер|просп|пр|бул|бульв|наб|пер|ул|вул|гр|корр|канд|"
            r"лейт|серж|през|секр|тав|ред|авт|изд|тел))\.",
            r"\S",
        ),
        (r"\S", r"[—–-]\s+[a-zß-öø-ÿа-яёіїєґў]|[а-яёіїєґў]"),
    )
)
_CLOSED_SPEECH = re.compile(r"([?!….])[”»\"’']+\s*$")
_LOOK_BACK, _LOOK_AHEAD = 60, 60  # characters


def follows_abbreviation(text: str, start: int) -> bool:
    """Tell whether the full stop before `start` does not end a sentence."""
    before, end = text[max(0, start - _LOOK_BACK) : start], start + _LOOK_AHEAD
    return any(rule.search(before) and after.match(text, start, end) for rule, after in _RULES)


def follows_speech(text: str, start: int, end: int) -> bool:
    """Tell whether `start` to `end` says who spoke the words before it."""
    closed = _CLOSED_SPEECH.search(text[max(0, start - _LOOK_BACK) : start])
    if closed is None:
        return False
    return names_speaker(text[start:end].rstrip(), is_question=closed[1] != ".")
