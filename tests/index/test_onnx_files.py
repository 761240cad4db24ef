import pytest

from index.errors import ReaderError, SnapshotCorruptError
from index.onnx_files import load_graph, load_tokenizer


@pytest.mark.parametrize(
    ("load", "name", "library"),
    [(load_tokenizer, "tokenizer.json", "tokenizers"), (load_graph, "graph.onnx", "onnxruntime")],
)
@pytest.mark.parametrize("failure", [ReaderError, SnapshotCorruptError])
def test_damaged_file_is_named_by_the_error_of_its_model(tmp_path, load, name, library, failure):
    damaged = tmp_path / name
    damaged.write_bytes(b"\x00 no model")

    with pytest.raises(failure, match=f"{name}'?: {library} cannot read it: "):
        load(damaged, failure)
