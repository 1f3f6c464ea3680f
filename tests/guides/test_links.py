"""Every link inside the guides leads somewhere."""

from pathlib import Path

import pytest

from tests.guides.markdown import GUIDES, anchor, links, sections

PAGES = sorted(GUIDES.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(GUIDES)))
def test_links_lead_to_a_file_and_to_a_heading(page: Path) -> None:
    for link in links(page.read_text("utf-8")):
        if "://" in link:
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if fragment:
            assert fragment in [anchor(s.title) for s in sections(target.read_text("utf-8"))], link
