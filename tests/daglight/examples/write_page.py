"""Writes docs/reference/airflow-examples.md: how daglight runs Airflow's own example DAGs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from example_traces import DATE, ROOT, recorded, verdicts

PAGE = ROOT / "docs" / "reference" / "airflow-examples.md"
WORDS = {
    "same": "same trace",
    "differs": "differs",
    "refused": "daglight refuses",
    "not run": "real Airflow does not run it offline",
}
_INTRO = f"""\
# Airflow's example DAGs on daglight

Every example DAG of two wheels of Airflow, run by `dag.test()` of real Airflow without network and
then by daglight: the states, tries, delays, XComs, rendered fields, prints, errors, callbacks and the
order along every edge must be the same. The logical date is {DATE[:10]}; daglight runs at the moment at
which Airflow was recorded. Where an example uses random numbers, what two runs of Airflow do not agree on
is left out. `make airflow-record` runs all of them on real Airflow again and fails when one does something
else than was recorded; `make airflow-examples` writes this page.

"""


def page() -> str:
    """The page."""
    found = {version: list(verdicts(version)) for version in (2, 3)}
    parts = [_INTRO, "| Airflow | " + " | ".join(WORDS.values()) + " |\n", "|---" * 5 + "|\n"]
    for version, rows in found.items():
        counts = Counter(verdict for _, verdict, _ in rows)
        numbers = " | ".join(str(counts[name]) for name in WORDS)
        parts.append(f"| {_label(version)} | {numbers} |\n")
    for version, rows in found.items():
        parts.append(f"\n## {_label(version)}\n\n| File and DAG | Verdict | Why |\n|---|---|---|\n")
        parts += [
            f"| `{name}` | {WORDS[verdict]} | {_cell(why)} |\n" for name, verdict, why in rows
        ]
    return "".join(parts)


def _label(version: int) -> str:
    examples = {2: "examples of 2.10.5", 3: "examples of 3.3.2"}[version]
    return f"{recorded(version)['airflow'].partition(' (')[0]}, {examples}"


def _cell(text: str) -> str:
    short = " ".join(text.split())
    short = short if len(short) <= 200 else f"{short[:197]}..."
    return short.replace("|", "\\|")


def main(page_file: Path = PAGE) -> None:
    """Write it."""
    page_file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
