"""Docstrings in sentences: the ones that are new or changed, and those of them that speak of a limit or a refusal."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-*] )")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"(\[])")
LIMIT = re.compile(
    r"\d|\b(?:must|cannot|can't|may not|only|never|at most|at least|max(?:imum)?|min(?:imum)?|limit\w*|reject\w*|"
    r"refus\w*|error\w*|fail\w*|invalid|required?|unsupported|not (?:supported|allowed|available|accepted)|"
    r"doesn't support|don't support)\b",
    re.IGNORECASE,
)
ALIKE = 0.6
"""How much of two sentences has to be the same for one to be the other, changed."""


class Sentence(NamedTuple):
    """A sentence and the first place where it is, as `BetaTextBlockParam.text`."""

    at: str
    says: str

    @property
    def limits(self) -> bool:
        """Whether it may speak of a limit or a refusal, so that somebody has to read it."""
        return LIMIT.search(self.says) is not None


class ChangedSentence(NamedTuple):
    """The outcome of a sentence: new without `old`, gone without `new`."""

    old: Sentence | None
    new: Sentence | None


def digest(text: str) -> str:
    """The key of a sentence: 12 hexadecimal digits of its sha256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def split(text: str) -> Iterator[str]:
    """The sentences of a docstring, each on one line."""
    for paragraph in PARAGRAPH.split(text):
        yield from filter(None, SENTENCE_END.split(" ".join(paragraph.split())))


def compared(old: Mapping[str, Sentence], new: Mapping[str, Sentence]) -> Iterator[ChangedSentence]:
    """What is new, changed or gone; a sentence that only is elsewhere now is none of it. Both are by digest."""
    gone = [sentence for key, sentence in old.items() if key not in new]
    for key, sentence in new.items():
        if key in old:
            continue
        before = max(gone, key=lambda each: _likeness(each, sentence), default=None)
        if before is not None and _likeness(before, sentence) >= ALIKE:
            gone.remove(before)
            yield ChangedSentence(before, sentence)
        else:
            yield ChangedSentence(None, sentence)
    yield from (ChangedSentence(sentence, None) for sentence in gone)


def _likeness(old: Sentence, new: Sentence) -> float:
    return SequenceMatcher(None, old.says, new.says, autojunk=False).ratio()
