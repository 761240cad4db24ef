"""Words that name days, weekdays, months, seasons and units of time, in English and Russian."""

from calendar import month_abbr

from index.dates.names import MONTHS
from index.dates.period import Unit


def _numbered(*lines: str, start: int = 0) -> dict[str, int]:
    """Return the number of the line that each word is in."""
    return {word: number for number, line in enumerate(lines, start) for word in line.split()}


UNITS = {
    word: Unit(number)
    for word, number in _numbered(
        "day days день дня дней дни сутки суток",
        "week weeks неделя неделю недели недель неделе",
        "month months месяц месяца месяцев месяцы месяце",
        "year years год года лет годы году",
    ).items()
}
COUNTS = _numbered(
    "a an one один одну одна",
    "two couple два две двух",
    "three три трёх трех",
    "four четыре четырёх четырех",
    "five пять пяти",
    "six шесть шести",
    "seven семь семи few several несколько",
    "eight восемь восьми",
    "nine девять девяти",
    "ten десять десяти",
    start=1,
)
# The units that need no number before them: "a million years ago" is not "a year ago".
SINGLE = frozenset(
    ("day", "week", "month", "year", "день", "год", "году", "месяц", "месяце", "сутки")
)
SINGLE |= {"неделя", "неделю", "неделе"}
SOME_DAYS, A_FEW = ("days", "дни", "дней"), 7  # "the last days"
DAYS_AGO = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "сегодня": 0, "yesterday": 1, "last night": 1, "вчера": 1, "day before yesterday": 2,
    "позавчера": 2,
}  # fmt: skip
WEEKDAYS = _numbered(
    "monday mon понедельник понедельника",
    "tuesday tue tues вторник вторника",
    "wednesday wed среда среду среды",
    "thursday thu thur thurs четверг четверга",
    "friday fri пятница пятницу пятницы",
    "saturday sat суббота субботу субботы",
    "sunday sun воскресенье воскресенья",
)
# By themselves, others of three letters are words: "ago" is August in Italian.
SHORT_MONTHS = frozenset((*map(str.casefold, month_abbr[1:]), "май", "мая", "мае", "maj"))
WEEKEND = frozenset(("weekend", "выходные", "выходных"))
# The number of the first of its three months; a winter is that of the year in which it begins.
SEASONS = {
    word: 3 * number
    for word, number in _numbered(
        "spring весна весну весны весной",
        "summer лето лета летом",
        "autumn fall осень осени осенью",
        "winter зима зиму зимы зимой",
        start=1,
    ).items()
}

# Names that are words or names of something else too, unless a preposition stands before them.
NAMES = frozenset((*WEEKDAYS, *SEASONS, *WEEKEND)) | {
    name for name in MONTHS if len(name) > 3 or name in SHORT_MONTHS
}
# The words, besides figures, that a period can end with.
TIME_WORDS = NAMES | {"ago", "назад", "г", "годы", "годов", "hours", "часов", "часа"}
TIME_WORDS |= {"quarter", "квартал", "квартале", "квартала"}
TIME_WORDS |= {*UNITS, *(words.split()[-1] for words in DAYS_AGO)}
