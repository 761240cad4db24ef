"""Credits, datelines and bylines (pure): lines that say where words or a picture are from.

A line is compared by its shape, in which a letter stands for the kind of each word, # for a number,
and marks stay: "Ada Nyberg/AFP" is `nn/a`, "OSLO, Nov. 23 (AP)" `c,t.#(a)`. So a pattern says of
which kinds of words a label is made; ordinary ones (`w`) and verbs that tell (`v`) are rare in it.
"""

import re

from index.text.agencies import NEWS_AGENCIES, PICTURE_AGENCIES, pattern_of

_LONGEST_CAPTION = 100  # characters of a credit with a caption; a longer one says something
# The kinds of words, in small letters too. Beside them, "a" is a news agency, "g" a picture agency,
# "c" a word in capitals, "n" another that begins with one, and "w" any other.
_KINDS = {
    # Pictures.
    "f": """
        photo photos photograph photographs picture pictures image images illustration video videos
        graphic graphics credit credits screenshot file pool stock фото фотография фотографии
        фотохроника иллюстрация снимок видео скриншот світлина foto fotos fotografía crédit crédito
        bild imagen imagem immagine photographie zdjęcie fot
    """,
    "k": "courtesy handout",
    "s": """
        source sources caption quelle fuente fonte źródło источник джерело автор автора авторы
        текст подпись
    """,
    "b": "by предоставлено предоставлена предоставлены",
    # What is done by somebody, and as what.
    "j": """
        story analysis opinion review text words interview reporting editing writing written
        compiled produced provided supplied released taken contributed submitted staff special
        writer reporter correspondent editor contributor
    """,
    "u": "updated published posted modified обновлено опубликовано",
    "y": "copyright",
    # Small words between names.
    "p": """
        of for from and via at on in with de del della di da dos du des le la les van von
        der den bin ibn al el y e p.m a.m и из для через от к в с г
    """,
    "l": "the a an",
    # Those of a sentence.
    "v": """
        is are was were be has have had will would can could might say says said tell tells told
        show shows showed сообщил сообщила сообщили сообщило сказал сказала заявил заявила заявили
        был была было были будет будут показал показала показали показало
    """,
    # Days and months.
    "t": """
        monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        янв фев мар апр июн июл авг сен сент окт ноя нояб дек
        січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    """,
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_KIND_OF |= dict.fromkeys(NEWS_AGENCIES, "a") | dict.fromkeys(PICTURE_AGENCIES, "g")
_OF_WORDS = frozenset(name for name in NEWS_AGENCIES | PICTURE_AGENCIES if re.search("[ /]", name))
# What stands before "updated" in a label; a person, outlet or company there has published a work.
_BEFORE_UPDATED = r"last|first|originally|story|article|page|впервые|последний раз"
_WORD = re.compile(
    r"\d[\d.:]*(?:st|nd|rd|th| ?[ap]m| года)?\b|"
    rf"\b(?:(?:{_BEFORE_UPDATED})\s+)+(?P<updated>{'|'.join(_KINDS['u'].split())})\b|"
    rf"\b{pattern_of(_OF_WORDS)}\b|[^\W\d_]\w*(?:['’.-]\w+)*",
    re.IGNORECASE,
)
_CONTRACTION = re.compile(
    r"(?:I|you|she|he|it|we|they|that|there|here|what|who)['’](?:m|s|re|ve|ll|d)", re.IGNORECASE
)

_N = r"(?:[ncagfktplbj&]\.?)"  # a word of a name, or between names
_AGENCY = r"(?:[ag](?:\.?[cn]){0,2})"
_PLACE = r"(?:[cn]\.?){1,3}(?:[,/](?:[cn]\.?){1,3})*"
_DAY = r"(?:t\.?,?)?(?:#\.?t|t\.?#)(?:\.?,?#)?p?\.?"
_ANY_DAY = r"(?:#\.?[tnw]|[tnw]\.?#)(?:,?#)?[pw]?\.?"  # in any language
_M = r"[^\w#]*"  # marks between the parts of a dateline
_STAMP_MARKS = r"[:,.|(/•·–—-]*"  # no "$", which begins an amount
_REST = r"(?:[^wv]|#w)*"
# Updated on Nov. 24 · Published by Ada Nyberg in 2022 · Updated: Oslo, 15:45; not "12 345 novels"
_UPDATED = (
    rf"u(?:{_STAMP_MARKS}[pl]{{0,2}}|:?[bag][^wv#]*|:{_REST})"
    rf"(?:t[^wv#]*#|#(?:[.,]?#)*+(?![w%])){_REST}"
)
# A day or a time that can be nothing else: Nov. 24 · 24 November · 3:45 PM · 24.11.2022 15:45
_AT_ONCE = r"(?:(?:t\.?,?){1,2}#|#,?t|#p\.|#c{1,2}(?![a-z])|##(?!w)|#(?P<sign>[/-])#(?P=sign)#)"
# Credits, bylines and datelines.
_OF_NAMES = (
    rf"{_N}{{1,8}}(?:/+{_N}{{1,8}})+",  # Ada Nyberg/Associated Press
    rf"{_N}+(?:[,|(—–:-]p?|p)l?{_AGENCY}\)?",  # Ada Nyberg, Reuters
    rf"{_N}*gn{{0,2}}",  # Ada Nyberg Getty Images North America
    r"(?=.*[fgk])(?=.*/)[^wv#]+",  # (AP Photo/Ada Nyberg) (Photo: Ada Nyberg, AP)
    r"[agfkpl]*[ag][agfkpl]*",  # AFP via Getty Images
    rf"{_N}*k{_N}*",  # Courtesy of Alder Bay Museum
    r"[kf]*f[kf]*j?b(?!f)(?:[^wv]*w){0,3}[^wv]*",  # Handout photo by the town museum
    r"[kf]*kp(?:[^wv,]*w){0,3}[^wv]*",  # Photo courtesy of the town museum
    r"j?[kf]+(?:pl?w|s)?",  # Contributed photo · Фото из архива
    r"(?:j(?:pj)?)?b(?=.*[nc])[^wv\"“”«»]+",  # Reporting by Ada Nyberg, Coast Wire; editing by …
    _UPDATED,  # Last updated on Nov. 24 at 3:45 PM ET
    rf"[nw]u{_STAMP_MARKS}{_AT_ONCE}{_REST}",  # Guide updated Nov. 24; not "Joyce published …"
    rf"(?:#[cp]{{0,2}},?)?{_DAY}(?:,?p?#[cp]{{0,2}})?",  # 3:45 PM ET, Thu November 24, 2022
    # LONDON, Nov. 23 · KYIV, Ukraine (CNN) November 23, 2022 · МОСКВА, 23 ноя – РИА Новости
    rf"(?=c){_PLACE}{_M}(?:{_DAY}|t){_M}(?:{_AGENCY}|\([cn]+)?\)?",
    rf"(?=c){_PLACE}(?:\([cn]+\)|\.{_AGENCY})(?:{_M}{_DAY})?",  # OSLO (Coast Wire)
    r"(?:c\.?){1,3},n\.?n?",  # KYIV, Ukraine
    # Lyon (AFP) · Brno 23. listopadu (ČTK) · Ganja, Azerbaijan, May 5 /Trend/
    rf"(?:{_PLACE}{_M})?(?:{_ANY_DAY}{_M})?[(/]{_AGENCY}[)/](?:{_M}{_ANY_DAY})?",
    rf"{_ANY_DAY},{_PLACE}[(/](?:n\.)?{_AGENCY}[)/]",  # 23 ноября, Минск /Корр. БЕЛТА/
    rf"{_PLACE}[,.]{_ANY_DAY}{_M}{_AGENCY}",  # Москва. 23 ноября. ИНТЕРФАКС.RU
)
_WITH_CAPTION = (
    r"[kf]+(?:[:©|…–—-]|\.{3}).*",  # File photo: the bridge
    r"(?:f[fs]|sp?f)[:,/|©—–-].*",  # Image source, Ada Nyberg · Автор фото, Иван Петров
    r"s(?:pf)?:[^v]*",  # Source: Ministry of Ports, own research
    r"y#.*|y?©[^v]*",  # © Ada Nyberg
)
_WITHOUT_STOP = (
    r"[kf]+(?:[pb/].*)?",  # Photos of the bridge in winter
    rf"f.*s:{_AGENCY}.*",  # Video The bridge in winter 02:17 - Source: Coast Wire
    rf".*[,/|©(—–-]{_N}{{0,4}}{_AGENCY}\)?",  # The bridge in winter. Ada Nyberg/Reuters
    r".*[—–-]",  # OSLO, before the text of a story, on a line of its own –
    rf"[nw]{_UPDATED}",  # Guide updated on Nov. 24
)
_NAMES = re.compile("|".join(_OF_NAMES))
_CAPTION = re.compile("|".join(_WITH_CAPTION))
_CAPTION_IF_OPEN = re.compile("|".join(_WITH_CAPTION + _WITHOUT_STOP))


def is_label(sentence: str, *, is_complete: bool) -> bool:
    """Tell whether it is a credit, a dateline or a byline; `is_complete` if it ends in a stop."""
    shape = _shape(sentence)
    if _NAMES.fullmatch(shape):
        return True
    caption = _CAPTION if is_complete else _CAPTION_IF_OPEN
    return len(sentence) <= _LONGEST_CAPTION and caption.fullmatch(shape) is not None


def _shape(sentence: str) -> str:
    """Return the kinds of the words and the marks between them, without those around all."""
    shape = re.sub(r"\s+", "", _WORD.sub(_kind, sentence))
    shape = re.sub(r"^[^a-z#©(/]+|[\]*.!…_]+$", "", shape).removeprefix("(")
    return shape if "(" in shape else re.sub(r"[.)]+$", "", shape)


def _kind(match: re.Match[str]) -> str:
    """Return the letter of a word."""
    word = match[0]
    if word[0].isdigit():
        return "#"
    if match["updated"]:
        return "u"
    if _CONTRACTION.fullmatch(word):
        return "v"
    kind = _KIND_OF.get(word.casefold().removesuffix(".com").removesuffix(".ru"))
    if word[0].islower() and kind == "a" and word != "dpa":  # "map", "report"
        return "w"
    if kind:
        return kind
    if word[0].islower():
        return "w"
    return "c" if word.isupper() and len(word) > 1 else "n"
