"""`fetch_articles.py` as operators run it."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiohttp import web

from index.formats.folders import iter_articles
from index.models import Article
from index.web.archive import NAME
from scripts.fetch_articles import fetch_articles
from tests.news_site import STORY, NewsSite, item, page, rss

PROJECT = Path(__file__).parents[2]
HOST = "127.0.0.1"
CONTENT = "".join(f"<p>{each}</p>" for each in STORY)


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "articles"


def arguments(site: NewsSite, out: Path, *paths: str) -> list[object]:
    addresses = [site.url(path, HOST) for path in paths]
    return [*addresses, "--out", out, "--allow-private", "--delay", "0"]


def test_counts_and_reasons_are_printed(run_here, site, out):
    site.answers["/1"] = page("Bridge opens")
    carried = f"<content:encoded><![CDATA[{CONTENT}]]></content:encoded>"
    links = [item(site.url(path, HOST)) for path in ("/1", "/gone")]
    site.answers["/feed"] = rss(*links, item(site.url("/away", HOST), more=carried))

    ran = run_here(fetch_articles, *arguments(site, out, "/feed"))

    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"2 new, 0 changed, 0 unchanged, 1 failed → {out}",
        "1 of the new in the words of the feed, as the page gave no article",
        "Failed:",
        f"  {site.url('/gone', HOST)}: HTTP 404",
    ]
    assert len(list(out.glob("*.md"))) == 2


def test_second_run_finds_nothing_new(run_here, site, out):
    site.answers["/1"] = page("Bridge opens")
    site.answers["/feed"] = lambda request: web.Response(
        status=304 if "If-None-Match" in request.headers else 200,
        text=rss(item(site.url("/1", HOST))),
        headers={"ETag": '"1"'},
    )
    run_here(fetch_articles, *arguments(site, out, "/feed"))

    ran = run_here(fetch_articles, *arguments(site, out, "/feed", "/1"))

    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"0 new, 0 changed, 1 unchanged, 0 failed → {out}",
        "Not modified since the last time: 1 feeds and sitemaps",
    ]


def test_feed_without_articles_is_not_passed_over_in_silence(run_here, site, out):
    site.answers["/feed"] = rss()

    ran = run_here(fetch_articles, *arguments(site, out, "/feed"))

    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"0 new, 0 changed, 0 unchanged, 0 failed → {out}",
        f"Lists no article: {site.url('/feed', HOST)}",
    ]


def test_limit_says_what_is_left_out(run_here, site, out):
    for n in range(3):
        site.answers[f"/{n}"] = page("Bridge opens", *STORY, f"It was bridge number {n}, he said.")
    site.answers["/feed"] = rss(*(item(site.url(f"/{n}", HOST)) for n in range(3)))

    ran = run_here(fetch_articles, *arguments(site, out, "/feed"), "--limit", "2")

    assert ran.out.splitlines() == [
        f"2 new, 0 changed, 0 unchanged, 0 failed → {out}",
        f"Left out by --limit 2: 1 article of {site.url('/feed', HOST)}",
    ]


def test_only_failures_are_exit_code_1_and_the_first_twenty_are_listed(run_here, site, out):
    paths = [f"/{n:02}" for n in range(23)]

    ran = run_here(fetch_articles, *arguments(site, out, *paths))

    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0] == f"0 new, 0 changed, 0 unchanged, 23 failed → {out}"
    assert len(lines) == 23
    assert lines[-1] == "  … and 3 more"


def test_own_network_is_out_of_reach_unless_it_is_allowed(run_here, site, out):
    site.answers["/1"] = page("Bridge opens")

    ran = run_here(fetch_articles, site.url("/1", HOST), "--out", out)

    assert ran.code == 1
    assert "127.0.0.1 is no public address (loopback); --allow-private" in ran.out
    assert site.requests == []


def test_strange_address_is_one_line(run_here, site, out):
    link = "<![CDATA[javascript:[bold]\x7f\u202e\u2028[/bold]]]>"
    site.answers["/feed"] = rss(item(link), item("javascript:" + "x" * 9000))

    ran = run_here(fetch_articles, *arguments(site, out, "/feed"))

    lines = ran.out.splitlines()
    assert len(lines) == 4
    assert "[bold]" in ran.out
    assert all(line.isprintable() and len(line) < 1000 for line in lines)


@pytest.mark.parametrize("options", [[], ["--limit", "0"], ["--delay", "-1"]])
def test_usage_errors(run_here, options):
    ran = run_here(fetch_articles, *options, *(["https://x.example/"] if options else []))

    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_damaged_state_is_one_line(run_here, site, out):
    out.mkdir()
    (out / NAME).write_text("{")

    ran = run_here(fetch_articles, *arguments(site, out, "/1"))

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == (
        f"error: {out / NAME}: damaged; delete it, no article is lost by that"
    )


def test_folder_that_cannot_be_written_is_one_line(run_here, site, out, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    site.answers["/1"] = page("Bridge opens")

    ran = run_here(fetch_articles, *arguments(site, out, "/1"))

    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "error: cannot go on: No space left on device"
    assert [path for path in out.iterdir() if path.name != NAME] == []


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_stopped_at_any_moment_what_came_is_kept_and_nothing_is_half(site, out, sent, code):
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    for n in range(5):
        site.answers[f"/{n}"] = page("Bridge opens", *STORY, f"It was bridge number {n}, he said.")
    site.answers["/5"] = slow
    site.answers["/feed"] = rss(*(item(site.url(f"/{n}", HOST)) for n in range(6)))
    running = subprocess.Popen(
        [sys.executable, "scripts/fetch_articles.py", *map(str, arguments(site, out, "/feed"))],
        cwd=PROJECT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while "/5" not in site.paths and running.poll() is None:
        time.sleep(0.02)

    running.send_signal(sent)
    said, errors = running.communicate(timeout=30)

    assert running.returncode == code
    found = [each for _, each in iter_articles([out])]
    assert len(found) == 5
    assert all(isinstance(each, Article) and each.text.endswith("he said.") for each in found)
    if sent == signal.SIGINT:
        assert said.startswith("5 new, 0 changed, 0 unchanged, 0 failed")
        assert re.search(r"Stopped; what was fetched is kept", errors)
        assert "Traceback" not in errors
    site.answers["/5"] = page("Bridge opens", *STORY, "It was bridge number 5, he said.")
    again = subprocess.run(
        [sys.executable, "scripts/fetch_articles.py", *map(str, arguments(site, out, "/feed"))],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert again.stdout.startswith("1 new, 0 changed, 5 unchanged, 0 failed")
