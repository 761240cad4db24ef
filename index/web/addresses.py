"""Which addresses may be fetched (pure): http(s), no user name, no machine inside a network."""

from ipaddress import IPv6Address, ip_address, ip_network

from yarl import URL

from index.errors import FetchError

_LONGEST = 2048  # characters; what a sitemap may hold, https://www.sitemaps.org/protocol.html
# The special-purpose registries of IANA. `ipaddress` lacks some of them, depending on its version.
_CLOSED = [
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "private"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved"),
        ("198.51.100.0/24", "reserved"),
        ("203.0.113.0/24", "reserved"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/23", "reserved"),  # Teredo among them, which holds an IPv4 address
        ("2001:db8::/32", "reserved"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "reserved"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
    )
]
_PUBLIC_IPV6 = ip_network("2000::/3")  # all that is allocated


def read_address(text: str, base: URL | None = None) -> URL:
    """Return the address without its fragment; a relative one is joined to `base`.

    Raises FetchError if it is not http(s), has a user name or no host, or is too long.
    """
    try:
        url = URL(text.strip())
        url = (base.join(url) if base else url).with_fragment(None)
        host = url.host
    except ValueError as error:
        raise FetchError(text, f"no address: {error}") from None
    if url.scheme not in ("http", "https") or not host:
        raise FetchError(text, "expected an address that begins with http:// or https://")
    if url.user is not None or url.password is not None:
        raise FetchError(text, "a user name in the address; such pages are not for quoting")
    if len(str(url)) > _LONGEST:
        raise FetchError(text, f"longer than {_LONGEST:,} characters")
    # One spelling for a front page, with its slash.
    return url.with_path("/", keep_query=True) if url.path == "/" else url


def closed_to_us(ip: str) -> str | None:
    """Return what kind of closed network an IP address belongs to; None if it is public."""
    address = ip_address(ip)
    for network, kind in _CLOSED:
        if address in network:
            return kind
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return "reserved"
    return None
