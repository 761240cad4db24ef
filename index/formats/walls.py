"""What a site shows in place of an article, or after its opening, is not the article.

A notice speaks to its reader ("we use cookies", "subscribe to continue"); news about cookies or
subscriptions does not. Words in quotation marks are somebody's and do not count.
"""

import re

from lxml.html import HtmlElement

from index.text.attribution import without_speech
from index.text.sentences import split_sentences

_ADDRESSES_READER = re.compile(
    r"\b(?:we|our|us|you|your|yours|мы|нас|наш\w*|вы|вас|вам|ваш\w*)\b", re.IGNORECASE
)
_CONSENT = re.compile(
    r"\bcookies?\b|\bcookie (?:policy|settings|notice)|\bprivacy\b|\bconsent\b|"
    r"\blegitimate interest|\bpersonal(?:ised|ized)? (?:data|ads|content)|"
    r"\b(?:to|and) our (?:\d[\d,]* )?partners|\bmanage (?:your )?(?:choices|options|preferences)|"
    r"файл\w* cookie|\bкуки\b|персональных данных|политик\w+ конфиденциальности",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\bto (?:continue|keep|finish) reading\b|\bsubscribe (?:now|today)\b|"
    r"\balready (?:a |an )?(?:subscriber|subscribed|member|registered)\b|"
    r"\b(?:only|exclusively|available|reserved) (?:available )?(?:for|to) (?:our )?"
    r"(?:paying |paid )?(?:subscribers|members)\b|"
    r"\b(?:subscribers|members).only (?:article|story|content)|"
    r"\bstart your (?:free )?(?:trial|subscription)\b|\bcancel (?:at )?any ?time\b|"
    r"\b(?:reached|used|read) (?:your|all|the) .{0,30}\bfree (?:articles?|stories|limit)|"
    r"\b(?:log|sign) in (?:here )?to (?:read|continue|access)|"
    r"\b(?:register|create (?:an|a free) account) .{0,20}to (?:continue|read)|"
    r"\bunlock (?:this|the full|full) (?:article|story|access)|\bget (?:unlimited|digital) access|"
    r"подпишитесь\b.{0,40}(?:чтобы|и) (?:читать|продолж|прочитать|получ)|"
    r"чтобы (?:читать|продолжить|прочитать|дочитать)\b.{0,40}(?:подпи|войдите|зарегистр)|"
    r"только (?:для )?подписчик|вы уже подпис|уже подписчик",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"\b(?:enable|turn on|switch on) (?:javascript|cookies)|"
    r"\bjavascript (?:is|to be) (?:disabled|enabled|required)|"
    r"\bchecking (?:if the site|your browser)|\byou(?:’|')?(?: a)?re (?:a )?human|"
    r"\bare you a (?:robot|human)|\bnot a robot|"
    r"\b(?:your|an|the) ad.?block(?:er|ing)|\bunusual (?:traffic|activity) from|"
    r"\b(?:un|not )available in (?:your|most) (?:region|country|location|european)|"
    r"включите javascript|вы не робот|доступ (?:\w+ )?(?:запрещ|ограничен)",
    re.IGNORECASE,
)
_NOTICE_HEADLINE = re.compile(
    r"""
    \b(?:error|http|code|erreur|fehler|ошибка|помилка|памылка|błąd)\W{0,3}(?:404|410|403)\b
    | ^\W*(?:404|410)\ *(?:$|[^\w\s]) | \b404\W*$
    | \b(?:page|article|story|content|document)\b.{0,30}
      \b(?:not\ found|not\ available|unavailable|missing|doesn['’]t\ exist|does\ not\ exist
        |no\ longer\ (?:exists|available)|(?:can['’]?t|cannot|couldn['’]t|could\ not)\ be\ found)\b
    | ^\W*not\ found\W*$
    | \b(?:can['’]?t|cannot|couldn['’]t|could\ not)\ find\ (?:that|this|the)\ page\b
    | \bseite\b.{0,20}\bnicht\ (?:gefunden|verfügbar|vorhanden)\b
    | \bpage\b.{0,20}\b(?:introuvable|inexistante)\b
    | \bp[áà]gina\b.{0,20}\b(?:no\ encontrada|não\ encontrada|non\ trovata|no\ existe)\b
    | \bstron[ay]\b.{0,30}\b(?:nie\ (?:istnieje|została\ znaleziona|znaleziono))\b
    | \bnie\ znaleziono\ strony\b
    | \bстраниц\w+\b.{0,20}\b(?:не\ найден\w*|не\ существует|удален\w*|удалён\w*)
    | \bсторінк\w+\b.{0,20}\bне\ (?:знайден\w*|існує) | \bне\ знайдено\b
    | \bстаронк\w+\b.{0,20}\bне\ (?:знойдзен\w*|існуе)
    | \bsayfa\b.{0,20}\bbulunamadı\b
    | \b(?:access\ denied|forbidden)\W*$ | ^\W*just\ a\ moment\b
    | \b(?:are\ you\ (?:a\ )?(?:human|robot)|verify\ (?:that\ )?you\ are\ human)\b
    | 页面不存在 | 找不到(?:该|此)?页面 | ページが見つかりません
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_HEADLINE = 80  # characters of a notice's
SHORT_PAGE = 1_500  # characters; a longer text is no notice
_LONGEST_NOTICE = 400  # characters of a line
_OPENING = 15  # characters; a notice comes to the point
_CUT = ("…", "...", "…]", "...]")
_CONSENT_BOX = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|usercentrics|truste|qc-cmp|sp_message|privacy-(?:banner|"
    r"notice|popup|wall)",
    re.IGNORECASE,
)


def is_notice(headline: str, text: str) -> bool:
    """Tell whether a page is a "not found" or an "access denied", by its headline."""
    is_short = len(text) < SHORT_PAGE and len(headline) <= _LONGEST_HEADLINE
    return is_short and bool(_NOTICE_HEADLINE.search(headline))


def drop_consent_boxes(tree: HtmlElement) -> None:
    """Remove the boxes of a page that ask for consent, by their names."""
    for box in tree.xpath(".//body//*[self::div or self::section or self::aside or self::dialog]"):
        names = f"{box.get('id') or ''} {box.get('class') or ''}"
        if _CONSENT_BOX.search(names) and not box.xpath(".//h1 | .//article | .//main"):
            box.drop_tree()


def strip_walls(text: str) -> str:
    """Return the text without the notices before and after it; empty if it is a notice itself.

    The sentence that a paywall broke off goes with it.
    """
    lines = text.split("\n")
    if 2 * sum(_asks_consent(line) or _is_blocked(line) for line in lines) >= len(lines):
        return ""
    while lines and _asks_consent(lines[0]):
        del lines[0]
    notices = 0
    while lines and (_asks_consent(lines[-1]) or _asks_payment(lines[-1])):
        notices += _asks_payment(lines.pop())
    if notices and lines and lines[-1].rstrip().endswith(_CUT):
        last = lines.pop()
        whole = split_sentences(last)[:-1]
        lines += [last[: whole[-1].end]] if whole else []
    return "\n".join(lines)


def _asks_consent(line: str) -> bool:
    own = without_speech(line)
    is_short = len(line) <= _LONGEST_NOTICE
    return is_short and bool(_CONSENT.search(own) and _ADDRESSES_READER.search(own))


def _asks_payment(line: str) -> bool:
    return len(line) <= _LONGEST_NOTICE and bool(_PAYWALL.search(without_speech(line)))


def _is_blocked(line: str) -> bool:
    own = without_speech(line)
    found = _BLOCKED.search(own)
    if found is None or len(line) > _LONGEST_NOTICE:
        return False
    return found.start() <= _OPENING or bool(_ADDRESSES_READER.search(own))
