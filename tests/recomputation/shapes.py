"""Odd notebooks: a copy of a demonstration whose rows are altered with plain SQL, the journal left as it was.

`check` complains of them, as it should; `show` and the exports read the tables, and their figures are then recomputed.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

PAIRS = (
    ("number", "additive"), ("number", "latest"), ("number", "mean"), ("number", "ratio"),
    ("percentage", "latest"), ("percentage", "mean"), ("percentage", "ratio"),
    ("scale", "latest"), ("scale", "mean"),
)  # fmt: skip


class Shaker:
    """Alters a notebook; the same seed alters it the same way."""

    def __init__(self, base: sqlite3.Connection, seed: int) -> None:
        self.base = base
        self.dice = random.Random(seed)  # noqa: S311

    def ids(self, query: str, share: float) -> list[str]:
        return [row[0] for row in self.base.execute(query) if self.dice.random() < share]

    def set(self, table: str, key: str, **values: object) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        self.base.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*values.values(), key))  # noqa: S608

    def frames(self) -> None:
        """Other calculations, directions, frequencies, T0 and targets."""
        dice = self.dice
        query = "SELECT id, value_type, aggregation, baseline_value, target_value, categories FROM indicator ORDER BY code"
        for key, kind, how, start, goal, categories in self.base.execute(query).fetchall():
            if kind == "qualitative":
                continue
            choices = [agg for typ, agg in PAIRS if typ == kind]
            changed: dict[str, object] = {}
            if choices and dice.random() < 0.4:
                changed["aggregation"] = dice.choice(choices)
            if dice.random() < 0.05:
                changed["aggregation"] = dice.choice(("additive", "ratio"))
            if dice.random() < 0.4:
                changed["direction"] = dice.choice(("up", "down", "keep"))
            if dice.random() < 0.4:
                changed["frequency"] = dice.choice(
                    ("weekly", "monthly", "quarterly", "half_yearly", "wave", "once")
                )
            if dice.random() < 0.3:
                changed["n_counts"] = dice.choice(("people", "answers", "sessions", "objects"))
            if dice.random() < 0.3:
                changed["exhaustive"] = dice.random() < 0.5
            if dice.random() < 0.15:
                changed["baseline_value"] = None
            elif start is not None and dice.random() < 0.15:
                changed["baseline_value"] = goal
            if dice.random() < 0.1:
                changed["target_value"] = None
            if dice.random() < 0.2:
                changed["baseline_to_measure"] = True
            if dice.random() < 0.1:
                changed["target_date"] = None
            if dice.random() < 0.1:
                changed["baseline_date"] = None
            names = json.loads(categories)
            if len(names) > 1 and dice.random() < 0.2:
                changed["categories"] = json.dumps(names[1:], ensure_ascii=False)
            if changed:
                self.set("indicator", key, **changed)
            del how

    def visits(self) -> None:
        """Same day, same minute, no hour, other waves, direct entries, drafts, deleted visits."""
        dice, base = self.dice, self.base
        moved = base.execute(
            "SELECT a.id, b.date, b.start_time FROM visit a JOIN visit b ON a.site_id = b.site_id AND a.id <> b.id "
            "AND a.experiment_id = b.experiment_id ORDER BY a.reference, b.reference"
        ).fetchall()
        for key, date, time in moved:
            if dice.random() < 0.12:
                self.set(
                    "visit", key, date=date, start_time=dice.choice((time, None)), end_time=None
                )
                base.execute("UPDATE measurement SET date = ? WHERE visit_id = ?", (date, key))
        every = "SELECT id FROM visit ORDER BY reference"
        for key in self.ids(every, 0.15):
            base.execute(
                "UPDATE measurement SET wave = ? WHERE visit_id = ?",
                (dice.choice((None, "t0", "t1", "t2")), key),
            )
        for key in self.ids(every, 0.08):
            base.execute("UPDATE measurement SET visit_id = NULL WHERE visit_id = ?", (key,))
        for key in self.ids(every, 0.05):
            self.set("visit", key, state=dice.choice(("draft", "planned")))
        for key in self.ids(every, 0.04):
            self.set("visit", key, deleted=True)
            base.execute("UPDATE measurement SET deleted = 1 WHERE visit_id = ?", (key,))

    def measures(self) -> None:
        """Parts without a total, totals that disagree, n unknown or small, other values, deleted rows."""
        dice, base = self.dice, self.base
        query = (
            "SELECT m.id, m.category, m.value, m.n, i.value_type, i.scale_min, i.scale_max, i.target_value "
            "FROM measurement m JOIN indicator i ON i.id = m.indicator_id "
            "WHERE m.value IS NOT NULL ORDER BY m.date, m.id"
        )
        for key, category, value, n, kind, low, high, goal in base.execute(query).fetchall():
            toss = dice.random()
            if (toss < 0.08 and not category) or toss < 0.11:
                self.set("measurement", key, deleted=True)
            elif toss < 0.15:
                self.set("measurement", key, n=None)
            elif toss < 0.30 and n is not None:
                self.set("measurement", key, n=dice.choice((0, 1, 2, 3, 4, 5, 6, 9, 10, 40)))
            elif toss < 0.42:
                self.set("measurement", key, value=self.another(kind, value, low, high, goal))
            elif toss < 0.45:
                self.set("measurement", key, status="not_observed", value=None, n=None)

    def agree(self) -> None:
        """Make the totals of sums agree with their parts again."""
        self.base.execute(
            "UPDATE measurement AS t SET value = p.total FROM (SELECT visit_id, indicator_id, SUM(value) AS total "
            "FROM measurement WHERE category <> '' AND NOT deleted GROUP BY visit_id, indicator_id) AS p "
            "WHERE t.category = '' AND t.value IS NOT NULL AND p.total IS NOT NULL AND t.visit_id = p.visit_id "
            "AND t.indicator_id = p.indicator_id AND t.indicator_id IN "
            "(SELECT id FROM indicator WHERE value_type = 'number' AND aggregation = 'additive')"
        )

    def another(
        self, kind: str, value: float, low: float | None, high: float | None, goal: float | None
    ) -> float:
        dice = self.dice
        if kind == "yes_no":
            return float(dice.random() < 0.5)
        if kind == "scale" and low is not None and high is not None:
            return round(dice.uniform(low, high), 1)
        if kind == "percentage":
            return round(dice.uniform(0, 100), dice.choice((0, 0, 1, 2)))
        far = (goal or value) * dice.choice((0, 0.5, 0.97, 1, 1.04, 1.5, 3)) + dice.choice(
            (0, 0, 0.004, 1.3)
        )
        return round(max(far, 0), dice.choice((0, 1, 3)))


def shake(
    source: Path,
    target: Path,
    seed: int,
    *,
    masked: bool,
    gently: bool = False,
    agree: bool = False,
) -> None:
    """Copy a notebook and alter it; without masking, every figure can be compared."""
    shutil.copyfile(source, target)
    base = sqlite3.connect(target)
    shaker = Shaker(base, seed)
    if not gently:
        shaker.frames()
        shaker.visits()
    shaker.measures()
    if agree:
        shaker.agree()
    if not masked:
        base.execute("UPDATE notebook SET mask_below = 0, min_n_percentage = 0")
    base.commit()
    base.close()


def redefine(base: sqlite3.Connection, code: str, when: str, **fields: object) -> None:
    """Change an indicator as the window would: a new version, an entry in the journal, later measures under it."""
    found = base.execute("SELECT * FROM indicator WHERE code = ?", (code,))
    row = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
    fields = {**fields, "version": row["version"] + 1, "change_reason": "Essai", "changed_on": when}
    device, seq = base.execute("SELECT device, MAX(seq) FROM journal").fetchone()
    moment = int(datetime.fromisoformat(f"{when}T23:00:00+00:00").timestamp() * 1000)
    changes = json.dumps(
        {name: [row[name], value] for name, value in fields.items()}, ensure_ascii=False
    )
    base.execute(
        "INSERT INTO journal(device, seq, hlc, author, entity, record_id, op, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            device,
            seq + 1,
            f"{moment:014d}-000000-{device[:8]}",
            "Essai",
            "indicator",
            row["id"],
            "update",
            changes,
        ),
    )
    names = ", ".join(f"{name} = ?" for name in fields)
    base.execute(f"UPDATE indicator SET {names} WHERE id = ?", (*fields.values(), row["id"]))  # noqa: S608
    base.execute(
        "UPDATE measurement SET indicator_version = ? WHERE indicator_id = ? AND date > ?",
        (fields["version"], row["id"], when),
    )
