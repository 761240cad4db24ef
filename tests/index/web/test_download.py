"""Downloads are polite and bounded, and no address leads into a closed network."""

import asyncio
import gzip
import tracemalloc
import zlib
from asyncio.selector_events import BaseSelectorEventLoop

import pytest
from aiohttp import web

from index.errors import FetchError
from index.web.download import Download, Downloader, Validators
from index.web.http_client import USER_AGENT, Connections
from tests.news_site import Names, NewsSite, page

PAGE = page("Bridge opens")
UNKNOWN = Validators()


def get(
    *addresses: str,
    names: Names | None = None,
    allow_private: bool = True,
    delay: float = 0.0,
    seconds: float = 5.0,
    max_bytes: int = 1_000_000,
    validators: Validators = UNKNOWN,
) -> list[Download | FetchError | None]:
    """Ask for all at once with one downloader; return each outcome."""

    async def run() -> list[Download | FetchError | None]:
        connections = Connections(allow_private=allow_private, resolver=names or Names())
        async with connections:
            downloader = Downloader(connections, delay, seconds)
            waiting = (downloader.get(each, max_bytes, validators) for each in addresses)
            return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(run())


def reason(*addresses: str, **options: object) -> str:
    (outcome,) = get(*addresses, **options)
    assert isinstance(outcome, FetchError), outcome
    assert outcome.address == addresses[0]
    return outcome.reason


def redirect(target: str, status: int = 302):
    return lambda _: web.Response(status=status, headers={"Location": target})


class TestAsking:
    def test_page_is_had_with_what_its_host_says_of_it(self, site: NewsSite):
        site.answers["/bridge"] = lambda _: web.Response(
            text=PAGE,
            content_type="text/html",
            charset="utf-8",
            headers={"ETag": '"1"', "Last-Modified": "Thu, 14 Mar 2024 09:30:00 GMT"},
        )

        (found,) = get(site.url("/bridge#top"))

        assert found == Download(
            site.url("/bridge"),
            PAGE.encode(),
            "text/html; charset=utf-8",
            Validators('"1"', "Thu, 14 Mar 2024 09:30:00 GMT"),
        )

    def test_request_says_who_asks_and_nothing_else_of_us(self, site):
        site.answers["/bridge"] = PAGE

        get(site.url("/bridge"))

        for request in site.requests:
            assert request.headers.pop("Host").startswith("news.example")
            assert request.headers == {
                "User-Agent": USER_AGENT,
                "Accept": "*/*",
                "Accept-Encoding": "gzip, deflate",
            }
        assert "On Record" in USER_AGENT

    def test_unmodified_page_is_none(self, site):
        def answer(request: web.Request) -> web.Response:
            known = request.headers.get("If-None-Match") == '"1"'
            return web.Response(status=304) if known else web.Response(text=PAGE)

        site.answers["/bridge"] = answer

        assert get(site.url("/bridge"), validators=Validators('"1"', "yesterday")) == [None]
        assert site.requests[-1].headers["If-Modified-Since"] == "yesterday"
        assert isinstance(get(site.url("/bridge"))[0], Download)

    def test_unmodified_is_no_answer_to_who_did_not_ask_for_it(self, site):
        site.answers["/bridge"] = lambda _: web.Response(status=304)

        assert reason(site.url("/bridge")) == "HTTP 304"

    @pytest.mark.parametrize("status", [204, 206, 401, 404, 410, 500])
    def test_other_status_is_the_reason(self, site, status):
        site.answers["/bridge"] = lambda _: web.Response(status=status)

        assert reason(site.url("/bridge")) == f"HTTP {status}"

    def test_no_cookie_is_kept(self, site):
        def answer(_: web.Request) -> web.Response:
            response = web.Response(text=PAGE)
            response.set_cookie("who", "you")
            return response

        site.answers["/a"] = site.answers["/b"] = answer

        get(site.url("/a"), site.url("/b"))

        assert all("Cookie" not in request.headers for request in site.requests)

    def test_host_without_a_server_is_a_reason(self):
        assert "cannot connect" in reason("http://news.example:1/x")

    def test_host_that_speaks_no_tls_is_a_reason(self, site):
        assert "cannot connect" in reason(site.url("/").replace("http:", "https:"))

    def test_reply_that_is_no_http_is_a_reason(self, site):
        site.answers["/x"] = lambda _: web.Response(
            body=b"not packed", headers={"Content-Encoding": "gzip"}
        )

        assert "no proper reply" in reason(site.url("/x"))


class TestManners:
    def test_disallowed_page_is_not_asked_for(self, site):
        site.answers["/robots.txt"] = "User-agent: *\nDisallow: /private/"
        site.answers["/open"] = site.answers["/private/x"] = PAGE

        found, refused = get(site.url("/open"), site.url("/private/x"))

        assert isinstance(found, Download)
        assert isinstance(refused, FetchError)
        assert refused.reason == "robots.txt disallows it"
        assert site.paths == ["/open"]

    def test_robots_file_is_asked_for_once_a_host(self, site):
        pages = [site.url(f"/{n}", host) for n in range(3) for host in ("a.example", "b.example")]

        get(*pages)

        asked = [request.host for request in site.requests if request.path == "/robots.txt"]
        assert sorted(asked) == ["a.example", "b.example"]

    def test_host_with_a_broken_robots_file_is_not_asked_now(self, site):
        site.answers["/robots.txt"] = lambda _: web.Response(status=500)
        site.answers["/bridge"] = PAGE

        assert "HTTP 500" in reason(site.url("/bridge"))
        assert site.paths == []

    def test_host_with_an_unreachable_robots_file_is_not_asked_now(self, site):
        async def silent(_: web.Request) -> web.Response:
            await asyncio.sleep(5)
            return web.Response()

        site.answers["/robots.txt"] = silent
        site.answers["/bridge"] = PAGE

        assert "robots.txt cannot be had: no full reply within 0.1 s" in reason(
            site.url("/bridge"), seconds=0.1
        )
        assert site.paths == []

    def test_robots_file_may_be_elsewhere(self, site):
        site.answers["a.example/robots.txt"] = redirect(site.url("/robots.txt", "b.example"))
        site.answers["b.example/robots.txt"] = "User-agent: *\nDisallow: /"

        assert reason(site.url("/x", "a.example")) == "robots.txt disallows it"

    def test_delay_of_the_robots_file_is_kept_if_it_is_longer(self, site):
        site.answers["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.2"
        site.answers["/a"] = site.answers["/b"] = PAGE

        get(site.url("/a"), site.url("/b"), delay=0.01)

        began = [request.began for request in site.requests if request.path != "/robots.txt"]
        assert began[1] - began[0] >= 0.2

    def test_one_host_is_asked_one_thing_at_a_time_and_others_meanwhile(self, site):
        async def slow(_: web.Request) -> web.Response:
            await asyncio.sleep(0.1)
            return web.Response(text=PAGE)

        for n in range(3):
            site.answers[f"/{n}"] = slow

        get(*(site.url(f"/{n}") for n in range(3)))
        assert site.most_at_once == 1
        get(*(site.url("/0", f"{name}.example") for name in "abc"))
        assert site.most_at_once == 3

    def test_retry_after_is_kept(self, site):
        replies = [web.Response(status=503, headers={"Retry-After": "0"}), web.Response(text=PAGE)]
        site.answers["/bridge"] = lambda _: replies.pop(0)

        assert isinstance(get(site.url("/bridge"))[0], Download)
        assert site.paths == ["/bridge", "/bridge"]


class TestBounds:
    @pytest.mark.parametrize("hops", [0, 5])
    def test_redirects_are_followed(self, site, hops):
        for n in range(hops):
            site.answers[f"/{n}"] = redirect(f"/{n + 1}")
        site.answers[f"/{hops}"] = PAGE

        (found,) = get(site.url("/0"))

        assert isinstance(found, Download)
        assert found.address == site.url(f"/{hops}")

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_sixth_redirect_is_not_followed(self, site, status):
        site.answers["/loop"] = redirect("/loop", status)

        assert "more than 5 redirects" in reason(site.url("/loop"))
        assert len(site.paths) == 6

    def test_redirect_obeys_the_robots_file_of_where_it_leads(self, site):
        site.answers["a.example/x"] = redirect(site.url("/y", "b.example"))
        site.answers["b.example/robots.txt"] = "User-agent: *\nDisallow: /"
        site.answers["b.example/y"] = PAGE

        assert reason(site.url("/x", "a.example")) == (
            f"redirected to {site.url('/y', 'b.example')}: robots.txt disallows it"
        )
        assert site.paths == ["/x"]

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("file:///etc/passwd", "expected an address that begins with http"),
            ("ftp://news.example/", "expected an address that begins with http"),
            ("http://user:word@news.example/", "a user name in the address"),
            ("http://[::1", "no address"),
        ],
    )
    def test_redirect_is_checked_like_the_first_address(self, site, target, expected):
        site.answers["/x"] = redirect(target)

        assert f"redirected to {target}: {expected}" in reason(site.url("/x"))

    def test_redirect_without_a_target_is_its_status(self, site):
        site.answers["/x"] = lambda _: web.Response(status=302)

        assert reason(site.url("/x")) == "HTTP 302"

    @pytest.mark.parametrize("size", [1_000_000, 1_000_001])
    def test_size_is_bounded_to_the_byte(self, site, size):
        site.answers["/x"] = b"x" * size

        (found,) = get(site.url("/x"))

        assert isinstance(found, Download) == (size == 1_000_000)
        assert isinstance(found, Download) or found.reason == "larger than 1 MB"

    def test_body_without_an_end_is_left(self, site):
        async def endless(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(b"<p>x</p>" * 1000)

        site.answers["/x"] = endless

        assert reason(site.url("/x")) == "larger than 1 MB"

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_body_that_unpacks_to_too_much_is_left_before_it_does(self, site, encoding):
        packer = zlib.compressobj(wbits=31 if encoding == "gzip" else 15)
        bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
        site.answers["/x"] = lambda _: web.Response(
            body=bomb, headers={"Content-Encoding": encoding}
        )

        tracemalloc.start()
        outcome = reason(site.url("/x"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert outcome == "larger than 1 MB"
        assert len(bomb) < 1_000_000
        assert peak < 20_000_000

    def test_packed_page_is_unpacked(self, site):
        site.answers["/x"] = lambda _: web.Response(
            body=gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"}
        )

        (found,) = get(site.url("/x"))

        assert isinstance(found, Download)
        assert found.data == PAGE.encode()

    def test_slow_page_is_left(self, site):
        async def slow(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            for _ in range(100):
                await response.write(b"<p>x</p>")
                await asyncio.sleep(0.05)
            return response

        site.answers["/x"] = slow

        assert reason(site.url("/x"), seconds=0.3) == "no full reply within 0.3 s"

    def test_time_is_shared_by_all_redirects(self, site):
        async def slow(_: web.Request) -> web.Response:
            await asyncio.sleep(0.2)
            return web.Response(status=302, headers={"Location": "/x"})

        site.answers["/x"] = slow

        assert "no full reply within" in reason(site.url("/x"), seconds=0.5)
        assert len(site.paths) == 3


class TestClosedNetworks:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "0.0.0.0",  # noqa: S104  # nothing is bound to it
            "127.0.0.1.",
            "１２７.0.0.1",
            "localhost",
            "[::ffff:7f00:1]",
        ],
    )
    def test_loopback_is_out_of_reach_in_any_spelling(self, site, host):
        site.answers["/x"] = PAGE
        # What the system's resolver makes of the odd spellings.
        names = Names(**dict.fromkeys(("0x7f_1", "localhost", "127_0_0_1_"), "127.0.0.1"))

        outcome = reason(f"http://{host}:{site.port}/x", names=names, allow_private=False)

        assert "is no public address" in outcome or "not a canonical IPv4 address" in outcome
        assert site.requests == []

    @pytest.mark.parametrize("ip", ["127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1 ::1"])
    def test_name_that_leads_to_loopback_is_refused(self, site, ip):
        site.answers["/x"] = PAGE

        outcome = reason(site.url("/x"), names=Names(news_example=ip), allow_private=False)

        assert "is no public address" in outcome
        assert site.requests == []

    def test_what_is_checked_is_the_very_address_that_is_connected_to(self, site, monkeypatch):
        site.answers["/x"] = PAGE
        checked, connected = [], []
        connect = BaseSelectorEventLoop.sock_connect

        async def watched(loop, socket, address):
            connected.append(address[0])
            await connect(loop, socket, address)

        monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", watched)
        monkeypatch.setattr("index.web.http_client.closed_to_us", checked.append)

        get(site.url("/x"), f"http://127.0.0.1:{site.port}/x", allow_private=False)

        assert checked == connected == ["127.0.0.1"] * 2

    def test_redirect_into_a_closed_network_is_refused(self, site, monkeypatch):
        # The first host counts as public here; where it leads does not.
        monkeypatch.setattr(
            "index.web.http_client.closed_to_us",
            lambda ip: "private" if ip == "127.0.0.2" else None,
        )
        site.answers["a.example/x"] = redirect(f"http://127.0.0.2:{site.port}/y")
        site.answers["a.example/robots.txt"] = redirect(f"http://127.0.0.2:{site.port}/y")
        site.answers["c.example/x"] = redirect(f"http://127.0.0.2:{site.port}/y")

        for host in ("a.example", "c.example"):
            assert "127.0.0.2 is no public address (private)" in reason(
                site.url("/x", host), allow_private=False
            )
        assert "/y" not in site.paths

    def test_closed_networks_are_open_to_who_allows_it(self, site):
        site.answers["/x"] = PAGE

        (found,) = get(f"http://127.0.0.1:{site.port}/x")

        assert isinstance(found, Download)
