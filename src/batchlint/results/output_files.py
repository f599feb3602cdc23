"""Files that are written next to each other and appear together: whole or not at all, and never in place of another."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from batchlint.files.atomic import publish
from batchlint.files.drafts import open_draft, sweep_drafts
from batchlint.results.errors import FileTrouble, WrongFile, reading
from batchlint.sources import Source


class Draft:
    """A file that is being written under a name that says that it is not done."""

    def __init__(self, final: Path) -> None:
        self.final = final
        self._digest = hashlib.sha256()
        self.size = 0
        with self._naming():
            self.path, self._file = open_draft(final)

    def write(self, data: bytes) -> None:
        """Adds bytes."""
        with self._naming():
            self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def write_all(self, parts: Iterable[bytes]) -> None:
        """Adds all these bytes, and makes sure that they are on the disk."""
        for part in parts:
            self.write(part)
        self.finish()

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def finish(self) -> None:
        """Makes sure that all of it is on the disk."""
        with self._naming():
            self._file.flush()
            os.fsync(self._file.fileno())

    def publish(self) -> None:
        """Gives the file its name. Raises FileExistsError where something else has it."""
        if os.name == "nt":  # an open file keeps its name there; elsewhere the draft stays locked
            self._file.close()
        publish(self.path, self.final)

    def drop(self) -> None:
        """Takes the draft away, if it still has its own name."""
        with contextlib.suppress(OSError):  # what could not be written is not missed
            self._file.close()
        self.path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _naming(self) -> Iterator[None]:
        """Lets errors name the file as it is to be called."""
        try:
            yield
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.final)) from None


class Outputs:
    """A context manager for files that appear together when they are published; what is not leaves no trace.

    They are made of `sources`, which have to be as they were when they were opened.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._drafts: list[Draft] = []

    def draft(self, final: Path) -> Draft:
        """A new file of that name."""
        draft = Draft(final)
        self._drafts.append(draft)
        return draft

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, *error: object) -> None:
        for draft in self._drafts:
            draft.drop()

    def publish(self, *drafts: Draft) -> None:
        """Gives the files their names, one after the other: where the last one is there, all are.

        A file with just the same bytes may be there already, so that a command that was killed can be run again.
        Raises OSError where something else is there, and then takes back the names that were given, and FileTrouble
        where a source was changed meanwhile.
        """
        for source in self._sources:
            with reading(source.path):
                source.make_sure_it_is_unchanged()
        for draft in drafts:
            draft.finish()
        done: list[Path] = []
        with _undisturbed():
            try:
                for draft in drafts:
                    was_there = os.path.lexists(draft.final)
                    draft.publish()
                    if not was_there:
                        done.append(draft.final)
            except BaseException:
                for path in done:
                    path.unlink(missing_ok=True)
                raise
        for folder in {path.parent for path in done}:
            _settle(folder)
        for draft in drafts:
            sweep_drafts(draft.final)


@contextlib.contextmanager
def writing(sources: Sequence[Source]) -> Iterator[Outputs]:
    """`Outputs`, with what the system says told as `FileTrouble`, and what is in the way as `WrongFile`."""
    try:
        with Outputs(sources) as outputs:
            yield outputs
    except FileExistsError as error:
        raise WrongFile(f"{error.filename}: exists already, and nothing is ever overwritten") from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise FileTrouble(f"{where}cannot be written: {error.strerror or error}") from None


def make_sure_it_is_new(path: Path, inputs: list[str], beside: Sequence[Path] = ()) -> None:
    """Raises WrongFile for a name that no new file can have: an input's, a taken one, one in no folder.

    Files `next to` it may be there while it is not: they get their names first, so an interrupted run may have left
    them, and whether they are just the same is seen when they are named.
    """
    for each in beside:
        _make_sure_it_can_be(each, inputs)
    _make_sure_it_can_be(path, inputs)
    if os.path.lexists(path):
        sweep_drafts(path)
        raise WrongFile(f"{path}: exists already, and nothing is ever overwritten")


def _make_sure_it_can_be(path: Path, inputs: list[str]) -> None:
    for given in map(Path, inputs):
        if path.exists() and given.exists() and path.samefile(given):
            raise WrongFile(f"{path}: this is {given} itself; nothing is ever overwritten")
    if path.is_symlink():
        raise WrongFile(f"{path}: is a symbolic link; name a file that does not exist yet")
    if path.exists() and not path.is_file():
        raise WrongFile(f"{path}: exists already, and nothing is ever overwritten")
    if not path.parent.is_dir():
        raise WrongFile(f"{path}: there is no folder {path.parent}")


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keeps signals waiting while files get their names, which takes a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle(folder: Path) -> None:
    """Makes sure that the names are on the disk too, where folders can be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
