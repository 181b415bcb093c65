"""Makes the reader's weights from its labelled rows: ``python -m tools.train_reader [--check] [--folds]``.

The same rows and tables give the same bytes: names are sorted, one thread works, the weights are rounded. It prints
what the models read right on rows that were held back from them (``--folds``), file by file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bot.places.resolve import Resolver
from bot.questions import confidence, ranking, roles
from bot.questions.drafting import Draft, bound_features, drafts, signs, weighed
from bot.questions.features import of_text
from bot.questions.hearing import Heard, hear, with_roles
from bot.questions.ledger import ledger
from bot.questions.reader import OFFERED
from bot.questions.roles import Surroundings
from bot.questions.scorer import Model, model, packed
from bot.questions.spans import spans_of
from tools.reader_rows import EXAMPLES, FREE, Row, faults, gold_roles, read_rows
from tools.reader_weights import WEIGHTS, made_of
from tools.train_dialogue import act_model

FOLDS = 5
OTHERS = 0.15
"""What the alternatives of a label weigh together."""
KEPT = {
    "intent": 10000,
    "measure": 5000,
    "first": 1200,
    "chart": 800,
    "rate": 1200,
    "confidence": 600,
    "place": 7000,
    "time": 2500,
    "number": 3000,
    "group": 2000,
    "publisher": 800,
    "measured": 1500,
    "act": 2300,
    "rank": 2500,
}
STRENGTH = {
    "intent": 0.15,
    "measure": 0.2,
    "first": 0.3,
    "chart": 0.3,
    "rate": 0.3,
    "confidence": 0.1,
    "place": 0.5,
    "time": 0.5,
    "number": 0.5,
    "group": 0.5,
    "publisher": 0.5,
    "measured": 0.5,
    "act": 0.5,
    "rank": 0.1,
}
RANKED_BY = 5
"""A sign of whole readings that fewer of them have is not learned from."""
Sample = tuple[Iterable[str], str]


class Prepared:
    """The rows with their spans, found once."""

    def __init__(self, rows: Sequence[Row]) -> None:
        resolver = Resolver.load()
        self.rows = rows
        self.spans = [spans_of(row.text, resolver, row.today) for row in rows]
        self.texts = [frozenset(of_text(spans)) for spans in self.spans]
        self.gold = [gold_roles(row, spans) for row, spans in zip(rows, self.spans, strict=True)]
        self.role_samples = [self._role_samples(at) for at in range(len(rows))]

    def _role_samples(self, at: int) -> list[tuple[str, set[str], str]]:
        gold = self.gold[at]
        if gold is None:
            return []
        around = Surroundings(self.spans[at])
        found = []
        for kind, spans in roles.slots_of(self.spans[at]).items():
            before = "none"
            for place, role in enumerate(gold[kind]):
                if role is not None:
                    found.append((kind, around.features(kind, spans, place, before), role))
                before = role or roles.OTHER
        return found


def fit(samples: Sequence[Sample], name: str, weights: Sequence[float] | None = None) -> Model:
    """A model from its samples, each of which may weigh less than one.

    It is fitted twice: on all features, and then on the weightiest alone, so that these make up for the others.
    """
    names, table = tabled([features for features, _ in samples], 2)
    wanted = np.array([label for _, label in samples])
    classes, found = _weighed(names, table, wanted, name, weights)
    chosen = _weightiest(names, found, KEPT[name])
    classes, found = _weighed([names[at] for at in chosen], table[:, chosen], wanted, name, weights)
    return rounded([names[at] for at in chosen], found, classes)


def _weighed(
    names: Sequence[str], table: sparse.csr_matrix, wanted: np.ndarray, name: str, weights: Sequence[float] | None
) -> tuple[list[str], np.ndarray]:
    """The classes, and the weight of each feature for each of them; what is the same for all texts is in ``bias``."""
    fitted = LogisticRegression(C=STRENGTH[name], max_iter=100, tol=1e-3).fit(table, wanted, weights)
    found, constant = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        found, constant = np.vstack([-found[0], found[0]]) / 2, np.array([-constant[0], constant[0]]) / 2
    found = found.copy()
    if "bias" in names:
        found[:, names.index("bias")] += constant
    return [str(one) for one in fitted.classes_], found


def tabled(samples: Sequence[Iterable[str]], least: int) -> tuple[list[str], sparse.csr_matrix]:
    """The features that so many samples have, in order, and which sample has which: a row each, a column a feature."""
    counted = Counter(feature for features in samples for feature in features)
    names = sorted(feature for feature, count in counted.items() if count >= least)
    index = {feature: at for at, feature in enumerate(names)}
    columns, ends = [], [0]
    for features in samples:
        columns.extend(sorted(index[feature] for feature in features if feature in index))
        ends.append(len(columns))
    return names, sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(samples), len(names)))


def _weightiest(names: Sequence[str], weights: np.ndarray, kept: int) -> list[int]:
    size = np.abs(weights).max(axis=0)
    return sorted(sorted(range(len(names)), key=lambda at: (-round(float(size[at]), 6), names[at]))[:kept])


def rounded(names: Sequence[str], weights: np.ndarray, classes: Sequence[str]) -> Model:
    """The features with weights as small integers; what rounds to nothing is left out."""
    scale = float(f"{np.abs(weights).max() / 127:.6g}")
    whole = np.rint(weights / scale).astype(int)
    rows: dict[str, Sequence[int] | str] = {
        name: tuple(int(one) for one in whole[:, at]) for at, name in enumerate(names) if whole[:, at].any()
    }
    return Model(tuple(classes), scale, rows)


def train(prepared: Prepared, chosen: Sequence[int]) -> dict[str, Model]:
    """All models, from the chosen rows."""
    models: dict[str, Model] = {}
    for kind in roles.KINDS:
        samples = [(features, role) for at in chosen for k, features, role in prepared.role_samples[at] if k == kind]
        models[kind] = fit(samples, kind)
    texts = {at: prepared.texts[at] | with_roles(_roles(prepared, at, models)) for at in chosen}
    models["intent"] = _fit_shared([(texts[at], _values(prepared.rows[at], "intent")) for at in chosen], "intent")
    measured: list[tuple[Iterable[str], Sequence[str]]] = []
    first = []
    counted = [at for at in chosen if prepared.rows[at].label["intent"] not in FREE | {"unanswerable"}]
    defined = [at for at in chosen if prepared.rows[at].label["intent"] == "define"]
    for at in sorted((*counted, *defined)):
        label = prepared.rows[at].label
        heard = hear(prepared.spans[at], models)
        measures = ["" if one == "travelled" else one for one in _values(prepared.rows[at], "measure", label["intent"])]
        measured.append((texts[at] | bound_features(heard, label["intent"]), measures))
        if label["intent"] == "rank":
            flags = label["flags"].split(";")
            wanted_first = "top" if "top=1" in flags else "bottom" if "bottom=1" in flags else "none"
            first.append((texts[at], wanted_first))
    for name, flag in (("chart", "chart"), ("rate", "per_capita")):
        wanted = [(texts[at], "yes" if flag in prepared.rows[at].label["flags"].split(";") else "no") for at in counted]
        models[name] = fit(wanted, name)
    models["measure"] = _fit_shared(measured, "measure")
    models["first"] = fit(first, "first")
    return models


def _values(row: Row, column: str, intent: str | None = None) -> list[str]:
    """What the labels of a row have in a column, the first one first; of those with an intent where one is given."""
    labels = [label for label in row.alternatives if intent in (None, label["intent"])]
    return list(dict.fromkeys(label[column] for label in labels if ";" not in label[column]))


def _fit_shared(samples: Sequence[tuple[Iterable[str], Sequence[str]]], name: str) -> Model:
    """A model from samples that may have several good labels: the first weighs most, the others share the rest."""
    shared = [
        ((features, value), 1 - OTHERS if at == 0 and len(values) > 1 else OTHERS / (len(values) - 1) if at else 1)
        for features, values in samples
        for at, value in enumerate(values)
    ]
    return fit([sample for sample, _ in shared], name, [weight for _, weight in shared])


def _roles(prepared: Prepared, at: int, models: Mapping[str, Model]) -> dict[str, list[str]]:
    around = Surroundings(prepared.spans[at])
    chosen: dict[str, list[str]] = {}
    for kind, spans in roles.slots_of(prepared.spans[at]).items():
        chosen[kind] = []
        before = "none"
        for place in range(len(spans)):
            odds = models[kind].probabilities(around.features(kind, spans, place, before))
            before = max(odds, key=lambda role: odds[role])
            chosen[kind].append(before)
    return chosen


def written(model: Model) -> str:
    """A model as its file."""
    lines = ["\t".join(["", repr(model.scale), *model.classes])]
    lines += [f"{name}\t{packed(row)}" for name, row in sorted(model.rows.items()) if not isinstance(row, str)]
    return "\n".join(lines) + "\n"


def held_back(prepared: Prepared, rows: Sequence[Row]) -> list[tuple[Heard, list[Draft]]]:
    """Each row as models that had not seen it hear it and read it, its whole readings not yet weighed."""
    found: dict[int, tuple[Heard, list[Draft]]] = {}
    for fold in range(FOLDS):
        models = train(prepared, [at for at, row in enumerate(rows) if row.fold != fold])
        for at, row in enumerate(rows):
            if row.fold == fold:
                heard = hear(prepared.spans[at], models)
                found[at] = replace(heard, text_features=frozenset()), drafts(heard, models)
    return [found[at] for at in range(len(rows))]


def fit_rank(rows: Sequence[Row], read: Sequence[tuple[Heard, list[Draft]]]) -> Model:
    """The model that weighs whole readings: what makes one of the right ones likelier than all the others."""
    weighed_by: list[set[str]] = []
    scores: list[float] = []
    right: list[bool] = []
    starts: list[int] = []
    for row, (heard, found) in zip(rows, read, strict=True):
        fine = [not faults(row, draft) for draft in found]
        if any(fine) and not all(fine):
            starts.append(len(scores))
            weighed_by += [signs(heard, draft) for draft in found]
            scores += [draft.score for draft in found]
            right += fine
    names, table = tabled(weighed_by, RANKED_BY)
    first, given, wanted = np.array(starts), np.array(scores), np.array(right)
    of_row = np.repeat(np.arange(len(starts)), np.diff([*starts, len(scores)]))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        added = given + table @ weights
        powers = np.exp(added - np.maximum.reduceat(added, first)[of_row])
        every, fine = np.add.reduceat(powers, first), np.add.reduceat(powers * wanted, first) + 1e-300
        slope = powers / every[of_row] - powers * wanted / fine[of_row]
        held = STRENGTH["rank"]
        return (np.log(every) - np.log(fine)).sum() + weights @ weights / 2 / held, table.T @ slope + weights / held

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    chosen = _weightiest(names, fitted[np.newaxis], KEPT["rank"])
    return rounded([names[at] for at in chosen], fitted[np.newaxis, chosen], [ranking.CLASS])


def judging(rows: Sequence[Row], read: Sequence[tuple[Heard, list[Draft]]]) -> dict[str, Model]:
    """The models that judge whole readings, from held-back rows; what they read right is printed."""
    found: list[list[Draft]] = [[] for _ in rows]
    for fold in range(FOLDS):
        chosen = [at for at, row in enumerate(rows) if row.fold != fold]
        rank = fit_rank([rows[at] for at in chosen], [read[at] for at in chosen])
        for at, row in enumerate(rows):
            if row.fold == fold:
                found[at] = weighed(*read[at], rank)
    right = [not faults(row, drafted[0]) for row, drafted in zip(rows, found, strict=True)]
    samples = []
    for (heard, _), drafted, fine in zip(read, found, right, strict=True):
        so = heard.given(drafted[0].roles)
        rests = confidence.features(so, drafted, ledger(so, drafted[0]))
        samples.append((rests, "right" if fine else "wrong"))
    sure = [0.0] * len(rows)
    for fold in range(FOLDS):
        one = fit([sample for sample, row in zip(samples, rows, strict=True) if row.fold != fold], "confidence")
        for at, row in enumerate(rows):
            if row.fold == fold:
                sure[at] = one.probabilities(samples[at][0])["right"]
    print(report(rows, found, sure, right))
    return {"rank": fit_rank(rows, read), "confidence": fit(samples, "confidence")}


def report(rows: Sequence[Row], read: Sequence[Sequence[Draft]], sure: Sequence[float], right: Sequence[bool]) -> str:
    """What was read right on held-back rows: file by file, the reliability of the confidence, and its AUC."""
    lines = ["file\trows\texact\tamong the readings offered"]
    for name in sorted({row.file for row in rows}):
        chosen = [at for at, row in enumerate(rows) if row.file == name]
        offered = sum(any(not faults(rows[at], draft) for draft in read[at][: OFFERED + 1]) for at in chosen)
        exact = sum(right[at] for at in chosen)
        lines.append(f"{name}\t{len(chosen)}\t{exact / len(chosen):.3f}\t{offered / len(chosen):.3f}")
    lines.append("confidence\trows\tright")
    for low in (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = min((edge for edge in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01) if edge > low), default=1.01)
        inside = [right[at] for at, one in enumerate(sure) if low <= one < high]
        if inside:
            lines.append(f"{low}-{min(high, 1.0)}\t{len(inside)}\t{sum(inside) / len(inside):.3f}")
    lines.append(f"AUC\t{len(rows)}\t{roc_auc_score(right, sure):.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the weights, or with ``--check`` tell whether the committed ones are what the rows give."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the weights are not these")
    parser.add_argument("--quick", action="store_true", help="keep the confidence as it is; no held-back figures")
    parser.add_argument("--intent", action="store_true", help="write what chooses the intent alone, to try it")
    given = parser.parse_args(arguments)
    rows = [row for path in sorted(EXAMPLES.glob("*.csv")) for row in read_rows(path)]
    prepared = Prepared(rows)
    models = train(prepared, range(len(rows)))
    if given.intent:
        (WEIGHTS / "intent.tsv").write_text(written(models["intent"]), encoding="utf-8", newline="\n")
        return 0
    texts = {name: written(model) for name, model in models.items()}
    if not given.quick:
        texts |= {name: written(model) for name, model in judging(rows, held_back(prepared, rows)).items()}
    texts["made_of"] = made_of()
    stale = sorted(name for name, text in texts.items() if not _holds(WEIGHTS / f"{name}.tsv", text))
    if given.check:
        stale += [] if _holds(WEIGHTS / "act.tsv", written(act_model(fit))) else ["act"]
        print("weights that are not what the rows give:", ", ".join(stale) or "none")
        return 1 if stale else 0
    for name, text in texts.items():
        (WEIGHTS / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")
    model.cache_clear()  # acts are learned from what the new weights read
    (WEIGHTS / "act.tsv").write_text(written(act_model(fit)), encoding="utf-8", newline="\n")
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
