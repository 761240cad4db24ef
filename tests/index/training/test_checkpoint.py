"""8-bit weights are read back as they were rounded; written ones as they were."""

import warnings

import numpy as np
import onnx
import pytest
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.quant_utils import add_pre_process_metadata
from transformers import BertConfig, BertForSequenceClassification

import index.training.checkpoint
from index.errors import InputFileError
from index.training.checkpoint import read_quantised, read_start, read_weights, write_weights
from index.training.network import build_network
from tests.index.tiny_training import POSITIONS, SIZE, make_tokenizer, write_start

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@pytest.fixture(scope="module")
def published():
    """A cross-encoder of two layers, as transformers names its weights."""
    config = BertConfig(
        vocab_size=make_tokenizer().get_vocab_size(),
        hidden_size=SIZE,
        num_hidden_layers=2,
        num_attention_heads=1,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        num_labels=1,
        initializer_range=0.2,
        attn_implementation="eager",
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = BertForSequenceClassification(config).eval()
        for each in network.parameters():
            if each.ndim == 1:  # those that are all 0, or all 1, would be one in the graph
                torch.nn.init.normal_(each)
        return network


@pytest.fixture(scope="module")
def write_int8(published, tmp_path_factory):
    """Write its 8-bit graph, as exporters do."""

    def write(**options):
        folder = tmp_path_factory.mktemp("published")
        values = torch.ones(1, 8, dtype=torch.int64)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                published,
                (values, values, values),
                str(folder / "float.onnx"),
                dynamo=False,
                opset_version=17,
                input_names=list(INPUTS),
                output_names=["logits"],
            )
        model = onnx.load_model(folder / "float.onnx")
        add_pre_process_metadata(model)
        quantize_dynamic(model, folder / "model.onnx", **options)
        make_tokenizer().save(str(folder / "tokenizer.json"))
        return folder

    return write


@pytest.mark.parametrize(
    "options",
    [
        {"weight_type": QuantType.QInt8},
        {"weight_type": QuantType.QUInt8},
        {"weight_type": QuantType.QInt8, "per_channel": True},
    ],
    ids=["signed", "unsigned", "a scale for each column"],
)
def test_every_weight_is_read_as_it_was_rounded(published, write_int8, options):
    read = read_quantised(write_int8(**options) / "model.onnx")

    expected = {name: value.numpy() for name, value in published.state_dict().items()}
    assert set(read) == set(expected)
    rounded = 0
    for name, value in expected.items():
        assert read[name].shape == value.shape, name
        assert read[name].dtype == np.float32
        step = (max(value.max(), 0) - min(value.min(), 0)) / 127
        assert np.abs(read[name] - value).max() <= step, name
        rounded += not np.array_equal(read[name], value)
    assert rounded == 2 * 6 + 3 + 2  # the matrices of layers, embeddings and heads


def test_network_of_the_read_weights_gives_nearly_its_logits(published, write_int8):
    network = build_network(read_quantised(write_int8() / "model.onnx")).eval()
    ids = torch.tensor([[2, *range(10, 30), 3]])
    values = (ids, torch.ones_like(ids), torch.zeros_like(ids))

    with torch.inference_mode():
        expected = published(**dict(zip(INPUTS, values, strict=True))).logits
        found = network(*values).relevance

    assert float(found) == pytest.approx(float(expected), abs=0.05)


def test_graph_that_is_not_the_published_one_is_refused(write_int8):
    folder = write_int8()

    with pytest.raises(InputFileError) as found:
        read_start(folder)

    assert str(found.value) == (
        f"{folder / 'model.onnx'}: not the published file that training starts from"
    )


def test_published_graph_is_told_by_its_hash(write_int8, monkeypatch):
    folder = write_int8()
    digest = index.training.checkpoint.hash_file(folder / "model.onnx")
    monkeypatch.setattr(index.training.checkpoint, "START_SHA256", digest)

    weights, tokenizer = read_start(folder)

    assert weights.keys() == read_quantised(folder / "model.onnx").keys()
    assert tokenizer.encode("the ferry").tokens == ["[CLS]", "the", "ferry", "[SEP]"]


def test_written_weights_are_read_as_they_were(tmp_path, start):
    write_weights(start, tmp_path / "deep" / "folder")

    found = read_weights(tmp_path / "deep" / "folder")

    assert found.keys() == start.keys()
    assert all(np.array_equal(found[name], value) for name, value in start.items())


def test_weights_of_half_the_precision_are_read_as_float32(tmp_path):
    write_weights({"a": np.array([0.5, 2], np.float16)}, tmp_path)

    found = read_weights(tmp_path)["a"]

    assert (found.dtype, found.tolist()) == (np.float32, [0.5, 2])


def test_start_of_written_weights_cuts_and_pads_no_text(tmp_path, start):
    write_weights(start, tmp_path)
    tokenizer = make_tokenizer()
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(length=9)
    tokenizer.save(str(tmp_path / "tokenizer.json"))

    weights, read = read_start(tmp_path)

    assert weights.keys() == start.keys()
    assert len(read.encode("ferry " * 20).ids) == 22


def test_weights_that_were_cut_are_one_clear_error(tmp_path):
    folder = write_start(tmp_path / "weights")
    path = folder / "weights.npz"
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(InputFileError, match="no weights of `fit`: ") as found:
        read_start(folder)

    assert found.value.path == folder


def test_weights_that_are_written_halfway_leave_those_before(tmp_path, start, monkeypatch):
    write_weights(start, tmp_path)

    def stop(path, **weights):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("numpy.savez", stop)
    with pytest.raises(KeyboardInterrupt):
        write_weights(start, tmp_path)

    assert read_weights(tmp_path).keys() == start.keys()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no tokenizer.json: expected the folder of a model"),
        ({"tokenizer.json": None}, "no weights of `fit`: "),
        ({"tokenizer.json": None, "weights.npz": b"none"}, "no weights of `fit`: "),
        ({"tokenizer.json": b"none"}, "no tokenizer of a model: "),
    ],
)
def test_folder_without_a_model_is_one_clear_error(tmp_path, files, reason):
    for name, content in files.items():
        if content is None:
            make_tokenizer().save(str(tmp_path / name))
        else:
            (tmp_path / name).write_bytes(content)

    with pytest.raises(InputFileError) as found:
        read_start(tmp_path)

    assert str(found.value).startswith(f"{tmp_path}")
    assert reason in str(found.value)
