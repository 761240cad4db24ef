"""Trained weights become a reader of 8 bits that says what it is."""

import numpy as np
import pytest
import torch

from index.errors import InputFileError
from index.reader.base import ReaderDescription, Window
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader
from index.training.checkpoint import write_weights
from index.training.exporting import export_network
from index.training.network import build_network
from tests.index.tiny_training import make_start, write_start, write_trained

QUESTION = "who opened the bridge?"
WINDOWS = [Window("mayor falk opened it on monday"), Window("the ferry"), Window("ferry " * 300)]


def test_exported_reader_gives_the_networks_verdicts(start, tmp_path):
    folder = tmp_path / "reader"

    export_network(
        [write_trained(tmp_path / "weights")], folder, "tiny", ["en", "ru"], is_calibrated=False
    )

    reader = OnnxReader(ReaderFolder(folder))
    network = build_network(start).eval()
    pairs = reader._tokenizer.pairs(QUESTION, WINDOWS)
    with torch.inference_mode():
        readings = [network(*map(torch.from_numpy, each.inputs().values())) for each in pairs]
    verdicts = reader.read(QUESTION, WINDOWS)
    found = [each.logit for each in verdicts]
    expected = [each.logits.item() for each in readings]
    assert np.abs(np.array(found) - expected).max() < 0.2
    assert all(each.span for each in verdicts)


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_description_says_what_it_can(tmp_path, is_calibrated):
    folder, weights = tmp_path / "reader", write_trained(tmp_path / "weights")

    export_network([weights], folder, "tiny", ["de", "nl"], is_calibrated=is_calibrated)

    found = ReaderFolder(folder).describe()
    assert found == ReaderDescription(
        "tiny", found.sha256, ("de", "nl"), marks_answers=True, is_calibrated=is_calibrated
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "model.onnx",
        "reader.json",
        "tokenizer.json",
    ]


def test_start_marks_no_answers_as_nothing_of_it_was_trained_to(tmp_path):
    folder, weights = tmp_path / "reader", write_start(tmp_path / "weights")

    export_network([weights], folder, "tiny", ["en"], is_calibrated=False)

    files = ReaderFolder(folder)
    assert not files.describe().marks_answers
    verdicts = OnnxReader(files).read(QUESTION, WINDOWS)
    assert [each.span for each in verdicts] == [None] * len(WINDOWS)
    assert len({each.logit for each in verdicts}) == len(WINDOWS)


def test_weights_are_a_quarter_of_their_size(tmp_path):
    weights = write_start(tmp_path / "weights")

    export_network([weights], tmp_path / "reader", "tiny", ["en"], is_calibrated=False)

    # Names and the graph itself take some 60 kB.
    size = (tmp_path / "reader" / "model.onnx").stat().st_size
    assert size < (weights / "weights.npz").stat().st_size


def test_folder_without_weights_is_one_clear_error(tmp_path):
    with pytest.raises(InputFileError, match=r"no tokenizer\.json: expected the folder of a model"):
        export_network([tmp_path], tmp_path / "reader", "tiny", ["en"], is_calibrated=False)

    assert list(tmp_path.iterdir()) == []


def test_weights_of_another_form_are_one_clear_error(tmp_path):
    folder = write_start(tmp_path / "weights")
    odd = {name: each for name, each in make_start().items() if "layer.0" not in name}
    write_weights(odd, folder)

    with pytest.raises(InputFileError) as found:
        export_network([folder], tmp_path / "reader", "tiny", ["en"], is_calibrated=False)

    assert str(found.value).startswith(f"{folder}: ")
    assert not (tmp_path / "reader").exists()


def start_with(name, change):
    """Return the weights of a start, the one of this name changed."""
    return {key: change(each) if key == name else each for key, each in make_start().items()}


def test_mean_of_several_folders_is_written(tmp_path):
    name = "classifier.bias"
    folders = [write_start(tmp_path / each) for each in ("low", "high", "middle")]
    for folder, shift in zip(folders, (-3, 3, 0), strict=True):
        write_weights(start_with(name, lambda each, shift=shift: each + shift), folder)

    export_network(folders, tmp_path / "mean", "tiny", ["en"], is_calibrated=False)
    export_network(folders[2:], tmp_path / "middle-only", "tiny", ["en"], is_calibrated=False)

    one, other = (
        OnnxReader(ReaderFolder(tmp_path / each)).read(QUESTION, WINDOWS)
        for each in ("mean", "middle-only")
    )
    assert [each.logit for each in one] == pytest.approx([each.logit for each in other], abs=0.05)


def test_network_of_another_size_has_no_mean(tmp_path):
    one, other = write_start(tmp_path / "one"), write_start(tmp_path / "other")
    write_weights(make_start(layers=1), other)

    with pytest.raises(InputFileError, match="a network of another size than that in "):
        export_network([one, other], tmp_path / "reader", "tiny", ["en"], is_calibrated=False)

    assert not (tmp_path / "reader").exists()
