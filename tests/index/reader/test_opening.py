"""READER means the bundled reader, none, an exported one, or a CrossEncoder, exported once."""

import shutil
import sys

import pytest

from index.errors import ReaderError
from index.reader.base import ReaderIdentity, Window
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader
from index.reader.opening import BUNDLED, identify_reader, open_reader

QUESTION, WINDOW = "who opened the bridge?", Window("the mayor opened it.")


@pytest.fixture
def without_torch(monkeypatch):
    for module in ("index.reader.cross_encoder", "index.reader.onnx_export"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)


@pytest.mark.parametrize("setting", ["on", "ON", ""])
def test_on_is_the_bundled_reader(setting, tmp_path, without_torch):
    reader = open_reader(setting, tmp_path)

    assert reader.description == ReaderFolder(BUNDLED).describe()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("setting", ["off", "Off"])
def test_off_is_no_reader(setting, tmp_path):
    assert open_reader(setting, tmp_path) is None


def test_folder_of_an_exported_reader_is_opened_as_it_is(tiny_reader, tmp_path, without_torch):
    reader = open_reader(str(tiny_reader.folder), tmp_path)

    assert reader.description.name == "tiny"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("setting", ["on", "off", "folder"])
def test_reader_is_identified_without_loading_it(
    setting, tiny_reader, tmp_path, without_torch, monkeypatch
):
    monkeypatch.setattr(OnnxReader, "__init__", None)
    bundled, own = ReaderFolder(BUNDLED).describe(), tiny_reader.describe()
    named = str(tiny_reader.folder) if setting == "folder" else setting

    assert (
        identify_reader(named, tmp_path)
        == {
            "on": ReaderIdentity("on-record-reader", bundled.sha256),
            "off": None,
            "folder": ReaderIdentity("tiny", own.sha256),
        }[setting]
    )


def test_cross_encoder_is_exported_once(cross_encoder, tmp_path, request):
    first = open_reader(str(cross_encoder), tmp_path)
    (folder,) = (tmp_path / "readers").iterdir()
    written = (folder / "model.onnx").stat().st_mtime_ns

    request.getfixturevalue("without_torch")
    second = open_reader(str(cross_encoder), tmp_path)

    assert first.read(QUESTION, [WINDOW]) == second.read(QUESTION, [WINDOW])
    assert list((tmp_path / "readers").iterdir()) == [folder]
    assert (folder / "model.onnx").stat().st_mtime_ns == written


def test_export_that_cannot_be_written_is_one_clear_error(cross_encoder, tmp_path):
    in_the_way = tmp_path / "readers"
    in_the_way.write_text("a file")

    with pytest.raises(ReaderError, match=r"cannot be exported to .*readers/"):
        open_reader(str(cross_encoder), tmp_path)


def test_reader_that_another_process_exported_meanwhile_is_opened(
    cross_encoder, tmp_path, monkeypatch
):
    open_reader(str(cross_encoder), tmp_path)
    seen = iter([False])
    exists = ReaderFolder.exists
    # The first look finds no folder: both began to export.
    monkeypatch.setattr(
        ReaderFolder,
        "exists",
        lambda files: next(seen, exists(files)) if "readers" in str(files.folder) else False,
    )

    reader = open_reader(str(cross_encoder), tmp_path)

    assert reader.description.name == str(cross_encoder)


def test_cross_encoder_where_torch_is_missing_says_what_to_do(
    cross_encoder, tmp_path, without_torch
):
    with pytest.raises(ReaderError) as found:
        open_reader(str(cross_encoder), tmp_path)

    assert str(found.value) == (
        f"cannot load the reader '{cross_encoder}': not exported yet, and torch is not installed "
        "here: run `make setup`; check READER (`on` for the bundled one, `off` for none, or the "
        "name or folder of another)"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        (
            "cross-encoder/ms-marco-MiniLM-L6-v2",
            "cross-encoder-ms-marco-MiniLM-L6-v2-656e816f6856",
        ),
        ("harbour/mine", "harbour-mine-02cd212c0c60"),
        ("harbour-mine", "harbour-mine-08b0a43f71f6"),
        ("модель 2", "модель-2-f245cc24696b"),
        ("\udcff", "model-a8100ae6aa19"),
    ],
)
def test_exported_reader_is_found_by_its_name(tiny_reader, tmp_path, without_torch, name, folder):
    readers = tmp_path / "readers"
    readers.mkdir()
    (readers / folder).symlink_to(tiny_reader.folder)

    assert open_reader(name, tmp_path).description.name == "tiny"


@pytest.fixture
def other_cross_encoder(make_cross_encoder):
    return make_cross_encoder(seed=1)


def test_folders_of_like_names_are_different_readers(
    cross_encoder, other_cross_encoder, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(cross_encoder, "models/mine")
    shutil.copytree(other_cross_encoder, "models-mine")

    one, other = (open_reader(each, tmp_path / "index") for each in ("models/mine", "models-mine"))

    assert one.description.sha256 != other.description.sha256
    assert one.read(QUESTION, [WINDOW]) != other.read(QUESTION, [WINDOW])


def test_folder_whose_weights_were_trained_again_is_exported_again(
    cross_encoder, other_cross_encoder, tmp_path
):
    setting, index_dir = str(tmp_path / "mine"), tmp_path / "index"
    shutil.copytree(cross_encoder, setting)
    old = open_reader(setting, index_dir)

    shutil.copy(other_cross_encoder / "model.safetensors", setting)

    new = open_reader(setting, index_dir)
    assert new.read(QUESTION, [WINDOW]) != old.read(QUESTION, [WINDOW])
    assert identify_reader(setting, index_dir) == new.description.identity


def test_words_about_a_model_do_not_export_it_again(cross_encoder, tmp_path, request):
    setting, index_dir = tmp_path / "mine", tmp_path / "index"
    shutil.copytree(cross_encoder, setting)
    before = open_reader(str(setting), index_dir).description

    request.getfixturevalue("without_torch")
    (setting / "README.md").write_text("Trained in November.")

    assert open_reader(str(setting), index_dir).description == before


def test_folder_that_cannot_be_read_is_one_clear_error(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"weights")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "model.safetensors")

    monkeypatch.setattr("pathlib.Path.open", refuse)

    with pytest.raises(ReaderError, match=r"cannot be read: .*Permission denied"):
        identify_reader(str(tmp_path / "mine"), tmp_path / "index")
