"""A downloaded page or the content of a feed → the article, with its facts."""

from dataclasses import replace

from yarl import URL

from index.errors import FetchError, NotTextError
from index.formats.addresses import is_front_page
from index.formats.decoding import decode_page
from index.formats.html_files import Page, read_page
from index.formats.make_article import is_cut_off
from index.text.paragraphs import split_paragraphs
from index.web.addresses import read_address
from index.web.download import Download
from index.web.listings import UNREADABLE, Entry
from index.web.sources import check_page, stated_charset
from index.web.stand_ins import why_no_article

_PARAGRAPHS = 3  # with fewer it is a summary
_CUT = ("…", "...", "[…]", "[...]", "…]", "...]")


def read_story(download: Download, entry: Entry) -> Page:
    """Return the article of a page; its `url` is the address to cite.

    Raises FetchError if the page contains none.
    """
    check_page(download.data, entry.address, download.content_type)
    try:
        html = decode_page(download.data, stated_charset(download.content_type))
    except NotTextError as error:
        raise FetchError(entry.address, str(error)) from None
    page = read_page(html, download.address)
    if page is None:
        raise FetchError(entry.address, "no article found on the page")
    if UNREADABLE in page.text:
        raise FetchError(entry.address, "characters in the article that cannot be read")
    if is_cut_off(page.text):
        end = " ".join(page.text[-60:].split())
        raise FetchError(entry.address, f"the text is cut off (“… {end}”)")
    found = URL(download.address)
    if reason := why_no_article(page, found, entry.headline):
        moved = "" if download.address == entry.address else f"redirected to {found}: "
        raise FetchError(entry.address, f"{moved}{reason}")
    return _complete(replace(page, url=_cited(page.url, found)), entry)


def read_content(entry: Entry) -> Page | None:
    """Return the article that a feed contains whole; None if it contains none, or only a part."""
    if not entry.content:
        return None
    html = f"<html><body><article>{entry.content}</article></body></html>"
    found = read_page(html, entry.address)
    if found is None or UNREADABLE in found.text:
        return None
    if found.text.rstrip().endswith(_CUT) or is_cut_off(found.text):
        return None
    if len(split_paragraphs(found.text)) < _PARAGRAPHS:
        return None
    # The facts come from the feed's fields alone: the HTML is only the article's body.
    page = Page(found.text, None, None, None, None, entry.address, found.language)
    return _complete(page, entry)


def _complete(page: Page, entry: Entry) -> Page:
    return replace(
        page,
        headline=page.headline or entry.headline,
        outlet=page.outlet or entry.outlet,
        author=page.author or entry.author,
        published=page.published or entry.published,
        language=page.language or entry.language,
    )


def _cited(stated: str | None, found: URL) -> str:
    """Return the address that the page states as its own, if it is one of the same host.

    A host may not name another's address: its page would replace the other's article.
    """
    try:
        own = read_address(stated or "", base=found)
    except FetchError:
        return str(found)
    # Some sites state their front page as the canonical address of every page.
    is_own = _site(own) == _site(found) and not is_front_page(str(own))
    return str(own if is_own else found)


def _site(url: URL) -> tuple[str, int | None]:
    return (url.host or "").removeprefix("www."), url.explicit_port
