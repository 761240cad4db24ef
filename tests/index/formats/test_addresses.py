"""An address is one that a reader can open, and not the front page of a site."""

import pytest

from index.formats.addresses import is_front_page, web_address


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        ("https://coast.example/1?a=2#top", "", "https://coast.example/1?a=2#top"),
        (" https://coast.example/1\n", "", "https://coast.example/1"),
        ("/1", "https://coast.example/news/2", "https://coast.example/1"),
        ("//coast.example/1", "https://alder.example/", "https://coast.example/1"),
        ("/1", "", None),
        ("", "https://coast.example/1", None),
        ("ftp://coast.example/1", "", None),
        ("mailto:a@coast.example", "https://coast.example/", None),
        ("https://", "", None),
        ("http://[::1", "", None),
    ],
)
def test_web_address_is_one_that_a_reader_can_open(link, base, address):
    assert web_address(link, base) == address


@pytest.mark.parametrize(
    "path",
    ["", "/", "/index.html", "/index.php", "/en", "/ru/", "/en-GB/", "/en/index.html", "/home"],
)
def test_front_page_is_told_by_its_path(path):
    assert is_front_page(f"https://coast.example{path}")


@pytest.mark.parametrize(
    "path",
    ["/?p=12", "/#/1", "/1", "/news", "/en/bridge", "/index/bridge", "/home-fire", "/abc"],
)
def test_address_of_an_article_is_no_front_page(path):
    assert not is_front_page(f"https://coast.example{path}")
