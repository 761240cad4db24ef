"""What a site serves in place of an article that is gone, with HTTP 200 all the same (pure).

Its front page, a "page not found" (a "soft 404"), a request to log in or to prove to be human.
"""

from yarl import URL

from index.formats.addresses import is_front_page
from index.formats.html_files import Page
from index.formats.walls import SHORT_PAGE, is_notice
from index.text.terms import split_terms

_TELLING = 3  # terms; "Photo of the day" need not be in its article


def why_no_article(page: Page, found: URL, listed_headline: str | None) -> str | None:
    """Return what the page is instead of an article; None if it may well be one.

    `found` is its address after redirects, `listed_headline` what the feed calls the article.
    """
    if is_front_page(str(found)):
        return "the front page of a site, no article: name its feed or sitemap"
    headline = page.headline or page.text.partition("\n")[0]
    if is_notice(headline, page.text):
        return f"no article, but a notice: “{headline}”"
    if len(page.text) >= SHORT_PAGE:
        return None
    listed = set(split_terms(listed_headline or ""))
    if len(listed) >= _TELLING and listed.isdisjoint(split_terms(f"{headline} {page.text}")):
        return f"another page than the feed lists: no word of its headline is on “{headline}”"
    return None
