"""Three guards taken away, as a sample; `make test-long` takes them all."""

import subprocess
import sys

import pytest

from tests.source import ROOT


@pytest.mark.parametrize("guard", ["contact_edit without", "decorators.py without", "request.user.seats(), workspace"])
def test_a_missing_guard_is_missed(guard):
    command = [sys.executable, "scripts/mutate_guards.py", "--only", guard]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "guards: 1 of 1 missed" in said.stdout


def test_a_guard_that_nobody_minds_would_be_told():
    """The command is red when there is nothing to play, as it is when a mutant survives."""
    command = [sys.executable, "scripts/mutate_guards.py", "--only", "no such guard"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 1
