"""All that is to be translated, and a made-up catalogue in the place of the own one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from review_synthesis.upkeep.catalogues import (
    messages,
)
from review_synthesis.wording import language
from review_synthesis.wording.language import (
    language_of,
)
from translations import HEAD

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def template() -> Catalog:
    """All that the project has to translate."""
    return messages(ROOT / "data" / "raw", ROOT / "config" / "config.yaml")


@pytest.fixture
def catalogue_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Path]]:
    """Puts a Welsh catalogue with these entries, or with these bytes, in the place of the own."""

    def write(*entries: str, content: bytes = b"") -> Path:
        monkeypatch.setattr(language, "CATALOGUES", tmp_path)
        path = tmp_path / "cy.po"
        path.write_bytes(content or "\n\n".join([HEAD, *entries, ""]).encode())
        language_of.cache_clear()
        return path

    yield write
    language_of.cache_clear()
