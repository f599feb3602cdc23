"""A server on 127.0.0.1 that answers as the Message Batches API does, with faults where a test asks for them."""

from __future__ import annotations

import datetime
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "sk-ant-api03-a-key-that-nobody-must-ever-see"
LEGAL = re.compile(r"[a-zA-Z0-9_-]{1,64}")
TYPES = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
TYPES |= {413: "request_too_large", 500: "api_error", 529: "overloaded_error"}


@dataclass
class Fault:
    """What goes wrong with the next request to an endpoint."""

    endpoint: str
    """create, list, retrieve, results or count."""
    status: int = 0
    """Answer with this, and do nothing."""
    error_code: str = ""
    """The code in the details of that answer."""
    drop: str = ""
    """Cut the connection: "before" or "after" the work is done."""
    block: str = ""
    """Wait for `release`, "before" or "after" the work is done."""
    cut_at: int | None = None
    """Cut the stream of results after so many bytes."""
    end_at: int | None = None
    """End the stream of results after so many bytes as if that were all."""
    pause: float = 0
    """Seconds between two rows."""
    headers: dict[str, str] = field(default_factory=lambda: {"retry-after-ms": "5"})


@dataclass
class StoredBatch:
    """A batch as the server keeps it."""

    id: str
    created_at: datetime.datetime
    requests: list[dict[str, Any]]
    body: bytes
    headers: dict[str, str]
    looks: int = 0
    ended: bool = False
    gone: bool = False


def succeeded(request: dict[str, Any]) -> dict[str, Any]:
    """A result as the API gives it for an answer."""
    message = {
        "id": "msg_" + str(request["custom_id"]),
        "type": "message",
        "role": "assistant",
        "model": request["params"]["model"],
        "content": [{"type": "text", "text": "Paris."}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 3, "service_tier": "batch"},
    }
    return {"type": "succeeded", "message": message}


def errored(kind: str = "overloaded_error", message: str = "Overloaded") -> dict[str, Any]:
    """A result as the API gives it for an error."""
    inner = {"details": {"error_visibility": "user_facing"}, "type": kind, "message": message}
    return {"type": "errored", "error": {"type": "error", "error": inner, "request_id": None}}


class LocalApi(ThreadingHTTPServer):
    """The server; batches end after they were looked at `ends_after` times."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.batches: dict[str, StoredBatch] = {}
        self.faults: list[Fault] = []
        self.calls: Counter[str] = Counter()
        self.ends_after = 0
        self.answer: Callable[[dict[str, Any], StoredBatch], dict[str, Any]] = lambda request, batch: succeeded(request)
        self.tokens: Callable[[dict[str, Any]], int] = lambda params: 7
        self.counting = 0
        self.most_counting = 0
        self.reached, self.release = threading.Event(), threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that are cut on purpose say nothing."""

    def fault(self, endpoint: str) -> Fault | None:
        with self.lock:
            self.calls[endpoint] += 1
            found = next((fault for fault in self.faults if fault.endpoint == endpoint), None)
            if found is not None:
                self.faults.remove(found)
            return found

    def add(
        self, requests: list[dict[str, Any]], body: bytes = b"", headers: dict[str, str] | None = None
    ) -> StoredBatch:
        with self.lock:
            number = len(self.batches) + 1
            moment = datetime.datetime.now(datetime.UTC)
            batch = StoredBatch(f"msgbatch_{number:04}", moment, requests, body, headers or {})
            self.batches[batch.id] = batch
            return batch

    def state(self, batch: StoredBatch) -> dict[str, Any]:
        kinds = Counter(self.answer(request, batch)["type"] for request in batch.requests)
        counts = {kind: kinds[kind] if batch.ended else 0 for kind in ("succeeded", "errored", "canceled", "expired")}
        ended_at = batch.created_at.isoformat() if batch.ended else None
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if batch.ended else "in_progress",
            "request_counts": {"processing": 0 if batch.ended else len(batch.requests), **counts},
            "created_at": batch.created_at.isoformat(),
            "expires_at": (batch.created_at + datetime.timedelta(hours=24)).isoformat(),
            "ended_at": ended_at,
            "archived_at": ended_at if batch.gone else None,
            "cancel_initiated_at": None,
            "results_url": f"{self.url}/v1/messages/batches/{batch.id}/results"
            if batch.ended and not batch.gone
            else None,
        }


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: LocalApi
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_POST(self) -> None:
        self._answer("create" if self.path == "/v1/messages/batches" else "count")

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self._answer("list" if path.endswith("/batches") else "results" if path.endswith("/results") else "retrieve")

    def _answer(self, endpoint: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return
        fault = self.server.fault(endpoint) or Fault(endpoint)
        try:
            self._at("before", fault)
            if fault.status:
                raise Refusal(fault.status, f"made to fail with {fault.status}")
            if self.headers.get("Authorization") != f"Bearer {KEY}" and self.headers.get("X-Api-Key") != KEY:
                raise Refusal(401, "invalid x-api-key")
            answer = getattr(self, f"_{endpoint}")(body)
            self._at("after", fault)
            if endpoint == "results":
                self._stream(answer, fault)
            else:
                self._send(200, answer, {})
        except Refusal as error:
            inner: dict[str, Any] = {"type": TYPES.get(error.status, "api_error"), "message": str(error)}
            if fault.error_code:
                inner["details"] = {"error_code": fault.error_code}
            headers = fault.headers if fault.status else {}
            self._send(error.status, {"type": "error", "error": inner, "request_id": "req_1"}, headers)
        except ConnectionAbortedError:
            self.close_connection = True
            self.connection.close()

    def _at(self, moment: str, fault: Fault) -> None:
        if fault.block == moment:
            self.server.reached.set()
            self.server.release.wait(30)
        if fault.drop == moment:
            raise ConnectionAbortedError

    def _send(self, status: int, value: Any, headers: dict[str, str]) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, each in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, each)
        self.send_header("anthropic-organization-id", "org-1")
        self.end_headers()
        self.wfile.write(data)

    def _create(self, body: bytes) -> dict[str, Any]:
        try:
            value = json.loads(body)
        except ValueError as error:
            raise Refusal(400, f"The request body is not valid JSON: {error}") from None
        requests = value["requests"]
        if not requests:
            raise Refusal(400, "requests: List should have at least 1 item after validation, not 0")
        for index, request in enumerate(requests):
            if not LEGAL.fullmatch(request["custom_id"]):
                raise Refusal(400, f"requests.{index}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{{1,64}}$'")
        repeated = [name for name, count in Counter(request["custom_id"] for request in requests).items() if count > 1]
        if repeated:
            raise Refusal(
                400, f"requests: custom_id's must be unique within a batch. Duplicate custom_id found: {repeated[0]}"
            )
        headers = {name.lower(): each for name, each in self.headers.items()}
        return self.server.state(self.server.add(requests, body, headers))

    def _list(self, body: bytes) -> dict[str, Any]:
        query = parse_qs(urlsplit(self.path).query)
        batches = list(self.server.batches.values())[::-1]
        if "after_id" in query:
            ids = [batch.id for batch in batches]
            batches = batches[ids.index(query["after_id"][0]) + 1 :]
        limit = int(query.get("limit", ["20"])[0])
        page = [self.server.state(batch) for batch in batches[:limit]]
        ends = {"first_id": page[0]["id"] if page else None, "last_id": page[-1]["id"] if page else None}
        return {"data": page, "has_more": len(batches) > limit, **ends}

    def _found(self) -> StoredBatch:
        name = self.path.split("/")[4]
        if name not in self.server.batches:
            raise Refusal(404, f"Message Batch {name} not found.")
        return self.server.batches[name]

    def _retrieve(self, body: bytes) -> dict[str, Any]:
        batch = self._found()
        batch.looks += 1
        batch.ended |= batch.looks > self.server.ends_after
        return self.server.state(batch)

    def _results(self, body: bytes) -> list[bytes]:
        batch = self._found()
        if not batch.ended or batch.gone:
            raise Refusal(404, f"Message Batch {batch.id} has no available results.")
        rows = [
            {"custom_id": request["custom_id"], "result": self.server.answer(request, batch)}
            for request in batch.requests[::-1]
        ]
        return [json.dumps(row).encode() + b"\n" for row in rows]

    def _count(self, body: bytes) -> dict[str, Any]:
        server = self.server
        with server.lock:
            server.counting += 1
            server.most_counting = max(server.most_counting, server.counting)
        time.sleep(0.02)
        with server.lock:
            server.counting -= 1
        return {"input_tokens": server.tokens(json.loads(body))}

    def _stream(self, rows: list[bytes], fault: Fault) -> None:
        data = b"".join(rows)
        stop = len(data) if fault.end_at is None else fault.end_at
        self.send_response(200)
        self.send_header("Content-Type", "application/binary")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        data = data[: stop if fault.cut_at is None else fault.cut_at]
        step = 50 if fault.pause or fault.block == "during" else 1 << 16
        for number, at in enumerate(range(0, len(data), step)):
            piece = data[at : at + step]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
            time.sleep(fault.pause)
            if fault.block == "during" and number == 10:
                self.server.reached.set()
                self.server.release.wait(30)
        if fault.cut_at is not None:
            raise ConnectionAbortedError
        self.wfile.write(b"0\r\n\r\n")
