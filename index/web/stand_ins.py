"""What a site serves in place of an article that is gone, with HTTP 200 all the same (pure).

Its front page, a "page not found" (a "soft 404"), a request to log in or to prove to be human.
"""

import re

from yarl import URL

from index.readers.html_files import Page
from index.text.terms import split_terms

_FRONT_PAGE = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{1,5})?/?)?", re.IGNORECASE
)
_SHORT = 1_500  # characters; an article of that length has the words of its headline
_TELLING = 3  # terms; "Photo of the day" need not be in its article
_LONGEST_NOTICE = 80  # characters of a headline
_NOT_FOUND = re.compile(
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


def why_no_article(page: Page, found: URL, listed_headline: str | None) -> str | None:
    """Return what the page is instead of an article; None if it may well be one.

    `found` is its address after redirects, `listed_headline` what the feed calls the article.
    """
    if is_front_page(found):
        return "the front page of a site, no article: name its feed or sitemap"
    headline = page.headline or page.text.partition("\n")[0]
    if len(page.text) >= _SHORT:
        return None
    if len(headline) <= _LONGEST_NOTICE and _NOT_FOUND.search(headline):
        return f"no article, but a notice: “{headline}”"
    listed = set(split_terms(listed_headline or ""))
    if len(listed) >= _TELLING and listed.isdisjoint(split_terms(f"{headline} {page.text}")):
        return f"another page than the feed lists: no word of its headline is on “{headline}”"
    return None


def is_front_page(url: URL) -> bool:
    """Tell whether the address is a site's front page, or that of one of its languages."""
    return not url.query and _FRONT_PAGE.fullmatch(url.path) is not None
