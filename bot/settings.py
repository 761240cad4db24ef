"""Settings from the environment and `.env`, read once in `main()`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of the bot; `.env.example` and the README explain them."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    discord_token: SecretStr | None = Field(
        default=None, description="Token of the bot, from the Discord developer portal."
    )
    index_dir: Path = Field(
        default=Path("coverage-index"), description="Folder of the index that the bot answers from."
    )
    embedding_model: str = Field(
        default="",
        description="A sentence-transformers name or folder; empty for the one of the index.",
    )
