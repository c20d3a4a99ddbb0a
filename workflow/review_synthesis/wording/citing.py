"""How a page is cited: as a text, and as BibTeX and RIS for programs that keep references."""

from __future__ import annotations


def address_on(site: str, page: str = "") -> str:
    """The address of a page, from the folder of the results, where these are published at ``site``.

    Nothing where they are published nowhere.
    """
    return f"{site.rstrip('/')}/{page}" if site else ""
