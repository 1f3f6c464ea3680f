"""What is made before anybody looks, so that the first viewer holds nobody up."""

import threading

import pytest

from bot.web.fragments import Renderer
from bot.web.pages import templates, warm
from bot.web.words import words
from tests.web.stories import convoked, debating, opened, view, voting
from tests.web.town import held
from voting.wording.catalogue import LANGUAGES


def test_after_it_no_viewer_waits_for_a_template_or_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    templates.cache_clear()
    words.cache_clear()
    warm()
    compiled, read = list[object](), words.cache_info().misses
    monkeypatch.setattr(templates(), "compile", lambda *asked, **_: compiled.append(asked))
    board = view(voting(debating(opened(convoked()))))
    for language in LANGUAGES:
        assert Renderer().render(board, language).html["poll"]
    for name in templates().list_templates():
        templates().get_template(name)
    assert compiled == []
    assert words.cache_info().misses == read


async def test_it_is_done_at_start_and_off_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    by = list[threading.Thread]()
    monkeypatch.setattr("bot.serving.warm", lambda: by.append(threading.current_thread()))
    async with held():
        assert by
        assert threading.current_thread() not in by
