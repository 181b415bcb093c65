# Two stages: what is installed is checked by hash in the first; the second has neither an installer of Python packages
# nor a compiler. The Python version is the one that requirements.lock was made for; .ci/image builds on another base.
ARG BASE=python:3.11-slim
FROM ${BASE} AS build
WORKDIR /src
COPY requirements.lock ./
RUN python3 -m venv /tools \
    && python3 -m venv --without-pip /opt/inflow \
    && /tools/bin/pip --python /opt/inflow/bin/python3 install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY db db
COPY config config
RUN /tools/bin/pip --python /opt/inflow/bin/python3 install --no-cache-dir --no-deps --no-build-isolation . \
    && /tools/bin/pip --python /opt/inflow/bin/python3 uninstall -y setuptools \
    && install -d -o 10001 -g 10001 /owned/data

FROM ${BASE}
RUN rm -rf /usr/local/lib/python3*/site-packages/pip* /usr/local/lib/python3*/ensurepip /usr/local/bin/pip*
COPY --from=build /opt/inflow /opt/inflow
COPY --from=build --chown=10001:10001 /owned/data /data
# By number: Kubernetes' runAsNonRoot cannot tell who a name is.
USER 10001:10001
# The only place that is written, temporary files included: the rest may be mounted read-only (docker run --read-only).
VOLUME /data
ENV PATH=/opt/inflow/bin:$PATH \
    HOME=/data \
    TMPDIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    INFLOW_DATABASE_URL=sqlite+aiosqlite:////data/inflow.db \
    INFLOW_LOG_FORMAT=json \
    INFLOW_HEALTH_PORT=8766
# Builders of the OCI format leave it out: compose.yaml and the notes on Kubernetes ask the same command.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=5 CMD ["inflow", "ready"]
ENTRYPOINT ["inflow"]
CMD ["run"]
