"""The installed program, as a person gets it from a wheel: in any folder, with all its files."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.system


def run(*command: str | Path, folder: Path) -> str:
    """Run a command that must succeed and return what it printed."""
    # Only the wheel is to be found, not the checkout.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT))
    run(sys.executable, *build, folder=folder)
    (built,) = folder.glob("backtimer-*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment into which the wheel was installed."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(environment, with_pip=False)
    folder = environment / Path(sysconfig.get_path("scripts")).name
    pip = (sys.executable, "-m", "pip", "--python", str(folder / "python"), "install")
    run(*pip, "--quiet", "--no-index", "--no-deps", str(wheel), folder=environment)
    # The pinned packages are borrowed, since they are large. A .pth file inside a borrowed folder
    # is not read, so that the checkout, which stands in one, stays out of sight.
    borrowed = sysconfig.get_path("purelib")
    (packages,) = environment.glob("**/site-packages")
    (packages / "pinned.pth").write_text(borrowed, encoding="utf-8")
    return folder


def test_the_installed_program_explains_itself_from_any_folder(
    programs: Path, tmp_path: Path
) -> None:
    assert "backtimer" in run(programs / "backtimer", "--help", folder=tmp_path)


def test_the_installed_program_answers_status_from_any_folder(
    programs: Path, tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    answer = run(programs / "backtimer", "--data-dir", data, "status", "--json", folder=tmp_path)
    status = json.loads(answer)
    assert status["running"] is False
    assert status["phase"] == "idle"


def test_the_wheel_brings_every_resource(programs: Path, tmp_path: Path) -> None:
    code = "from backtimer.paths import resource; print(resource('.'))"
    shipped = Path(run(programs / "python", "-c", code, folder=tmp_path).strip())

    assert CHECKOUT not in shipped.parents
    names = {p.relative_to(shipped) for p in shipped.rglob("*") if p.is_file()}
    resources = CHECKOUT / "resources"
    assert names == {p.relative_to(resources) for p in resources.rglob("*") if p.is_file()}
    assert names


def test_a_file_that_is_not_shipped_is_a_clear_error(programs: Path, tmp_path: Path) -> None:
    code = (
        "from backtimer.paths import resource\n"
        "try: resource('nothing.svg')\n"
        "except FileNotFoundError as error: print(error)"
    )
    assert "nothing.svg" in run(programs / "python", "-c", code, folder=tmp_path)
