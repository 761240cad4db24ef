"""Manifests as builds wrote them before schema 4: the encoder spread over eight fields."""

import json


def write_schema_3(folder, **changes):
    """Put a manifest of schema 3, with some values changed, in the place of a snapshot's own."""
    path = folder / "manifest.json"
    values = json.loads(path.read_text("utf-8"))
    encoder = values.pop("encoder")
    old = {
        "encoder": encoder["name"],
        "encoder_revision": encoder["revision"],
        "weights_sha256": encoder["weights_sha256"],
        "encoder_files_sha256": encoder["files_sha256"],
        "encoder_window": encoder["window"],
        "prompts": encoder["prompts"],
        "dimension": encoder["dimension"],
        "schema_version": 3,
        "files": {name: record["sha256"] for name, record in values["files"].items()},
    }
    path.write_text(json.dumps({**values, **old, **changes}), "utf-8")
