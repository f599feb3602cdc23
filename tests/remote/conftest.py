"""A local S3: the server of moto, in a thread of the tests, on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
Put = Callable[[str, bytes], None]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL at which a local S3 answers."""
    for name in ("fsspec", "s3fs", "moto.server"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install 'batchlint[scale]'")
    from moto.server import ThreadedMotoServer

    server: Any = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def put(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Puts an object into the bucket `batches`, which is empty at first."""
    import fsspec

    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    fsspec.filesystem("s3").clear_instance_cache()
    store = fsspec.filesystem("s3")
    store.mkdir("batches")
    yield lambda key, data: store.pipe_file(f"batches/{key}", data)
    store.rm("batches", recursive=True)
