"""What robots.txt says is obeyed; without one, all may be fetched."""

import pytest
from yarl import URL

from index.web.robots import read_rules

STORY = URL("https://coast.example/news/bridge")
PRIVATE = URL("https://coast.example/private/x")


def test_disallowed_path_is_refused():
    rules = read_rules(200, b"User-agent: *\nDisallow: /private/\n")

    assert rules.refuse(PRIVATE) == "robots.txt disallows it"
    assert rules.refuse(STORY) is None


def test_rules_by_name_go_before_those_for_all():
    rules = read_rules(200, b"User-agent: OnRecord\nDisallow: /news/\n\nUser-agent: *\nDisallow: /")

    assert rules.refuse(STORY) == "robots.txt disallows it"
    assert rules.refuse(PRIVATE) is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_missing_file_allows_all(status):
    assert read_rules(status, b"").refuse(STORY) is None


@pytest.mark.parametrize("status", [500, 502, 503, 204, 304])
def test_file_that_the_host_cannot_give_now_allows_nothing(status):
    reason = f"robots.txt cannot be had (HTTP {status}), try again later"

    assert read_rules(status, b"").refuse(STORY) == reason


def test_delay_is_read():
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 2.5").delay == 2.5
    assert read_rules(200, b"User-agent: *\nDisallow:").delay == 0
    assert read_rules(404, b"").delay == 0


def test_delay_of_hours_is_a_refusal():
    rules = read_rules(200, b"User-agent: *\nCrawl-delay: 86400")

    assert rules.refuse(STORY) == "robots.txt asks for 86,400 s between two requests"


@pytest.mark.parametrize(
    "data", [b"\xff\0\xfe" * 99, b"<html>", b"User-agent: *\nCrawl-delay: nan"]
)
def test_what_is_no_rule_forbids_nothing(data):
    rules = read_rules(200, data)

    assert (rules.refuse(STORY), rules.delay) == (None, 0)


def test_only_the_beginning_of_an_endless_file_is_read():
    rules = read_rules(
        200, b"User-agent: *\nDisallow: /private/\n" + b"#" * 600_000 + b"\nDisallow: /"
    )

    assert rules.refuse(STORY) is None
    assert rules.refuse(PRIVATE) == "robots.txt disallows it"
