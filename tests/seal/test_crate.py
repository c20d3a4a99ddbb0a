"""The RO-Crate of a review names each sealed file, and says the same of the same results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from review_synthesis.cli import main
from review_synthesis.seal.edited import checksum
from review_synthesis.seal.write_crate import metadata
from rocrate.rocrate import ROCrate

TABLE, RAW = "results/2025-01-01/tables/findings.csv", "data/raw/codebook.csv"
REVIEW = {
    "question": "What helps what is made up?",
    "evidence_statement": "",
    "licence": "",
    "authors": ["Made-up Author", "Another, Made-up"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up folder with one raw table and one result, sealed."""
    run = json.dumps({"config": {"searches": ["2024-01-01", "2025-01-01"], "review": REVIEW}})
    files = {"Snakefile": "", "config/config.yaml": "a: b\n", RAW: "a\n", TABLE: "b\n"}
    for name, text in (files | {"results/run.json": run}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    sealed = "".join(f"{checksum(tmp_path / n)}  {n}\n" for n in (RAW, TABLE, "results/run.json"))
    (tmp_path / "results" / "manifest.sha256").write_text(sealed, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_file_is_named_with_what_was_given_and_what_was_made(folder: Path) -> None:
    done = CliRunner().invoke(main, ["crate"])
    assert done.exit_code == 0, done.output
    crate = ROCrate(folder)
    assert crate.mainEntity.id == "Snakefile"
    assert (crate.name, crate.license) == (
        "What helps what is made up?", "The config of the review states no licence.",
    )  # fmt: skip
    assert crate.datePublished.isoformat().startswith("2025-01-01")
    assert [each["name"] for each in crate.root_dataset["author"]] == REVIEW["authors"]
    run = crate.root_dataset["mentions"]
    run = run if not isinstance(run, list) else run[0]
    assert [each.id for each in run["object"]] == ["config/config.yaml", RAW]
    made = [TABLE, "results/run.json", "results/manifest.sha256"]
    assert [each.id for each in run["result"]] == made
    assert run["instrument"].id == "Snakefile"
    assert crate.get(TABLE)["sha256"] == checksum(folder / TABLE)
    # RO-Crate 1.1 does not know the word: a crate that does not define it is not valid.
    context = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))["@context"]
    assert context[1] == {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}


def test_the_same_results_give_the_same_bytes(folder: Path) -> None:
    written = []
    for _ in range(2):
        assert CliRunner().invoke(main, ["crate"]).exit_code == 0
        written.append((folder / "ro-crate-metadata.json").read_bytes())
    assert written[0] == written[1]


def test_results_that_are_not_as_sealed_are_no_crate(folder: Path) -> None:
    (folder / TABLE).write_text("c\n", "utf-8")
    done = CliRunner().invoke(main, ["crate"])
    assert done.exit_code == 1
    assert f"1 file is not as sealed, such as {TABLE}" in done.output
    assert not (folder / "ro-crate-metadata.json").exists()


def test_the_licence_is_that_of_the_review(folder: Path) -> None:
    run = folder / "results" / "run.json"
    run.write_text(
        run.read_text("utf-8").replace('"licence": ""', '"licence": "CC BY 4.0"'), "utf-8"
    )
    (root,) = (each for each in metadata(folder)["@graph"] if each["@id"] == "./")
    assert root["license"] == "CC BY 4.0"
