"""Encoders as graphs, and texts of all kinds to compare them with."""

import random
from collections.abc import Callable

import pytest

from index.encoders.base import PassageText
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.onnx_export import export_encoder
from index.encoders.torch_encoder import TorchEncoder
from index.models import Span

_WORDS = """
    the harbour bridge opened on Monday, Captain Lindqvist said: “Don't wait!” naïve (1,204) U.S.
    мост в гавани открыли в понедельник, сказала капитан Линдквист: «Ждать нечего!»
    港口大桥 星期一 开通 ， 船长 林德奎斯特 说 ： “不要等！” 。 船長はこう言った
    افتتح جسر الميناء يوم الاثنين ، وقالت القبطانة : « لا تنتظروا ! » שלום
    🚢 👩‍✈️ ⚓ 🌊! 👍🏽 a\u0301 \u200b \u202e ﬁ ½ №
""".strip()
_SCRIPTS = [line.split() for line in _WORDS.splitlines()] + [_WORDS.split()]
_AWKWARD = ["", " ", "a", "ж", "桥", "🚢", "\n", "\x00", "[SEP]", "x" * 300, "ы " * 3000]
_COUNTS = [1, 2, 3, 5, 8, 12, 20]  # words
_LONG = [90, 400]


@pytest.fixture(scope="session")
def many_texts() -> list[str]:
    """1,000 texts in many scripts: empty, of one character, longer than the window."""
    chance = random.Random(0)  # reproducible
    texts = list(_AWKWARD)
    while len(texts) < 1000:
        count = chance.choice(_LONG if len(texts) % 40 == 0 else _COUNTS)
        texts.append(" ".join(chance.choices(chance.choice(_SCRIPTS), k=count)))
    return texts


@pytest.fixture(scope="session")
def many_passages(many_texts) -> list[PassageText]:
    """The same as passages, with and without a headline, cut in three anywhere."""
    chance = random.Random(1)  # reproducible
    passages = []
    for number, text in enumerate(many_texts):
        one, other = sorted(chance.randint(0, len(text)) for _ in range(2))
        spans = (Span(0, one), Span(one, other), Span(other, len(text)))
        headline = many_texts[-number - 1] if number % 3 else ""
        passages.append(PassageText(headline, text, spans))
    return passages


@pytest.fixture(scope="session")
def torch_encoder() -> TorchEncoder:
    """The bundled model in torch, as a first build loads it; that takes seconds."""
    return TorchEncoder()


@pytest.fixture(scope="session")
def export(tmp_path_factory) -> Callable[[TorchEncoder], OnnxEncoder]:
    """Write an encoder as a graph and load that."""

    def write(encoder: TorchEncoder) -> OnnxEncoder:
        return export_encoder(encoder, tmp_path_factory.mktemp("exported") / "encoder")

    return write


@pytest.fixture(scope="session")
def tiny_torch_encoder(tiny_model) -> TorchEncoder:
    """The tiny model in torch."""
    return TorchEncoder(str(tiny_model))


@pytest.fixture
def open_tiny(tiny_encoder) -> Callable[[int], OnnxEncoder]:
    """Open the tiny model's graph for `threads` passes at a time."""
    return lambda threads=1: OnnxEncoder(tiny_encoder.files, tiny_encoder.description, threads)
