# syntax=docker/dockerfile:1
# The builder has torch and exports the encoder; the image that runs has neither torch nor pip's
# cache, only onnxruntime, the lists and an index that is ready.
FROM python:3.11-slim AS builder
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV HF_HUB_OFFLINE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.lock requirements-runtime.lock ./
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install torch==2.13.0 ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} \
    && /opt/build/bin/pip install --require-hashes --no-deps -r requirements.lock \
    && python -m venv /opt/paperbot \
    && /opt/paperbot/bin/pip install --require-hashes --no-deps -r requirements-runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/build/bin/pip install --no-deps --no-build-isolation . \
    && /opt/build/bin/pip wheel --no-deps --no-build-isolation -w /wheels . \
    && /opt/paperbot/bin/pip install --no-deps /wheels/*.whl
COPY data/lists data/lists
COPY data/glossary.md data/nicknames.md data/summaries.md data/
RUN /opt/build/bin/paperbot build && mv index/encoder /opt/encoder

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 paperbot \
    && install -d -o paperbot -g paperbot /app /app/data/lab /app/index
COPY --from=builder /opt/paperbot /opt/paperbot
COPY --from=builder /opt/encoder /opt/encoder
WORKDIR /app
COPY --from=builder --chown=paperbot:paperbot /app/index index
COPY --chown=paperbot:paperbot data/lists data/lists
COPY --chown=paperbot:paperbot data/glossary.md data/nicknames.md data/summaries.md data/
ENV PATH=/opt/paperbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    PAPERBOT_DATA_DIR=/app/data \
    PAPERBOT_INDEX_DIR=/app/index \
    PAPERBOT_ENCODER_DIR=/opt/encoder
# By number: an orchestrator that refuses root cannot look a name up.
USER 10001
VOLUME ["/app/data/lab", "/app/index"]
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["paperbot", "health"]
ENTRYPOINT ["paperbot"]
CMD ["bot"]
