"""Text → unit vectors: the encoder in torch, and its export to ONNX."""
