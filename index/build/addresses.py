"""Addresses of articles in one spelling, so that two spellings of one are seen to be the same."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from courlan import normalize_url

from index.formats.addresses import is_front_page

# Parameters that say how a reader came here. courlan's own list goes by the beginning of a name
# and drops some that name an article: "cid", "eid", "uid", "gallery", and those without a value.
_TRACKER = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|itm|at|oly|vero|mkt|mc|_?hs|wt|icid|sr)_.*|_openstat|"
    r"(?:fb|g|dc|y|ys|tw|tt|ms)clk?id|fbclid|gclid|ysclid|msclkid|[gw]braid|igsh(?:id)?|srsltid|"
    r"li_fat_id|xtor|ncid|ocid|icid|cmpid|smid|smtyp|spm|mibextid",
    re.IGNORECASE,
)
# These may say either; a number is the article's.
_MAYBE_TRACKER = re.compile(
    r"ref(?:_?src|errer|erer)?|src|source|from|via|campaign|medium|partner|aff(?:iliate)?|shared?",
    re.IGNORECASE,
)
_NAMES_ARTICLE = re.compile(
    r"(?:\w*id|p|n|a|article|story|post|news|item|doc|entry)", re.IGNORECASE
)
_COMMENT = re.compile(r"comment|respond|reply|disqus", re.IGNORECASE)


def canonical_url(url: str | None) -> str | None:
    """Return what all spellings of an address have in common.

    Without scheme, last slash, trackers, and the fragment unless it names an article: `#!/12`,
    `#story-12`, `#id=12`.
    """
    if url is None:
        return None
    parts = urlsplit(url)
    page = normalize_url(parts._replace(query="", fragment="").geturl())
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = urlencode([pair for pair in pairs if not _is_tracker(*pair)])
    fragment = _naming_fragment(parts.fragment)
    address = str(page).partition("://")[2].rstrip("/")
    return address + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def identifying_url(url: str | None) -> str | None:
    """Return the canonical spelling of an article's address; None for a site's front page."""
    return None if url is None or is_front_page(url) else canonical_url(url)


def _is_tracker(name: str, value: str) -> bool:
    is_named = bool(re.search(r"\d", value))
    return bool(_TRACKER.fullmatch(name) or (_MAYBE_TRACKER.fullmatch(name) and not is_named))


def _naming_fragment(fragment: str) -> str:
    """Return the fragment if it names an article, not a part of one or a sentence (`:~:text=`)."""
    named = fragment.partition(":~:")[0]
    if named.startswith(("!", "/")):
        return named
    name, equals, value = named.partition("=")
    if equals:
        return named if _NAMES_ARTICLE.fullmatch(name) and value else ""
    return named if re.search(r"\d", named) and not _COMMENT.search(named) else ""
