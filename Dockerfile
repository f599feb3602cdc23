# batchlint in a small image, for pipelines without Python: docker run --rm -v "$PWD:/data:ro" batchlint FILE
# The build stage compiles the scanner; the image that remains has neither a compiler nor pip, and runs as nobody.
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends cargo && rm -rf /var/lib/apt/lists/*
COPY . /source
RUN python -m venv /opt/batchlint && /opt/batchlint/bin/pip install --no-cache-dir --quiet /source \
    && /opt/batchlint/bin/pip uninstall --quiet --yes pip

FROM ${PYTHON}
COPY --from=build /opt/batchlint /opt/batchlint
USER 65534:65534
WORKDIR /data
ENTRYPOINT ["/opt/batchlint/bin/batchlint"]
CMD ["--help"]
