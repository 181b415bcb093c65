# Two stages: what is installed is checked by hash in the first; the second has neither an installer nor a compiler.
# The Python version is the one that requirements.lock was made for.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/inflow \
    && /opt/inflow/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY db db
COPY config config
RUN /opt/inflow/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/inflow/bin/pip uninstall -y setuptools pip

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home inflow
COPY --from=build /opt/inflow /opt/inflow
USER inflow
# The only place that is written; the rest may be mounted read-only (docker run --read-only).
VOLUME /data
ENV PATH=/opt/inflow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    INFLOW_DATABASE_URL=sqlite+aiosqlite:////data/inflow.db \
    INFLOW_LOG_FORMAT=json \
    INFLOW_HEALTH_PORT=8766
HEALTHCHECK --interval=30s --timeout=4s --start-period=60s --retries=5 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8766/readyz', timeout=3)"]
ENTRYPOINT ["inflow"]
CMD ["run"]
