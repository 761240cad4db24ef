"""A news site on loopback, in a thread of its own, and names that lead to it."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import NamedTuple

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

Answer = str | bytes | Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse]]
STORY = (
    "The harbour bridge opened to traffic on Monday after nine years of work. The first car "
    "across was driven by the engineer who had drawn it.",
    "The mayor said that the ferry would go on running until the end of the year, so that "
    "people could get used to the new way across the water.",
    "Builders had twice stopped work because of storms, and once because the money ran out. "
    "The last bolt was put in on Sunday night, a few hours before the opening.",
)


def page(headline: str, *paragraphs: str, head: str = "", story: tuple[str, ...] = STORY) -> str:
    """An article's page; without paragraphs it holds a story about a bridge."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs or story)
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{headline}</title>{head}</head><body><main><article><h1>{headline}</h1>{body}</article></main></body></html>"
    )


def rss(*items: str, title: str = "Coast Wire") -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>{title}</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "From the feed", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def sitemap(*urls: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{''.join(urls)}</urlset>"
    )


class Request(NamedTuple):
    host: str
    path: str
    began: float
    headers: dict[str, str]


class NewsSite:
    """Answers by path, or by host and path; what has no answer is 404. Every request is kept."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.at_once = self.most_at_once = 0
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._started.wait()

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [each.path for each in self.requests if each.path != "/robots.txt"]

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        server = web.TCPSite(runner, "127.0.0.1", 0)
        await server.start()
        self.port: int = runner.addresses[0][1]
        self._started.set()
        await self._stopped.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        host = request.url.host or ""
        self.requests.append(Request(host, request.path_qs, monotonic(), dict(request.headers)))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.answers.get(f"{host}{request.path}", self.answers.get(request.path))
            if answer is None:
                return web.Response(status=404)
            if isinstance(answer, str):
                return web.Response(text=answer, content_type="text/html")
            if isinstance(answer, bytes):
                return web.Response(body=answer)
            response = answer(request)
            return response if isinstance(response, web.StreamResponse) else await response
        finally:
            self.at_once -= 1


class Names(AbstractResolver):
    """A resolver without a network: `name="10.0.0.1"`, or loopback for any other name."""

    def __init__(self, **addresses: str) -> None:
        self.addresses = {name.replace("_", "."): ip for name, ip in addresses.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        ips = self.addresses.get(host, "127.0.0.1").split()
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for ip in ips
        ]

    async def close(self) -> None: ...
