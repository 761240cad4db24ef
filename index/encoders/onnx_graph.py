"""A traced ONNX graph → the one that is kept: its weights apart and as small as they may be.

Only an export comes here: a bot has no onnx.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.quant_utils import add_pre_process_metadata

from index.encoders.description import EncoderFolder

_APART = 1024  # bytes from which a weight is kept outside the graph


def write_graph(traced: Path, files: EncoderFolder, *, int8: bool) -> None:
    """Write the traced graph with its weights apart, of 8 bits where that is asked for."""
    graph = onnx.load_model(traced)
    if int8:
        _write_int8(graph, files)
        return
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


def _write_int8(graph: onnx.ModelProto, files: EncoderFolder) -> None:
    # Else it logs the advice to simplify the graph first, which onnxruntime does as it loads it.
    add_pre_process_metadata(graph)
    quantize_dynamic(
        graph,
        files.graph,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # else sums overflow in processors without VNNI
        use_external_data_format=True,  # into the graph's name and ".data"
    )
