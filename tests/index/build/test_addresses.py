"""Two spellings of an address are one; what names an article in it stays."""

import pytest

from index.build.addresses import canonical_url, identifying_url


@pytest.mark.parametrize(
    "url",
    [
        "https://coast.example/ferry",
        "http://COAST.example:80/ferry/",
        "https://coast.example/ferry#comments",
        "https://coast.example/ferry#comment-12",
        "https://coast.example/ferry#:~:text=12%20people",
        "https://coast.example/ferry#xtor=RSS-1",
        "https://coast.example/ferry?utm_source=rss&utm_medium=feed",
        "https://coast.example/ferry?fbclid=A1b2&ref=homepage&source=rss",
    ],
)
def test_how_a_reader_came_here_makes_no_difference(url):
    assert canonical_url(url) == "coast.example/ferry"


@pytest.mark.parametrize(
    "tail",
    [
        "?p=12",
        "?cid=12",
        "?uid=12",
        "?gallery=12",
        "?ref=12",
        "?12",
        "?id=",
        "#!/ferry",
        "#/ferry/12",
        "#story-12",
        "#id=12",
    ],
)
def test_what_may_name_an_article_stays(tail):
    others = {tail.replace("12", "13"), tail.replace("ferry", "tram"), ""} - {tail}

    named = canonical_url(f"https://coast.example/news{tail}")
    assert named not in {canonical_url(f"https://coast.example/news{other}") for other in others}


def test_order_of_parameters_makes_no_difference():
    assert canonical_url("https://coast.example/?b=1&a=2") == "coast.example?a=2&b=1"
    assert canonical_url("https://coast.example?a=2&b=1") == "coast.example?a=2&b=1"


def test_front_page_identifies_no_article():
    assert identifying_url("https://coast.example/") is None
    assert identifying_url("https://coast.example/index.html") is None
    assert identifying_url(None) is None
    assert identifying_url("https://coast.example/?p=1") == "coast.example?p=1"
    assert identifying_url("https://coast.example/#/1") == "coast.example#/1"
