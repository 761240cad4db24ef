"""A network becomes a folder that gives its logits, or none at all."""

import shutil
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index.errors import ReaderError
from index.reader.base import ReaderDescription, Window
from index.reader.cross_encoder import export_cross_encoder
from index.reader.folder import ReaderFolder
from index.reader.onnx_export import export_reader
from index.reader.onnx_reader import OnnxReader

QUESTION = "who opened the bridge?"
TEXTS = ["the mayor opened it.", "ferry", "", "The port of 42 ships, naïve “or” not! " * 9, "桥 🚢"]
INPUTS = ("input_ids", "attention_mask")


@pytest.fixture
def tokenizer(tiny_model):
    return Tokenizer.from_file(str(tiny_model / "tokenizer.json"))


def export(network, tokenizer, folder):
    description = ReaderDescription("odd", "", most_tokens=128)
    return export_reader(network, INPUTS, tokenizer, description, folder, int8=False)


class TestCrossEncoder:
    def test_logits_are_those_of_the_model_in_torch(self, cross_encoder, tmp_path):
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        model = AutoModelForSequenceClassification.from_pretrained(cross_encoder).eval()
        pairs = AutoTokenizer.from_pretrained(cross_encoder)(
            [QUESTION] * len(TEXTS),
            TEXTS,
            padding=True,
            truncation="only_second",
            max_length=128,
            return_tensors="pt",
        )
        with torch.inference_mode():
            expected = model(**pairs).logits.squeeze(-1).numpy()

        export_cross_encoder(str(cross_encoder), tmp_path / "exported")

        reader = OnnxReader(ReaderFolder(tmp_path / "exported"))
        verdicts = reader.read(QUESTION, [Window(each, "not read") for each in TEXTS])
        assert np.abs([each.logit for each in verdicts] - expected).max() < 0.001
        assert np.ptp(expected) > 0.01
        for verdict in verdicts:
            assert verdict.span is None

    def test_description_claims_nothing_that_is_not_known(self, cross_encoder, tmp_path):
        export_cross_encoder(str(cross_encoder), tmp_path / "exported")

        found = ReaderFolder(tmp_path / "exported").describe()
        assert found == ReaderDescription(str(cross_encoder), found.sha256, most_tokens=128)
        assert (found.languages, found.is_calibrated, found.marks_answers) == ((), False, False)

    def test_model_with_several_scores_a_pair_is_refused(self, make_cross_encoder, tmp_path):
        with pytest.raises(ReaderError, match="it gives 2 scores a pair, expected 1"):
            export_cross_encoder(str(make_cross_encoder(labels=2)), tmp_path / "exported")

        assert list(tmp_path.iterdir()) == []

    def test_tokenizer_without_offsets_is_refused(self, tmp_path, monkeypatch):
        model = SimpleNamespace(num_labels=1, tokenizer=SimpleNamespace())
        monkeypatch.setattr("index.reader.cross_encoder.CrossEncoder", lambda name, device: model)

        with pytest.raises(ReaderError, match="does not return the offsets of tokens"):
            export_cross_encoder("slow", tmp_path / "exported")

        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("file", "content"),
        [
            ("model.safetensors", b"\x00" * 1000),
            # Read only where there is no model.safetensors.
            ("pytorch_model.bin", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
            ("config.json", b'{"model_type": "bert", "hidden_size": "wide"}'),
            ("config.json", b"[]"),
            ("tokenizer.json", b"{"),
        ],
    )
    def test_damaged_model_is_one_clear_error(self, cross_encoder, tmp_path, file, content):
        folder = tmp_path / "damaged"
        shutil.copytree(cross_encoder, folder)
        (folder / file).write_bytes(content)
        if file == "pytorch_model.bin":
            (folder / "model.safetensors").unlink()

        with pytest.raises(ReaderError) as found:
            export_cross_encoder(str(folder), tmp_path / "exported")

        assert str(found.value).startswith(f"cannot load the reader '{folder}': ")
        assert "\n" not in str(found.value)
        assert not (tmp_path / "exported").exists()

    def test_ctrl_c_while_a_model_is_loaded_is_no_error_of_the_model(self, tmp_path, monkeypatch):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr("index.reader.cross_encoder.CrossEncoder", interrupt)

        with pytest.raises(KeyboardInterrupt):
            export_cross_encoder("mine", tmp_path / "exported")

    def test_model_that_is_not_there_is_one_clear_error(self, tmp_path):
        gone = tmp_path / "gone"

        with pytest.raises(ReaderError) as found:
            export_cross_encoder(str(gone), tmp_path / "exported")

        assert str(found.value).startswith(f"cannot load the reader '{gone}': ")
        assert "\n" not in str(found.value)
        assert list(tmp_path.iterdir()) == []


class Network(torch.nn.Module):
    """A logit of the token ids, by some rule."""

    def __init__(self, rule):
        super().__init__()
        self.rule = rule

    def forward(self, input_ids, attention_mask):
        return self.rule(input_ids) + 0.0 * attention_mask.sum(-1)


def refuse(_):
    raise RuntimeError("these layers\nare not for tracing")


def mean(ids):
    return ids.float().mean(-1)


def length_as_it_was_traced(ids):
    return torch.full((1,), float(int(ids.shape[1])))


def not_a_number(ids):
    return ids.float().mean(-1) * float("nan")


def test_network_of_any_kind_is_exported(tokenizer, tmp_path):
    reader = export(Network(mean), tokenizer, tmp_path / "folder" / "reader")

    windows = [Window(each) for each in TEXTS]
    expected = [each.ids.mean() for each in reader._tokenizer.pairs(QUESTION, windows)]
    logits = [each.logit for each in reader.read(QUESTION, windows)]
    assert logits == pytest.approx(expected, abs=1e-3)
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["reader"]
    assert sorted(path.name for path in (tmp_path / "folder" / "reader").iterdir()) == [
        "model.onnx",
        "reader.json",
        "tokenizer.json",
    ]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (refuse, "cannot be exported: these layers; check READER"),
        (length_as_it_was_traced, r"its graph gives other logits \(by up to \d+\.\d{3}\)"),
        (not_a_number, r"its graph gives other logits \(by up to nan\)"),
    ],
)
def test_network_that_cannot_be_exported_leaves_no_folder(tokenizer, tmp_path, rule, reason):
    with pytest.raises(ReaderError, match=reason):
        export(Network(rule), tokenizer, tmp_path / "reader")

    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_no_folder(tokenizer, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ReaderFolder, "write_description", fail)

    with pytest.raises(OSError, match="No space left"):
        export(Network(mean), tokenizer, tmp_path / "reader")

    assert list(tmp_path.iterdir()) == []


def test_folder_has_its_name_only_when_it_is_whole(tokenizer, tmp_path, monkeypatch):
    seen = []
    write = ReaderFolder.write_description

    def look(files, description):
        seen.append((tmp_path / "reader").exists())
        write(files, description)

    monkeypatch.setattr(ReaderFolder, "write_description", look)

    export(Network(mean), tokenizer, tmp_path / "reader")

    assert seen == [False]
    assert ReaderFolder(tmp_path / "reader").exists()


def test_export_that_was_killed_is_not_in_the_way(tokenizer, tmp_path):
    left = tmp_path / ".reader-killed" / "reader"
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half of it")

    export(Network(mean), tokenizer, tmp_path / "reader")

    assert ReaderFolder(tmp_path / "reader").exists()
