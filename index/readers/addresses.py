"""Web addresses that readers can open (pure)."""

from urllib.parse import urljoin, urlsplit


def web_address(link: str, base: str = "") -> str | None:
    """Return the http(s) address of a link, joined to `base` if it is relative, or None."""
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if link and parts.scheme in ("http", "https") and parts.hostname else None


def is_front_page(address: str) -> bool:
    """Tell whether an address is the front page of a site, which is no article's address."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query and not parts.fragment
