"""Text → unit vectors: the encoder in torch, and its export to ONNX."""

import os

# Else onnxruntime keeps an id of the machine and sends to its maker how it is used. It looks at
# this variable only when it is loaded.
os.putenv("ORT_DISABLE_TELEMETRY", "1")
