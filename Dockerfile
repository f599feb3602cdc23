# batchlint in a small image, for pipelines without Python: docker run --rm -v "$PWD:/data:ro" batchlint FILE
# The stages before the last compile the scanner and install; what remains has neither a compiler nor pip of its own, and
# runs as nobody. Both images are of one Debian, so that the scanner finds the libc that it was linked with.
ARG RUST=rust:1-slim-trixie
ARG PYTHON=python:3.13-slim-trixie

FROM ${RUST} AS wheel
RUN apt-get update && apt-get install --yes --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*
COPY . /source
ENV BATCHLINT_BUILD_NATIVE=1
RUN python3 -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels /source

FROM ${PYTHON} AS installed
COPY --from=wheel /wheels /wheels
RUN python -m venv /opt/batchlint \
    && /opt/batchlint/bin/pip install --no-cache-dir --quiet /wheels/*.whl \
    && /opt/batchlint/bin/pip uninstall --quiet --yes pip

FROM ${PYTHON}
COPY --from=installed /opt/batchlint /opt/batchlint
USER 65534:65534
WORKDIR /data
ENTRYPOINT ["/opt/batchlint/bin/batchlint"]
CMD ["--help"]
