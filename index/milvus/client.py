"""The client of Milvus: imported late, as only an index there needs it, and kept from logging."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from index.errors import MilvusMissingError
from index.milvus.address import MilvusAddress

_LONGEST_REASON = 200  # characters


def prepare_client(address: MilvusAddress) -> Callable[[], Any]:
    """Return what connects to this address; raise MilvusMissingError without the extra."""
    try:
        from pymilvus import MilvusClient
    except ModuleNotFoundError as error:
        raise MilvusMissingError(address, str(error.name)) from None
    # They log every failure with a traceback, and with what was asked for.
    for name in ("pymilvus", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    options: dict[str, Any] = {}
    if address.token:
        options["token"] = address.token
    if address.database:
        options["db_name"] = address.database
    if address.certificate:
        options["server_pem_path"] = address.certificate
    return partial(MilvusClient, address.endpoint, timeout=address.timeout, **options)


def reason_of(error: Exception) -> str:
    """Return one line, short: what the client says spans several and repeats itself."""
    text = getattr(error, "message", "") or str(error) or type(error).__name__
    return " ".join(text.split())[:_LONGEST_REASON]
