"""Verdicts of earlier runs, in a file: while `verify` is made stricter, only survivors are verified again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from generate import Mutant
from judge import Judged


def key_of(mutant: Mutant) -> str:
    """What a verdict is kept under: the name and the text of the mutant."""
    return hashlib.sha256(f"{mutant.id}\n{mutant.text}".encode()).hexdigest()


@dataclass
class Kept:
    """The rejected mutants of a file by `key_of`; without a file, none."""

    file: Path | None = None
    verdicts: dict[str, Judged] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Kept:
        """What the file holds; later lines count."""
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        found = {}
        for line in lines:
            one = json.loads(line)
            found[one["key"]] = Judged(
                Mutant(**one["mutant"], text=""), one["verdict"], one["told"]
            )
        return cls(file, {key: one for key, one in found.items() if not one.survived})

    def add(self, judged: Judged) -> None:
        """Write one more."""
        if self.file is None:
            return
        told = {name: value for name, value in vars(judged.mutant).items() if name != "text"}
        line = {"key": key_of(judged.mutant), "mutant": told, "verdict": judged.verdict}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "told": judged.told}) + "\n")
