"""Settings from the environment and `.env`, read once in `main()`."""

import re
from datetime import time
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidatorFunctionWrapHandler, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.runtime.rate_limits import MEMBER_QUESTIONS, SERVER_QUESTIONS
from index.milvus.address import read_address
from index.places import Place
from index.reader.opening import ON
from index.search.answerability import THRESHOLD

_FILE = ".env"
_ID = re.compile("[0-9]{15,20}")
_COPY_ID = (
    "to copy one, turn on Discord's User Settings → Advanced → Developer Mode, right-click the "
    "channel and choose Copy Channel ID"
)


def _default_health_file(settings: dict[str, Any]) -> Path:
    """Return a path in the temporary folder: one for each index, as for each index runs one bot."""
    index_dir = str(Path(settings["index_dir"]).resolve())
    return Path(gettempdir()) / f"on-record-{sha256(index_dir.encode()).hexdigest()[:12]}.json"


class SettingsFileError(Exception):
    """The file of settings is not UTF-8; the message is one line for the operator."""


class Settings(BaseSettings):
    """Every setting of the bot; `.env.example` and `docs/operating.md` explain them."""

    model_config = SettingsConfigDict(env_file=_FILE, env_ignore_empty=True, extra="ignore")

    discord_token: SecretStr | None = Field(
        default=None, description="Token of the bot, from the Discord developer portal."
    )
    index_dir: str = Field(
        default="coverage-index",
        description="Folder of the index that the bot answers from, or milvus://HOST:PORT/NAME.",
    )
    answer_threshold: float = Field(
        default=THRESHOLD,
        ge=0,
        le=1,
        description="Least probability of an answer; below it the question is refused.",
    )
    feedback: str = Field(
        default="feedback.db", description="File for readers' votes, or `off` for no vote buttons."
    )
    watches: str = Field(
        default="watches.db",
        description="File for watched questions, or `off` for no 🔔 and no /watch.",
    )
    watches_per_member: int = Field(
        default=5, ge=1, le=10, description="Most questions that one member can watch."
    )
    ask_channels: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Ids of channels where every message is a question, separated by commas.",
    )
    digest_channel: Annotated[int | None, NoDecode] = Field(
        default=None, description="Id of the channel for a digest every day; empty for none."
    )
    digest_time: time = Field(default=time(8), description="When it is posted, such as `08:00`.")
    digest_zone: ZoneInfo = Field(
        default=ZoneInfo("UTC"), description="Time zone of that time, such as `Europe/Minsk`."
    )
    questions_per_member: int = Field(
        default=MEMBER_QUESTIONS, ge=1, description="Most questions of one member in a minute."
    )
    questions_per_server: int = Field(
        default=SERVER_QUESTIONS, ge=1, description="Most questions in one server in a minute."
    )
    health_file: Path = Field(
        default_factory=_default_health_file,
        description="File that the running bot refreshes for `--health`.",
    )
    embedding_model: str = Field(
        default="",
        description="A sentence-transformers name or folder; empty for the one of the index.",
    )
    reader: str = Field(
        default=ON,
        description="What tells an answer from a mention: `on` for the bundled model, `off` for "
        "none, or a sentence-transformers CrossEncoder name or folder.",
    )

    milvus_token: SecretStr | None = Field(
        default=None, description="Token of Milvus, or USER:PASSWORD; only for INDEX_DIR=milvus://…"
    )
    milvus_database: str = Field(
        default="", description="Database of Milvus; empty for its default."
    )
    milvus_tls: str = Field(default="off", description="Whether Milvus is reached by TLS.")
    milvus_certificate: str = Field(
        default="", description="File of the certificate that Milvus' own is checked against."
    )
    milvus_timeout: str = Field(
        default="",
        description="Most seconds that Milvus may take for a question; empty for 10, or 60 for a "
        "file of Milvus Lite.",
    )
    milvus_cache: str = Field(
        default="", description="Folder for the encoder of an index in Milvus."
    )
    milvus_index: str = Field(
        default="HNSW", description="How a new coverage's vectors are indexed; for builds."
    )
    milvus_shards: str = Field(
        default="1", description="Into how many shards a new coverage is divided; for builds."
    )

    @field_validator("ask_channels", mode="before")
    @classmethod
    def _read_ids(cls, typed: object) -> object:
        if not isinstance(typed, str):
            return typed
        ids = [each.strip() for each in typed.split(",") if each.strip()]
        if wrong := [each for each in ids if not _ID.fullmatch(each)]:
            raise ValueError(
                f"found {', '.join(map(repr, wrong))}, expected the ids of channels separated by "
                f"commas; {_COPY_ID}"
            )
        return ids

    @field_validator("digest_channel", mode="before")
    @classmethod
    def _read_id(cls, typed: object) -> object:
        if isinstance(typed, str) and not _ID.fullmatch(typed.strip()):
            raise ValueError(f"found {typed!r}, expected the id of a channel; {_COPY_ID}")
        return typed

    @field_validator("digest_time", mode="wrap")
    @classmethod
    def _read_time(cls, typed: object, read: ValidatorFunctionWrapHandler) -> time:
        at: time = read(typed)
        if at.tzinfo is not None:
            raise ValueError(
                f"found {typed!r}, expected a time without an offset, such as 08:00; its zone is "
                "set by DIGEST_ZONE"
            )
        return at

    @field_validator("digest_zone", mode="before")
    @classmethod
    def _read_zone(cls, typed: object) -> object:
        try:
            return ZoneInfo(typed) if isinstance(typed, str) else typed
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"found {typed!r}, expected a time zone such as UTC or Europe/Minsk"
            ) from None

    @property
    def place(self) -> Place:
        """Where the index is; raise AddressError for an address or a setting that is none."""
        token = self.milvus_token
        return read_address(
            self.index_dir,
            {
                "MILVUS_TOKEN": token.get_secret_value() if token else "",
                "MILVUS_DATABASE": self.milvus_database,
                "MILVUS_TLS": self.milvus_tls,
                "MILVUS_CERTIFICATE": self.milvus_certificate,
                "MILVUS_TIMEOUT": self.milvus_timeout,
                "MILVUS_CACHE": self.milvus_cache,
                "MILVUS_INDEX": self.milvus_index,
                "MILVUS_SHARDS": self.milvus_shards,
            },
        )

    @property
    def feedback_file(self) -> Path | None:
        """The file for readers' votes, or None if they are off."""
        return None if self.feedback.lower() == "off" else Path(self.feedback)

    @property
    def watches_file(self) -> Path | None:
        """The file for watched questions, or None if they are off."""
        return None if self.watches.lower() == "off" else Path(self.watches)


def read_settings() -> Settings:
    """Return the settings of the environment and `.env`.

    Raises ValidationError for a value that cannot be used, SettingsFileError for the whole file.
    """
    # With zero bytes it decodes as UTF-8 and sets nothing: UTF-16 without a mark of its own.
    if Path(_FILE).is_file() and b"\0" in (data := Path(_FILE).read_bytes()):
        raise SettingsFileError(f"{_FILE} is not UTF-8 (byte {data.index(0)}): save it as UTF-8")
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsFileError(
            f"{_FILE} is not UTF-8 (byte {error.start}): save it as UTF-8"
        ) from None
