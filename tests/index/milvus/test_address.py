"""An address says where Milvus is; what is secret stays out of it and out of every message."""

from pathlib import Path

import pytest

from index.errors import AddressError
from index.milvus.address import MilvusAddress, read_address

SECRET = "root:correct-horse"  # noqa: S105  # of nobody


def test_anything_else_is_a_folder():
    assert read_address("coverage-index", {}) == Path("coverage-index")
    assert read_address("", {}) == Path()


def test_server_is_named_with_its_port_and_the_coverage():
    address = read_address("milvus://engine.example:1234/news", {})

    assert (address.uri, address.name) == ("http://engine.example:1234", "news")
    assert str(address) == "milvus://engine.example:1234/news"
    assert not address.is_file


def test_port_is_that_of_milvus_unless_it_is_given():
    assert read_address("milvus://engine.example/news", {}).uri == "http://engine.example:19530"


def test_host_may_be_an_ipv6_address():
    address = read_address("milvus://[::1]:19530/news", {})

    assert address.uri == "http://[::1]:19530"
    assert address.endpoint == "http://%5B%3A%3A1%5D:19530"  # the client drops brackets
    assert str(address) == "milvus://[::1]:19530/news"


def test_name_that_ends_in_db_is_a_file():
    address = read_address("data/coverage.db", {})

    assert (address.uri, str(address)) == ("data/coverage.db", "data/coverage.db")
    assert address.is_file
    assert address.settle == 0


def test_file_has_more_time_than_a_server_unless_it_is_set():
    server = "milvus://engine.example/news"

    assert read_address(server, {"MILVUS_TIMEOUT": ""}).timeout == 10
    assert read_address("coverage.db", {"MILVUS_TIMEOUT": ""}).timeout == 60
    assert read_address("coverage.db", {"MILVUS_TIMEOUT": "3"}).timeout == 3


def test_settings_say_how_to_connect():
    address = read_address(
        "milvus://engine.example/news",
        {
            "MILVUS_TOKEN": SECRET,
            "MILVUS_DATABASE": "press",
            "MILVUS_TLS": "on",
            "MILVUS_CERTIFICATE": "ca.pem",
            "MILVUS_TIMEOUT": "2.5",
            "MILVUS_INDEX": "diskann",
            "MILVUS_SHARDS": "4",
            "MILVUS_CACHE": "cache",
        },
    )

    assert address == MilvusAddress(
        "https://engine.example:19530",
        "news",
        SECRET,
        database="press",
        certificate="ca.pem",
        timeout=2.5,
        index_type="DISKANN",
        shards=4,
        cache=Path("cache"),
    )


def test_token_is_never_shown():
    address = read_address("milvus://engine.example/news", {"MILVUS_TOKEN": SECRET})

    assert SECRET not in str(address)
    assert SECRET not in repr(address)


@pytest.mark.parametrize(
    "place",
    [
        "milvus://engine.example",
        "milvus://engine.example/",
        "milvus://engine.example/two words",
        "milvus://engine.example/новости",
        "milvus://engine.example/a/b",
        "milvus:///news",
        "milvus://engine.example:port/news",
        f"milvus://{SECRET}@engine.example/news",
        "milvus://engine\udcff/news",
    ],
)
def test_address_that_is_none_says_what_was_expected(place):
    with pytest.raises(AddressError, match="expected milvus://HOST:PORT/NAME") as caught:
        read_address(place, {})

    assert "correct-horse" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MILVUS_TLS", "maybe"),
        ("MILVUS_TIMEOUT", "soon"),
        ("MILVUS_TIMEOUT", "0"),
        ("MILVUS_SHARDS", "-1"),
        ("MILVUS_INDEX", "BTREE"),
    ],
)
def test_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(AddressError, match=f"{name}: expected"):
        read_address("milvus://engine.example/news", {name: value})
