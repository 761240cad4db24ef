"""Only public web addresses may be fetched, whatever they are spelled like."""

import pytest
from yarl import URL

from index.errors import FetchError
from index.web.addresses import closed_to_us, read_address


@pytest.mark.parametrize(
    ("ip", "kind"),
    [
        ("0.0.0.0", "unspecified"),  # noqa: S104  # nothing is bound to it
        ("0.1.2.3", "unspecified"),
        ("10.0.0.1", "private"),
        ("100.64.0.1", "private"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.170", "reserved"),
        ("192.0.2.1", "reserved"),
        ("192.88.99.1", "reserved"),
        ("192.168.1.1", "private"),
        ("198.19.255.255", "reserved"),
        ("198.51.100.1", "reserved"),
        ("203.0.113.1", "reserved"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "reserved"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("100::1", "reserved"),
        ("2001::1", "reserved"),
        ("2001:db8::1", "reserved"),
        ("2002:7f00:1::", "6to4"),
        ("3fff::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fdff::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "reserved"),
        ("ff02::1", "multicast"),
    ],
)
def test_closed_networks_are_known(ip, kind):
    assert closed_to_us(ip) == kind


@pytest.mark.parametrize(
    "ip",
    [
        "8.8.8.8",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "198.17.0.1",
        "223.255.255.255",
        "2606:4700::1",
        "2a00:1450::1",
    ],
)
def test_public_addresses_are_open(ip):
    assert closed_to_us(ip) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://example.org/a?b=1#part", "https://example.org/a?b=1"),
        (" HTTP://Example.ORG:80 \n", "http://example.org/"),
        ("https://example.org?q=1", "https://example.org/?q=1"),
        ("https://example.org/a%2Fb?c=%26", "https://example.org/a%2Fb?c=%26"),
        ("https://example.org/мост", "https://example.org/%D0%BC%D0%BE%D1%81%D1%82"),
        ("http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/"),
        ("https://example.org/a\r\nHost: evil", "https://example.org/aHost:%20evil"),
    ],
)
def test_address_is_read_as_it_is_asked_for(text, read):
    assert str(read_address(text)) == read


def test_relative_address_is_joined():
    base = URL("https://example.org/news/feed.xml")

    assert str(read_address("story.html#top", base)) == "https://example.org/news/story.html"
    assert str(read_address("//other.example/x", base)) == "https://other.example/x"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expected an address that begins with http"),
        ("example.org", "expected an address that begins with http"),
        ("ftp://example.org/", "expected an address that begins with http"),
        ("file:///etc/passwd", "expected an address that begins with http"),
        ("javascript:alert(1)", "expected an address that begins with http"),
        ("http:///x", "expected an address that begins with http"),
        ("http://user@example.org/", "a user name in the address"),
        ("http://user:word@example.org/", "a user name in the address"),
        ("http://:word@example.org/", "a user name in the address"),
        ("http://example.org:99999/", "no address: "),
        ("http://[::1/", "no address: "),
        ("http://example.org\\@127.0.0.1/", "no address: "),
        ("http://example.org/" + "x" * 2048, "longer than 2,048 characters"),
    ],
)
def test_what_may_not_be_fetched_is_refused_with_its_reason(text, reason):
    with pytest.raises(FetchError) as refused:
        read_address(text)

    assert refused.value.reason.startswith(reason)


def test_redirect_to_another_scheme_is_refused():
    with pytest.raises(FetchError, match="expected an address that begins with http"):
        read_address("file:///etc/passwd", URL("https://example.org/"))
