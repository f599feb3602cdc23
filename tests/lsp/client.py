"""A client that speaks the language server protocol to `batchlint lsp`, as an editor does."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Client:
    """One editor. Messages that are no answer are kept in the order in which they came."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._last_id = 0
        self._kept: list[Json] = []

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._last_id and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._kept.append(message)

    def tell(self, method: str, **params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def told(self, method: str) -> Any:
        """The next notification of that kind."""
        while True:
            message = self._kept.pop(0) if self._kept else self._receive()
            if message.get("method") == method:
                return message["params"]

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> Json:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: Json = json.loads(stream.read(length))
        return message


class Document:
    """A document that is open in an editor."""

    def __init__(self, client: Client, path: Path, text: str) -> None:
        self._client = client
        self.uri = path.as_uri()
        self.text = text
        self._version = 1
        document = {"uri": self.uri, "languageId": "json", "version": 1, "text": text}
        client.tell("textDocument/didOpen", textDocument=document)

    @property
    def diagnostics(self) -> list[Json]:
        """The next ones that are published."""
        published = self._client.told("textDocument/publishDiagnostics")
        assert published["uri"] == self.uri
        found: list[Json] = published["diagnostics"]
        return found

    def change(self, line: int, start: int, end: int, text: str) -> None:
        """Puts a text in the place of a piece of a line."""
        self._version += 1
        change = {"range": place(line, start, line, end), "text": text}
        document = {"uri": self.uri, "version": self._version}
        self._client.tell("textDocument/didChange", textDocument=document, contentChanges=[change])

    def ask(self, method: str, **params: Any) -> Any:
        """An answer about the document."""
        return self._client.ask(f"textDocument/{method}", textDocument={"uri": self.uri}, **params)


def place(line: int, start: int, end_line: int, end: int) -> Json:
    """A range of the protocol."""
    return {"start": {"line": line, "character": start}, "end": {"line": end_line, "character": end}}


@contextlib.contextmanager
def editor(folder: Path) -> Iterator[Client]:
    """An editor with a server of its own, which ends as it should."""
    command = [sys.executable, "-m", "batchlint", "lsp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as process:
        try:
            client = Client(process)
            client.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
            client.tell("initialized")
            yield client
            client.ask("shutdown")
            client.tell("exit")
            assert process.wait(20) == 0
        finally:
            process.kill()
