"""Pin every dependency with its hashes, for every system, without a word of where they come from: `make lock`."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
FLAGS = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11", "-q"]


def main() -> int:
    """The others are bound to base.txt, so that what is tested is what is run."""
    for name, bound in {"base": [], "dev": ["-c", "requirements/base.txt"], "setup": [], "node": []}.items():
        command = [str(UV), "pip", "compile", *FLAGS, *sys.argv[1:], *bound, f"requirements/{name}.in"]
        command += ["-o", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    npm = shutil.which("npm")
    if npm is None:
        print("package-lock.json is left as it is: npm is not installed here", file=sys.stderr)
        return 0
    return subprocess.run([npm, "install", "--package-lock-only"], cwd=ROOT, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
