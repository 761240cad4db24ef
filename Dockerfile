# Two images: `bot` answers in Discord, `builder` fetches articles and builds the index.
# compose.yaml runs both; docs/operating.md explains them.

ARG BASE=python:3.11-slim

FROM ${BASE} AS base
# Libraries put their caches into HOME; /tmp is writable in a read-only container, too.
ENV HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    INDEX_DIR=/data/index
RUN useradd --system --uid 10001 --home-dir /tmp on-record \
    && install --directory --owner=on-record /data/index
WORKDIR /app
# The dependencies are installed before the code is copied, because the code changes more often.
COPY pyproject.toml constraints.txt README.md LICENSE ./

FROM base AS builder
# For a mirror, or for wheels of torch without CUDA.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
RUN pip install --no-cache-dir --root-user-action=ignore -c constraints.txt '.[build]' \
    && rm -rf build *.egg-info \
    && install --directory --owner=on-record /data/fetched
COPY . .
USER on-record
VOLUME ["/data/index", "/data/fetched"]
CMD ["python", "scripts/build_index.py", "/data/fetched"]

# The last stage is the default of `docker build`.
FROM base AS bot
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
RUN pip install --no-cache-dir --root-user-action=ignore -c constraints.txt '.[bot]' \
    && rm -rf build *.egg-info \
    && install --directory --owner=on-record /data/votes
COPY . .
USER on-record
ENV FEEDBACK=/data/votes/feedback.db WATCHES=/data/votes/watches.db
VOLUME ["/data/index", "/data/votes"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "bot", "--health"]
CMD ["python", "-m", "bot"]
