"""An engine that is away, slow or back again: one error that says so, and answers afterwards."""

import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from index.build.edition import build_edition
from index.coverage import Coverage
from index.errors import MilvusMissingError, StoreUnavailableError
from index.milvus.address import MilvusAddress, read_address
from index.milvus.store import MilvusStore
from index.milvus.watching import _watching
from index.places import current_snapshot_id
from tests.index.hash_encoder import HashEncoder
from tests.index.milvus.engine_server import Server
from tests.index.milvus.proxy import Proxy

QUESTION = "Who opened the harbour bridge?"
SECONDS = 2.0


def test_address_without_the_extra_names_it(address, monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)

    with pytest.raises(MilvusMissingError, match=r"pip install .*\[milvus\]"):
        MilvusStore(address)


def test_server_that_is_not_there_is_named_without_its_token():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"MILVUS_TOKEN": "root:secret", "MILVUS_TIMEOUT": "1"}
    address = read_address(f"milvus://127.0.0.1:{port}/news", settings)

    with pytest.raises(
        StoreUnavailableError, match=f"no answer from milvus://127.0.0.1:{port}/news"
    ) as caught:
        MilvusStore(address)

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("engine"))
    yield server
    server.stop()


@pytest.mark.slow
class TestServer:
    @pytest.fixture
    def address(self, server, request):
        name = "news_" + str(abs(hash(request.node.name)))
        settings = {"MILVUS_TIMEOUT": "60", "MILVUS_INDEX": "FLAT"}
        found = read_address(f"milvus://127.0.0.1:{server.port}/{name}", settings)
        assert isinstance(found, MilvusAddress)
        return replace(found, settle=0.0)

    @pytest.fixture
    def proxy(self, server):
        proxy = Proxy(server.port)
        yield proxy
        proxy.go_away()

    @pytest.fixture
    def through(self, address, proxy):
        """The same coverage, reached through the proxy, with little patience."""
        return replace(address, uri=f"http://127.0.0.1:{proxy.port}", timeout=SECONDS)

    @pytest.fixture
    def coverage(self, build, write_articles, through):
        build(write_articles(range(12)))
        coverage = Coverage(MilvusStore(through), HashEncoder())
        yield coverage
        coverage.close()

    def test_answers_come_through(self, coverage):
        assert coverage.answer(QUESTION).probability > 0

    def test_host_may_be_an_ipv6_address(self, address, server, build, write_articles):
        try:
            proxy = Proxy(server.port, "::1")
        except OSError:
            pytest.skip("no IPv6 on this machine")
        build(write_articles(range(1)))
        place = f"milvus://[::1]:{proxy.port}/{address.name}"
        store = MilvusStore(read_address(place, {"MILVUS_TIMEOUT": "60"}))

        assert len(store.numbers_by_key("")) == 1

        store.close()
        proxy.go_away()

    @pytest.mark.parametrize("certificate", ["", "no-such.pem", __file__])
    def test_server_without_tls_is_one_line_if_tls_is_asked_for(self, proxy, certificate):
        settings = {"MILVUS_TLS": "on", "MILVUS_TIMEOUT": "2", "MILVUS_CERTIFICATE": certificate}
        address = read_address(f"milvus://127.0.0.1:{proxy.port}/news", settings)

        with pytest.raises(StoreUnavailableError, match="MILVUS_TLS") as caught:
            in_time(lambda: MilvusStore(address))

        assert "\n" not in str(caught.value)

    def test_engine_that_goes_away_and_comes_back(self, coverage, proxy):
        before = coverage.answer(QUESTION)
        proxy.go_away()

        with pytest.raises(StoreUnavailableError):
            in_time(lambda: coverage.answer("Which minister lost the vote?"))

        proxy.come_back()
        eventually(lambda: coverage.answer("Which minister lost the vote?"))
        assert coverage.answer(QUESTION) == before

    def test_engine_that_was_restarted_answers_again(self, coverage, server):
        before = coverage.answer(QUESTION)
        server.stop()
        with pytest.raises(StoreUnavailableError):
            coverage.answer("Which minister lost the vote?")

        server.start()

        eventually(lambda: coverage.answer("Which minister lost the vote?"))
        assert coverage.answer(QUESTION) == before

    @pytest.mark.parametrize(
        "ask",
        [
            lambda coverage: coverage.answer("Which captain left the station?"),
            lambda coverage: coverage.timeline("captain station"),
            lambda coverage: coverage.digest(date(2022, 1, 1), date(2022, 12, 31)),
            lambda coverage: coverage.answer("Who met the captian?"),  # its names are read first
        ],
    )
    def test_engine_that_hangs_costs_no_more_than_the_seconds_of_a_question(
        self, coverage, proxy, ask
    ):
        proxy.hangs = True

        with pytest.raises(StoreUnavailableError) as caught:
            in_time(lambda: ask(coverage))
        assert caught.value.reason == "it took more than 2 seconds"

        proxy.hangs = False
        eventually(lambda: ask(coverage))

    def test_engine_that_hangs_at_the_start_is_not_waited_for(self, coverage, through, proxy):
        proxy.hangs = True

        with pytest.raises(StoreUnavailableError):
            in_time(lambda: MilvusStore(through))

        proxy.hangs = False

    def test_calls_that_are_slow_together_end_as_one_that_is(self, coverage, proxy):
        proxy.seconds = SECONDS / 4

        with pytest.raises(StoreUnavailableError, match="it took more than 2 seconds"):
            coverage.answer("Which captain left the station?")

        proxy.seconds = 0.0
        eventually(lambda: coverage.answer("Which captain left the station?"))

    def test_who_watches_for_editions_recovers_by_itself(
        self, coverage, through, proxy, build, write_articles
    ):
        _watching.cache_clear()
        before = current_snapshot_id(through)
        proxy.go_away()
        with pytest.raises(StoreUnavailableError):
            current_snapshot_id(through)

        build(write_articles(range(14)))
        proxy.come_back()

        assert eventually(lambda: current_snapshot_id(through)) != before

    def test_build_that_loses_the_engine_goes_on_later(
        self, coverage, through, proxy, write_articles, monkeypatch
    ):
        monkeypatch.setattr("index.build.edition_build._CHARACTERS_AT_ONCE", 2_000)
        folder, encoder = write_articles(range(30)), HashEncoder()
        encode = encoder.encode_passages

        def cut(passages):
            if len(encoder.encoded) > 20:
                proxy.go_away()
            return encode(passages)

        monkeypatch.setattr(encoder, "encode_passages", cut)
        with pytest.raises(StoreUnavailableError):
            build_edition([folder], through, encoder, "a test")
        proxy.come_back()

        again = HashEncoder()
        summary = eventually(lambda: build_edition([folder], through, again, "a test"))

        assert summary.counts.articles == 30
        assert len(set(again.encoded) & set(encoder.encoded)) < len(encoder.encoded)


def in_time(work):
    """Return what the work returns; fail if it takes many times what it may."""
    with_time = ThreadPoolExecutor(1).submit(work)
    return with_time.result(20 * SECONDS)


def eventually(work):
    """Return what the work returns once it does; a connection takes a moment to be made again."""
    for _ in range(30):
        try:
            return work()
        except StoreUnavailableError:
            time.sleep(0.3)
    return work()


@pytest.mark.slow
def test_each_call_of_a_question_may_take_what_those_before_it_have_left(
    address, build, write_articles, monkeypatch
):
    build(write_articles(range(2)))
    store = MilvusStore(replace(address, timeout=600.0))
    coverage = Coverage(store, HashEncoder())
    call, allowed = store._engine._client.__class__, []
    for name in ("query", "query_iterator", "search"):
        method = getattr(call, name)

        def noting(self, *arguments, method=method, **options):
            allowed.append(options["timeout"])
            return method(self, *arguments, **options)

        monkeypatch.setattr(call, name, noting)

    coverage.answer(QUESTION)
    coverage.close()

    assert len(allowed) > 5
    assert allowed[0] <= 600.0
    assert allowed == sorted(allowed, reverse=True)
    assert allowed[-1] < allowed[0]
