"""What a host's robots.txt lets us fetch (RFC 9309), read by Protego."""

from dataclasses import dataclass

from protego import Protego
from yarl import URL

AGENT = "OnRecord"
LONGEST_DELAY = 60.0  # seconds
_READ = 512_000  # bytes; RFC 9309 asks for 500 KiB at least


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin: without `robots` all may be fetched, with a `refusal` nothing."""

    robots: Protego | None = None
    refusal: str | None = None

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for."""
        return float(self.robots.crawl_delay(AGENT) or 0.0) if self.robots else 0.0

    def refuse(self, url: URL) -> str | None:
        """Return why the address may not be fetched; None if it may."""
        if self.refusal:
            return self.refusal
        if self.robots and not self.robots.can_fetch(str(url), AGENT):
            return "robots.txt disallows it"
        return None


def read_rules(status: int, data: bytes) -> Rules:
    """Return the rules by what the request for robots.txt gave."""
    if 400 <= status < 500:
        return Rules()
    if status != 200:
        return Rules(refusal=f"robots.txt cannot be had (HTTP {status}), try again later")
    rules = Rules(Protego.parse(data[:_READ].decode("utf-8", "replace")))
    if rules.delay > LONGEST_DELAY:
        return Rules(refusal=f"robots.txt asks for {rules.delay:,.0f} s between two requests")
    return rules
