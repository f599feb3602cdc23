"""The language server: keeps what was found in each open document, and answers the editor from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from batchlint import __version__
from batchlint.config import ConfigError
from batchlint.config.closest import NAMES, PYPROJECT
from batchlint.config.select import UnknownRule
from batchlint.lsp.actions import KINDS, actions_for
from batchlint.lsp.checking import DocumentChecker
from batchlint.lsp.completion import completions
from batchlint.lsp.diagnostics import MOST, Shown, shown
from batchlint.lsp.hover import hover_at
from batchlint.rulebook import Rulebooks
from batchlint.schema import WIDEST_VERSION
from batchlint.sources.search import looks_like_batch

PAUSE = 0.15
"""Seconds without a change after which a document is looked at again."""
HEAD = 1 << 14
"""Characters by which a document is known as a batch; others are left alone."""
MOST_BEFORE = 1 << 20
"""Characters before a cursor that are looked at to complete."""


class BatchServer(LanguageServer):
    """A server for the documents of one editor."""

    def __init__(self, make_rulebooks: Callable[[], Rulebooks]) -> None:
        super().__init__("batchlint", f"v{__version__}")
        self._make_rulebooks = make_rulebooks
        self._rulebooks = make_rulebooks()
        self._checkers: dict[str, DocumentChecker] = {}
        self._found: dict[str, list[Shown]] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def check(self, uri: str) -> None:
        """Looks at a document and publishes what is wrong with it."""
        self._cancel(uri)
        document = self.workspace.get_text_document(uri)
        try:
            checker = self._checker(uri)
        except (ConfigError, UnknownRule) as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"batchlint: {error}"))
            return
        text = document.source
        if uri not in self._found and not looks_like_batch(_path(uri), text[:HEAD].encode("utf-8", "replace")):
            return
        found = self._found[uri] = shown(checker.check(text, MOST), text)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, [each.diagnostic for each in found], document.version)
        )

    def check_soon(self, uri: str) -> None:
        """Looks at a document when nobody has typed for a moment."""
        self._cancel(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(PAUSE, self.check, uri)

    def close(self, uri: str) -> None:
        """Forgets a document."""
        self._cancel(uri)
        self._checkers.pop(uri, None)
        self._found.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def forget_settings(self) -> None:
        """Reads configurations anew from here on, and looks at all documents again."""
        self._rulebooks = self._make_rulebooks()
        for uri in list(self._checkers):
            del self._checkers[uri]
            self.check_soon(uri)

    def found(self, uri: str) -> Sequence[Shown]:
        """The problems found in a document as it is now."""
        if uri in self._waiting:
            self.check(uri)
        return self._found.get(uri, ())

    def api_version(self, uri: str) -> str:
        """The API version that a document is written for."""
        try:
            return self._rulebooks.of(_path(uri)).settings.options.api_version or WIDEST_VERSION
        except (ConfigError, UnknownRule):
            return WIDEST_VERSION

    def _checker(self, uri: str) -> DocumentChecker:
        if uri not in self._checkers:
            path = _path(uri)
            self._checkers[uri] = DocumentChecker(path, self._rulebooks.of(path))
        return self._checkers[uri]

    def _cancel(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()


def make_server(make_rulebooks: Callable[[], Rulebooks]) -> BatchServer:
    """A server with its answers; rulebooks are made anew when a configuration has changed."""
    server = BatchServer(make_rulebooks)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await watch_configurations(server)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(asked: types.DidOpenTextDocumentParams) -> None:
        server.check(asked.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(asked: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(asked.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(asked: types.DidSaveTextDocumentParams) -> None:
        server.check(asked.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(asked: types.DidCloseTextDocumentParams) -> None:
        server.close(asked.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def configuration_changed(_: types.DidChangeWatchedFilesParams) -> None:
        server.forget_settings()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(asked: types.HoverParams) -> types.Hover | None:
        return hover_at(server.found(asked.text_document.uri), asked.position)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=KINDS))
    def acted(asked: types.CodeActionParams) -> list[types.CodeAction]:
        uri = asked.text_document.uri
        found = server.found(uri)
        actions = actions_for(uri, server.workspace.get_text_document(uri).source, found, asked.range)
        only = asked.context.only
        return [each for each in actions if only is None or each.kind in only]

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=['"', "{", ":", ","]))
    def completed(asked: types.CompletionParams) -> list[types.CompletionItem]:
        uri = asked.text_document.uri
        document = server.workspace.get_text_document(uri)
        end = document.offset_at_position(asked.position)
        begin = document.source.rfind("\n", 0, end) + 1 if uri.endswith((".jsonl", ".ndjson")) else 0
        if end - begin > MOST_BEFORE:
            return []
        return completions(document.source[begin:end], server.api_version(uri))

    return server


async def watch_configurations(server: BatchServer) -> None:
    """Lets the editor tell when a configuration changes, where it can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in (*NAMES, PYPROJECT)]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration("configurations", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await server.client_register_capability_async(types.RegistrationParams([registration]))


def _path(uri: str) -> str:
    return Path(to_fs_path(uri) or uri).as_posix()
