"""Seal a run: what made the results, and the checksum of every file.

``results/manifest.sha256`` has the format of `sha256sum -c`, so that anybody can check it
without this package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from review_synthesis import __version__
from review_synthesis.seal.code_digest import library_versions
from review_synthesis.wording.language import drafted


def describe_run(config: dict[str, Any], digests: dict[str, str]) -> dict[str, Any]:
    """What made the results: the merged config, versions, translations, digests of the steps."""
    return {
        "config": config,
        "versions": {"review-synthesis": __version__, **library_versions()},
        "languages": {code: drafted(code) for code in config["languages"]},
        "code_digests": digests,
    }


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(files: Iterable[Path]) -> str:
    """The manifest of ``files``: a line each, checksum and path, sorted by path."""
    paths = sorted({path.as_posix() for path in files})
    return "".join(f"{checksum(Path(path))}  {path}\n" for path in paths)
