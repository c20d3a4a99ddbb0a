"""reviews.yaml: all that is wrong in it is told at once, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_synthesis.reviews.reviews_file import ReviewsError, read_reviews


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A folder with three reviews, and one folder that holds none."""
    for name in ("first", "others/b", "others/a", "index/made"):
        (tmp_path / name / "config").mkdir(parents=True)
    for name in ("first", "others/b", "others/a"):
        (tmp_path / name / "config" / "config.yaml").touch()
    return tmp_path


def wrong(centre: Path, text: str) -> list[str]:
    (centre / "reviews.yaml").write_text(text, "utf-8")
    with pytest.raises(ReviewsError) as error:
        read_reviews(centre / "reviews.yaml")
    return [line.strip() for line in str(error.value).splitlines()[1:]]


def test_folders_and_patterns_name_reviews_each_once_in_their_order(centre: Path) -> None:
    (centre / "reviews.yaml").write_text("reviews:\n  - ./others/b/\n  - '*/*'\n  - first\n")
    reviews = read_reviews(centre / "reviews.yaml")
    assert reviews.folders == ["others/b", "others/a", "first"]
    assert reviews.passed == ["first/config", "index/made"]
    assert (reviews.title, reviews.index_folder) == ("Reviews", "index")


def test_all_that_is_wrong_in_the_form_is_told_with_its_line(centre: Path) -> None:
    says = wrong(centre, "# ours\ntitel: Ours\nindex: ' '\nreviews:\n  - first\n  - 3\n")
    assert [each.partition(":")[0] for each in says] == ["line 2", "line 3", "line 6"]
    assert "Did you mean 'title' by 'titel'?" in says[0]


def test_all_folders_that_are_no_reviews_are_told_with_their_line(centre: Path) -> None:
    (centre / "a{b}" / "config").mkdir(parents=True)
    (centre / "a{b}" / "config" / "config.yaml").touch()
    text = "reviews:\n  - first\n  - frist\n  - index\n  - nothing*\n  - ./first\n  - a*\n"
    assert wrong(centre, text) == [
        f"line 3: 'frist' is no folder of {centre}",
        "line 4: 'index': no folder of this name holds config/config.yaml, as a review does",
        "line 5: 'nothing*': no folder of this name holds config/config.yaml, as a review does",
        "line 6: './first' is named by 'first' already. Keep one of the two",
        "line 7: 'a{b}': the name of a folder may hold no braces and no line break",
    ]


def test_a_folder_by_another_name_is_told(centre: Path) -> None:
    (centre / "link").symlink_to(centre / "first")
    text = f"reviews:\n  - first\n  - 'l*'\n  - {centre}/others/a\n  - others/a\n"
    assert wrong(centre, text) == [
        "line 3: 'link' is the folder 'first' by another name. Keep one of the two",
        f"line 5: 'others/a' is the folder '{centre}/others/a' by another name. Keep one of the "
        "two",
    ]


@pytest.mark.parametrize("index", ["first", "first/results", "others/a/data/raw", "./first/config"])
def test_the_index_is_not_written_among_the_files_of_a_review(centre: Path, index: str) -> None:
    review = "others/a" if index.startswith("others") else "first"
    assert wrong(centre, f"index: {index}\nreviews:\n  - first\n  - others/a\n") == [
        f"line 1: index: '{index}' holds files of the review '{review}'. Name a folder of its own"
    ]


def test_a_pattern_may_name_what_is_named_already(centre: Path) -> None:
    (centre / "reviews.yaml").write_text("reviews:\n  - others/a\n  - others/b\n  - others/*\n")
    assert read_reviews(centre / "reviews.yaml").folders == ["others/a", "others/b"]


def test_without_a_file_it_is_said_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Write one that names the folders"):
        read_reviews(tmp_path / "reviews.yaml")
