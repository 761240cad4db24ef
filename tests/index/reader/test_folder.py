"""A reader's folder says which model it holds, and holds that one only."""

import shutil

import pytest

from index.errors import ReaderError
from index.files import hash_file
from index.reader.base import ReaderDescription
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader


@pytest.fixture
def copied(tiny_reader, tmp_path):
    return ReaderFolder(shutil.copytree(tiny_reader.folder, tmp_path / "reader"))


def assert_refused(files, reason):
    for look in (files.describe, lambda: OnnxReader(files)):
        with pytest.raises(ReaderError) as found:
            look()
        assert str(found.value).startswith(f"cannot load the reader '{files.folder}")
        assert reason in str(found.value)
        assert "\n" not in str(found.value)


def test_description_is_read_as_it_was_written(copied):
    description = ReaderDescription(
        "mine",
        copied.describe().sha256,
        ("en", "ru"),
        reads_headlines=True,
        is_calibrated=True,
        most_tokens=99,
    )

    copied.write_description(description)

    assert copied.exists()
    assert copied.describe() == description
    assert str(description) == f"mine (sha256 {description.sha256[:12]})"


def test_altered_graph_is_refused(copied):
    data = bytearray(copied.graph.read_bytes())
    data[len(data) // 2] ^= 1
    copied.graph.write_bytes(data)

    assert_refused(copied, "model.onnx is not the file of reader.json")


@pytest.mark.parametrize("name", ["model.onnx", "reader.json"])
def test_missing_file_is_refused_by_name(copied, name):
    (copied.folder / name).unlink()

    assert_refused(
        copied, f"no exported reader: [Errno 2] No such file or directory: '{copied.folder / name}'"
    )


def test_folder_without_a_description_is_no_reader(copied, tmp_path):
    copied.description.unlink()

    assert not copied.exists()
    assert not ReaderFolder(tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"languages": []}', '{"name": "a", "sha256": "", "languages": [], "x": 1}'],
)
def test_description_of_another_form_is_refused(copied, text):
    copied.description.write_text(text)

    assert_refused(copied, "no exported reader: ")


def test_missing_tokenizer_is_refused(copied):
    copied.tokenizer.unlink()

    with pytest.raises(ReaderError, match=r"tokenizer\.json': tokenizers cannot read it: "):
        OnnxReader(copied)


def test_graph_that_is_none_is_refused(copied):
    copied.graph.write_text("no graph")
    copied.write_description(ReaderDescription("mine", hash_file(copied.graph)))

    with pytest.raises(ReaderError, match=r"model\.onnx': onnxruntime cannot read it: "):
        OnnxReader(copied)
