"""Any sentence-transformers model that can be traced becomes a graph; others say why not."""

import numpy as np
import pytest

from index.encoders.base import PassageText
from index.encoders.onnx_export import export_encoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import EncoderExportError

SAME = 0.9999  # cosine


def cosines(one, other):
    """The cosine of each pair of rows."""
    return (np.asarray(one) * np.asarray(other)).sum(axis=-1)


def assert_same(exported, encoder, texts, passages, least=SAME):
    """Both give the same vectors, those of sentence-transformers itself included."""
    expected = encoder.model.encode_query(texts, normalize_embeddings=True)
    found = [exported.encode_question(text) for text in texts]
    assert cosines(found, expected).min() >= least
    pairs = zip(exported.encode_passages(passages), encoder.encode_passages(passages), strict=True)
    for one, other in pairs:
        assert cosines(one.vector, other.vector) >= least
        assert cosines(one.sentences, other.sentences).min() >= least


@pytest.fixture
def make_variant(tiny_model, tmp_path):
    """Write the tiny model with other layers after it, and prompts, and load that."""

    def make(pooling="mean", *, dense=False, normalize=False, prompts=None):
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import (
            Dense,
            Normalize,
            Pooling,
            Transformer,
        )

        layers = [Transformer(str(tiny_model)), Pooling(32, pooling)]
        if dense:
            layers.append(Dense(32, 32))
        if normalize:
            layers.append(Normalize())
        folder = tmp_path / "variant"
        SentenceTransformer(modules=layers, prompts=prompts).save(str(folder))
        return TorchEncoder(str(folder))

    return make


@pytest.mark.parametrize("pooling", ["cls", "max", "mean", "weightedmean", "lasttoken"])
def test_every_pooling_is_in_the_graph(make_variant, export, many_texts, many_passages, pooling):
    encoder = make_variant(pooling)

    assert_same(export(encoder), encoder, many_texts[:40], many_passages[:40])


def test_layers_behind_the_pooling_are_in_the_graph(
    make_variant, export, many_texts, many_passages
):
    encoder = make_variant(dense=True, normalize=True)

    assert_same(export(encoder), encoder, many_texts[:40], many_passages[:40])


def test_prompts_are_put_in_front(make_variant, export, many_texts, many_passages):
    prompts = {"query": "who opened: ", "document": "the port: "}
    encoder = make_variant(prompts=prompts)

    exported = export(encoder)

    assert exported.description.prompts == prompts
    assert_same(exported, encoder, many_texts[:40], many_passages[:40])
    (passage,) = exported.encode_passages([PassageText("", "bridge", ())])
    expected = encoder.model.encode_document("bridge", normalize_embeddings=True)
    assert cosines(passage.vector, expected) >= SAME
    assert cosines(passage.vector, exported.encode_question("bridge")) < SAME


@pytest.mark.parametrize("architecture", ["Roberta", "MPNet", "DistilBert"])
def test_other_architectures_are_written(
    tiny_model, tmp_path, export, many_texts, many_passages, architecture
):
    """Positions counted from the padding, relative positions, no token types."""
    import shutil

    import torch
    import transformers

    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    sizes = {"vocab_size": TorchEncoder(str(tiny_model)).model.transformers_model.config.vocab_size}
    if architecture == "DistilBert":
        sizes |= {"dim": 32, "n_layers": 1, "n_heads": 2, "hidden_dim": 64}
    else:
        sizes |= {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = getattr(transformers, f"{architecture}Config")(
        **sizes, intermediate_size=64, max_position_embeddings=130, pad_token_id=0
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        getattr(transformers, f"{architecture}Model")(config).save_pretrained(folder)
    encoder = TorchEncoder(str(folder))

    assert_same(export(encoder), encoder, many_texts[:40], many_passages[:40])


def test_export_is_quiet(tiny_model, tmp_path, capfd, caplog, recwarn):
    encoder = TorchEncoder(str(tiny_model))
    capfd.readouterr()  # of loading in torch

    export_encoder(encoder, tmp_path / "encoder")

    assert capfd.readouterr() == ("", "")
    assert caplog.messages == []
    assert [str(each.message) for each in recwarn] == []
    assert sorted(path.name for path in (tmp_path / "encoder").iterdir()) == [
        "model.onnx",
        "model.onnx.data",
        "tokenizer.json",
    ]


def test_files_can_be_read_by_whoever_may_read_others(tiny_model, tmp_path):
    (tmp_path / "other").touch()

    exported = export_encoder(TorchEncoder(str(tiny_model)), tmp_path / "encoder")

    modes = {path.stat().st_mode for path in (tmp_path / "other", *exported.files.files)}
    assert len(modes) == 1


@pytest.fixture
def break_layers(tiny_torch_encoder, monkeypatch):
    """Let a function change what the tiny model's layers return."""

    def change(function):
        layers = tiny_torch_encoder.layers

        def changed(inputs):
            return function(inputs, *layers(inputs))

        monkeypatch.setattr(tiny_torch_encoder, "layers", changed)

    return change


def test_graph_that_says_something_else_is_refused(tiny_torch_encoder, break_layers, tmp_path):
    """A condition in Python is constant in the graph."""
    break_layers(
        lambda inputs, tokens, texts: (
            tokens,
            texts.cumsum(1) if inputs["input_ids"].shape[1] > 20 else texts,
        )
    )

    with pytest.raises(EncoderExportError, match="its graph gives other vectors"):
        export_encoder(tiny_torch_encoder, tmp_path / "encoder")

    assert list(tmp_path.iterdir()) == []


def test_graph_that_gives_no_numbers_is_refused(tiny_torch_encoder, break_layers, tmp_path):
    break_layers(lambda _, tokens, texts: (tokens, texts * float("nan")))

    with pytest.raises(EncoderExportError, match=r"its graph gives other vectors \(cosine nan\)"):
        export_encoder(tiny_torch_encoder, tmp_path / "encoder")


def test_graph_that_cannot_be_traced_is_refused(tiny_torch_encoder, break_layers, tmp_path):
    import torch

    break_layers(lambda _, tokens, texts: (tokens, torch.linalg.eigvals(texts.T @ texts).real))

    with pytest.raises(EncoderExportError) as caught:
        export_encoder(tiny_torch_encoder, tmp_path / "encoder")

    assert caught.value.name == tiny_torch_encoder.description.name
    assert "\n" not in str(caught.value)
    assert "keep torch installed where the index is asked" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_encoder_is_as_before_after_an_export(tiny_torch_encoder, tmp_path):
    config = tiny_torch_encoder.model.transformers_model.config
    before = config._attn_implementation

    export_encoder(tiny_torch_encoder, tmp_path / "encoder")

    assert before != "eager"
    assert config._attn_implementation == before


def test_full_disk_is_not_the_model_s_fault(tiny_torch_encoder, tmp_path, monkeypatch):
    def full(self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tiny_torch_encoder.tokenizer), "write", full)

    with pytest.raises(OSError, match="No space left"):
        export_encoder(tiny_torch_encoder, tmp_path / "encoder")
