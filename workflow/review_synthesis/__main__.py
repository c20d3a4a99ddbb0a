"""`python -m review_synthesis` is the command `review-synthesis`."""

from review_synthesis.cli import main

main(prog_name="review-synthesis")
