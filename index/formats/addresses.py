"""Web addresses that readers can open (pure)."""

import re
from urllib.parse import urljoin, urlsplit

_FRONT_PAGE = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{1,5})?/?)?", re.IGNORECASE
)


def web_address(link: str, base: str = "") -> str | None:
    """Return the http(s) address of a link, joined to `base` if it is relative, or None."""
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if link and parts.scheme in ("http", "https") and parts.hostname else None


def is_front_page(address: str) -> bool:
    """Tell whether an address is a site's front page, or that of one of its languages.

    That is no article's address, though some sites state it on every page.
    """
    parts = urlsplit(address)
    return not (parts.query or parts.fragment) and _FRONT_PAGE.fullmatch(parts.path) is not None
