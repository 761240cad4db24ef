"""What the tests of training share: a small tokenizer, a start, and records of invented news."""

import pytest

from index.models import Span
from index.training.records import Record
from tests.index.tiny_training import make_start, make_tokenizer

PLACES = ["Alder Bay", "Port Selle", "Nordholm", "Lindau", "Westray", "Morven"]
NAMES = ["Ines Falk", "Ada Nyberg", "Omar Hadi", "Rosa Lind", "Piet Maas", "Yusuf Okafor"]


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    """Of so small a network, threads would mostly wait for each other."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def tokenizer():
    return make_tokenizer()


@pytest.fixture(scope="session")
def start():
    """Weights that training starts from. Read only."""
    return make_start()


@pytest.fixture
def make_record():
    """A record whose answer stands in its context: `make_record("Who?", "Falk did.", "Falk")`."""

    def make(question, context, answer=None, group="news/Alder Bay", **fields):
        spans = ()
        if answer is not None:
            place = context.index(answer)
            spans = (Span(place, place + len(answer)),)
        return Record(question, context, group, spans, **{"is_answered": bool(spans)} | fields)

    return make


@pytest.fixture
def records(make_record):
    """Four questions about each of six paragraphs of four sentences; one has no answer."""
    found = []
    for number, (place, name) in enumerate(zip(PLACES, NAMES, strict=True)):
        day = ["Monday", "Tuesday", "Friday"][number % 3]
        context = (
            f"{place} got a new bridge after 12 years of waiting. Mayor {name} opened the bridge "
            f"on {day}, and {400 + number} people came. The old ferry, which carried {30 + number} "
            f"cars, was sold to a museum. Nobody in {place} misses the ferry."
        )
        for question, answer in [
            (f"Who opened the bridge in {place}?", name),
            (f"How many people came to {place} on {day}?", str(400 + number)),
            (f"What was sold to a museum in {place}?", "The old ferry"),
            (f"Who built the lighthouse of {place}?", None),
        ]:
            found.append(make_record(question, context, answer, f"news/{place}"))
    return found
