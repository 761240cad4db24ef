"""Write a traced ONNX graph: weights as external data, embedding tables in float16.

Only an export imports this module: a bot has no onnx.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.encoders.description import EncoderFiles

_APART = 1024  # bytes from which a weight is kept outside the graph


def write_graph(traced: Path, files: EncoderFiles) -> None:
    """Write the traced graph with its weights stored apart."""
    graph = onnx.load_model(traced)
    _halve_tables(graph)
    onnx.save_model(
        graph,
        files.graph,
        save_as_external_data=True,
        location=files.weights.name,
        size_threshold=_APART,
    )


def _halve_tables(graph: onnx.ModelProto) -> None:
    """Keep the tables that tokens are looked up in as float16; all arithmetic stays float32.

    They are half of a small model's memory, and a cosine moves by a ten-millionth.
    """
    tables = {each.name: each for each in graph.graph.initializer if _is_table(each)}
    uses = Counter(name for node in graph.graph.node for name in node.input)
    for place, node in reversed(list(enumerate(graph.graph.node))):
        if node.op_type != "Gather" or node.input[0] not in tables or uses[node.input[0]] > 1:
            continue
        table = tables[node.input[0]]
        halved = numpy_helper.to_array(table).astype(np.float16)
        table.CopyFrom(numpy_helper.from_array(halved, table.name))
        found = node.output[0]
        node.output[0] = f"{found}_half"
        cast = helper.make_node("Cast", [node.output[0]], [found], to=TensorProto.FLOAT)
        graph.graph.node.insert(place + 1, cast)


def _is_table(weight: TensorProto) -> bool:
    return weight.data_type == TensorProto.FLOAT and len(weight.dims) == 2
