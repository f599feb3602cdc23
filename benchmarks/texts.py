"""Made-up texts to measure on."""

from __future__ import annotations

import random

WORDS = (
    "the report shows that revenue in the third quarter rose while costs stayed flat and the outlook for next year "
    "remains open because demand in several regions has not yet recovered customers asked for faster answers clear "
    "terms and lower prices our team reviewed every contract and found that most of them could be renewed without "
    "changes a small number needs a new clause about data protection and delivery dates"
).split()
BEYOND_ASCII = (
    "Für die Größe der Straße gilt später überall dasselbe, où que l'on soit déjà été.\n",
    "Отчёт показывает, что выручка в третьем квартале выросла, а расходы не изменились.\n",
    "报告显示第三季度收入增长，成本保持不变，明年的前景仍不明朗。\n",
    "「売上は第三四半期に増加し、費用は横ばいでした」と報告書は述べています。\n",
    "Great food 🍜, slow service 🐌, nice view 🌅 – we will come back ❤️.\n",
)
"""What 15 of 100 chunks of a text are: most real files hold some."""


def text(random_: random.Random, size: int) -> str:
    """About so many characters of sentences, some of them in letters beyond ASCII."""
    parts: list[str] = []
    length = 0
    while length < size:
        if random_.random() < 0.15:
            sentence = random_.choice(BEYOND_ASCII)
        else:
            sentence = " ".join(random_.choices(WORDS, k=12)).capitalize() + ".\n"
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)[:size].rstrip() or "x"
