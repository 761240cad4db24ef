"""Where a coverage in Milvus is, and how to reach it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from index.errors import AddressError

SCHEME = "milvus://"
_FILE = ".db"
_IPV6 = re.compile(r"\[.*\]")
_PORT = 19530
_LITE_NAME = "coverage"
_TIMEOUT, _LITE_TIMEOUT = 10.0, 60.0  # seconds
_CACHE = Path("~/.cache/on-record")
_YES, _NO = ("1", "on", "true", "yes"), ("", "0", "off", "false", "no")
INDEX_TYPES = ("HNSW", "DISKANN", "IVF_RABITQ", "FLAT")


@dataclass(frozen=True, slots=True)
class MilvusAddress:
    """A coverage in Milvus: where the engine is, the coverage's name there, and how to connect.

    `uri` is that of a server, or the path of a Milvus Lite file. `timeout` is in seconds, of all
    that one question asks of the engine; `settle` of the wait before a new edition is announced
    (`index/milvus/editions.py`). `index_type` is how a new coverage's vectors are indexed, `shards`
    into how many it is divided. `cache` is the folder for the files of the encoder.
    """

    uri: str
    name: str
    token: str = field(default="", repr=False)
    database: str = ""
    certificate: str = ""
    timeout: float = _TIMEOUT
    settle: float = 6.0
    index_type: str = "HNSW"
    shards: int = 1
    cache: Path = _CACHE

    def __str__(self) -> str:
        if self.is_file:
            return self.uri
        return f"{SCHEME}{self.uri.partition('://')[2]}/{self.name}"

    @property
    def endpoint(self) -> str:
        """`uri` as the client takes it: it drops the brackets of an IPv6 host unless encoded."""
        return self.uri if self.is_file else _IPV6.sub(lambda found: quote(found[0], ""), self.uri)

    @property
    def is_file(self) -> bool:
        """Whether it is a file of Milvus Lite, which one process opens at a time."""
        return "://" not in self.uri


def read_address(place: str, settings: Mapping[str, str]) -> Path | MilvusAddress:
    """Return the folder, or the coverage in Milvus, that a place means.

    `milvus://HOST:PORT/NAME` is a server, a name that ends in `.db` a file of Milvus Lite.
    `settings` are MILVUS_TOKEN, MILVUS_DATABASE, MILVUS_TLS, MILVUS_CERTIFICATE, MILVUS_TIMEOUT,
    MILVUS_INDEX, MILVUS_SHARDS and MILVUS_CACHE. Raises AddressError.
    """
    cache = Path(settings.get("MILVUS_CACHE", "") or _CACHE)
    if not place.startswith(SCHEME):
        if not place.endswith(_FILE):
            return Path(place)
        timeout = _number("MILVUS_TIMEOUT", settings, _LITE_TIMEOUT)
        return MilvusAddress(
            place, _LITE_NAME, timeout=timeout, settle=0.0, index_type="FLAT", cache=cache
        )
    host, port, name = _parts(place)
    is_safe = _is_on("MILVUS_TLS", settings)
    index_type = settings.get("MILVUS_INDEX", "").upper() or INDEX_TYPES[0]
    if index_type not in INDEX_TYPES:
        raise AddressError("MILVUS_INDEX", f"expected one of {', '.join(INDEX_TYPES)}")
    host = f"[{host}]" if ":" in host else host  # IPv6
    return MilvusAddress(
        f"{'https' if is_safe else 'http'}://{host}:{port}",
        name,
        token=settings.get("MILVUS_TOKEN", ""),
        database=settings.get("MILVUS_DATABASE", ""),
        certificate=settings.get("MILVUS_CERTIFICATE", ""),
        timeout=_number("MILVUS_TIMEOUT", settings, _TIMEOUT),
        index_type=index_type,
        shards=int(_number("MILVUS_SHARDS", settings, 1)),
        cache=cache,
    )


def _parts(place: str) -> tuple[str, int, str]:
    try:
        place.encode()  # raises for a byte of the command line that is not UTF-8
        parts = urlsplit(place)
        host, port, name = parts.hostname, parts.port, parts.path.strip("/")
    except ValueError:
        host, port, name = None, None, ""
    # Milvus' own rule for names, in ASCII: it would refuse any other only in the midst of a build.
    if not host or parts.username or not (name.isidentifier() and name.isascii()):
        raise AddressError(
            place.rpartition("@")[2],
            f"expected {SCHEME}HOST:PORT/NAME with a name of letters, digits and _; "
            "a token belongs into MILVUS_TOKEN",
        )
    return host, port or _PORT, name


def _number(name: str, settings: Mapping[str, str], default: float) -> float:
    value = settings.get(name, "")
    try:
        number = float(value or default)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise AddressError(name, f"expected a number above 0, found {value!r}")
    return number


def _is_on(name: str, settings: Mapping[str, str]) -> bool:
    value = settings.get(name, "").lower()
    if value not in _YES + _NO:
        raise AddressError(name, f"expected on or off, found {value!r}")
    return value in _YES
