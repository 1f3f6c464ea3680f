"""Who may import whom: the contracts of pyproject.toml, and the purity that they cannot say."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
PURE = ("voting.domain", "voting.rules")


@pytest.fixture
def _loggers_are_heard_afterwards() -> Iterator[None]:
    """The linter silences every logger that exists: the tests that come later would hear nothing."""
    yield
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled = False


@pytest.mark.usefixtures("_loggers_are_heard_afterwards")
def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_domain_and_rules_import_the_standard_library_alone() -> None:
    graph = grimp.build_graph("voting", include_external_packages=True, cache_dir=None)
    pure = {module for module in graph.modules if module.startswith(PURE)}
    outside = {
        f"{module} imports {imported}"
        for module in pure
        for imported in graph.find_modules_directly_imported_by(module)
        if not imported.startswith(PURE) and imported.partition(".")[0] not in sys.stdlib_module_names
    }
    assert pure
    assert not outside
