# Two stages: wheels are built with a compiler at hand, the image that runs has none.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY db db
COPY config config
RUN python -m venv /opt/inflow \
    && /opt/inflow/bin/pip install --no-cache-dir -c constraints.txt '.[charts,postgres,speed]'

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home inflow
COPY --from=build /opt/inflow /opt/inflow
USER inflow
# The only place that is written; everything else may be mounted read-only.
VOLUME /data
ENV PATH=/opt/inflow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    INFLOW_DATABASE_URL=sqlite+aiosqlite:////data/inflow.db \
    INFLOW_LOG_FORMAT=json \
    INFLOW_HEALTH_PORT=8766
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8766/healthz', timeout=2)"]
ENTRYPOINT ["inflow"]
CMD ["run"]
