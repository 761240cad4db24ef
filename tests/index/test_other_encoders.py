"""Refusing and clustering hang on no model's scale of cosines."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from index.coverage import Coverage, open_coverage
from index.encoders.scale import BUNDLED_SCALES
from index.encoders.torch_encoder import TorchEncoder
from index.models import Status
from index.snapshot.layout import Layout, current_folder
from index.snapshot.snapshot import open_snapshot
from tests.index.shifted_encoder import ShiftedEncoder

EXAMPLES = Path(__file__).parents[2] / "examples"
OWN = [
    each["question"]
    for each in map(json.loads, (EXAMPLES / "questions.jsonl").read_text("utf-8").splitlines())
    if each["answerable"]
]
FOREIGN = [
    "Who won the tennis final in Melbourne?",
    "How long does it take to boil an egg?",
    "Which band plays at the harbour festival?",
    "When was the lighthouse of Alexandria destroyed?",
    "Why are bees dying in California?",
    "What does a litre of milk cost in Norway?",
    "Who painted the ceiling of the chapel?",
    "How many moons does Jupiter have?",
    "Where is the longest railway tunnel?",
    "What did the chef say about garlic?",
    "Who invented the zip fastener?",
    "When does the new season of the cooking show start?",
]
TOPIC = "peacekeepers in Kazakhstan"


@pytest.fixture(scope="module")
def shifted_index(onnx_bundled, make_index, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("shifted") / "index"
    make_index(index_dir, ShiftedEncoder(onnx_bundled), EXAMPLES / "coverage")
    return index_dir


@pytest.fixture(scope="module")
def onnx_bundled(sample_index):
    """The bundled model as the sample index holds it."""
    with open_coverage(sample_index) as coverage:
        return coverage._encoder


@pytest.fixture(scope="module")
def bundled(sample_index, onnx_bundled):
    with Coverage(open_snapshot(sample_index), onnx_bundled) as coverage:
        yield coverage


@pytest.fixture(scope="module")
def shifted(shifted_index, onnx_bundled):
    with Coverage(open_snapshot(shifted_index), ShiftedEncoder(onnx_bundled)) as coverage:
        yield coverage


def statuses(coverage, questions):
    return [coverage.answer(each).status for each in questions]


def test_shifted_model_refuses_and_answers_as_the_bundled_one(bundled, shifted):
    expected = [Status.ANSWERED] * len(OWN), [Status.NOT_ANSWERED] * len(FOREIGN)

    assert (statuses(bundled, OWN), statuses(bundled, FOREIGN)) == expected
    assert (statuses(shifted, OWN), statuses(shifted, FOREIGN)) == expected


def test_evidence_of_the_shifted_model_is_that_of_the_bundled_one(bundled, shifted):
    for question in (*OWN, *FOREIGN):
        assert shifted.features(question) == pytest.approx(bundled.features(question), abs=0.1)


def test_without_its_scale_the_shifted_model_would_refuse_nothing(shifted_index, onnx_bundled):
    encoder = ShiftedEncoder(onnx_bundled)
    encoder.description = replace(encoder.description, scales=BUNDLED_SCALES)

    with Coverage(open_snapshot(shifted_index), encoder) as coverage:
        assert set(statuses(coverage, FOREIGN)) == {Status.ANSWERED}


def test_timeline_has_the_events_of_the_bundled_model(bundled, shifted):
    expected, found = bundled.timeline(TOPIC), shifted.timeline(TOPIC)

    assert [each.quote.text for each in found.events] == [
        each.quote.text for each in expected.events
    ]
    assert len(found.events) > 2
    assert all(one.moment <= other.moment for one, other in pairwise(found.events))


def manifest_of(index_dir):
    path = Layout(current_folder(index_dir)).manifest
    return path, json.loads(path.read_text("utf-8"))


def test_scales_are_in_the_manifest(shifted_index, tiny_index, sample_index):
    _, own = manifest_of(sample_index)
    _, other = manifest_of(shifted_index)

    assert own["encoder"]["scales"] == {
        "passages": {"mean": 0.3585, "deviation": 0.3092},
        "sentences": {"mean": 0.3302, "deviation": 0.29},
    }
    assert other["encoder"]["scales"]["passages"]["mean"] == pytest.approx(0.81, abs=0.02)
    with open_snapshot(tiny_index) as snapshot:
        assert snapshot.manifest.encoder.scales.passages.mean > 0.5


def test_older_manifest_is_measured_when_it_is_opened(make_index, tiny_encoder, tmp_path):
    index_dir = tmp_path / "index"
    make_index(index_dir, tiny_encoder, EXAMPLES / "coverage")
    with open_snapshot(index_dir) as snapshot:
        known = snapshot.manifest.encoder.scales
    path, values = manifest_of(index_dir)
    del values["encoder"]["scales"]
    path.write_text(json.dumps(values), "utf-8")

    with open_coverage(index_dir) as coverage:
        assert "scales" in vars(coverage._encoder)
        measured = coverage._encoder.scales

    assert coverage.manifest.encoder.scales is None
    assert measured.passages.mean == pytest.approx(known.passages.mean, abs=1e-4)
    assert measured.sentences.deviation == pytest.approx(known.sentences.deviation, abs=1e-4)


@pytest.fixture
def xlm_roberta(tmp_path):
    """The folder of a tiny model with the architecture, tokens and prompts of e5 and bge-m3."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    signs = "▁abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя0123456789.,?:"
    pieces = [(each, 0.0) for each in special] + [(each, -3.0) for each in signs]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    named = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    layers = tmp_path / "layers"
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=512, **named
    ).save_pretrained(layers)
    config = XLMRobertaConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=514,
        pad_token_id=1,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        XLMRobertaModel(config).save_pretrained(layers)
    model = SentenceTransformer(
        modules=[Transformer(str(layers)), Pooling(32, "mean"), Normalize()],
        prompts={"query": "query: ", "document": "passage: "},
    )
    model.save(str(tmp_path / "model"))
    return tmp_path / "model"


def test_model_like_e5_is_exported_measured_and_answers(xlm_roberta, make_index, tmp_path):
    encoder = TorchEncoder(str(xlm_roberta))
    summary = make_index(tmp_path / "index", encoder, EXAMPLES / "coverage")

    with open_coverage(tmp_path / "index") as coverage:
        assert summary.not_exported is None
        assert coverage.manifest.encoder.prompts["query"] == "query: "
        measured = coverage.manifest.encoder.scales
        assert measured == coverage._encoder.scales
        assert measured.passages.mean > 0.5
        answer = coverage.answer(OWN[0], 1)
        assert 0 < answer.probability < 1
        assert answer.quotes or answer.related


def test_older_manifest_of_the_bundled_model_has_its_numbers(sample_index, tmp_path):
    import shutil

    shutil.copytree(sample_index, tmp_path / "index")
    path, values = manifest_of(tmp_path / "index")
    del values["encoder"]["scales"]
    path.write_text(json.dumps(values), "utf-8")

    with open_snapshot(tmp_path / "index") as snapshot:
        assert snapshot.manifest.encoder.scales is BUNDLED_SCALES
