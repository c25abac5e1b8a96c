"""A wheel carries all that ``crm init`` and ``crm demo`` need, and works without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.repositories import git

ROOT = Path(__file__).parents[1]


def build(kind: str, source: Path, into: Path) -> Path:
    """Build as pip would, from a folder; return the one file that was made."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (made,) = into.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel unpacked, as pip does it; the dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("site-packages")
    with ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def checkout(folder: str) -> dict[str, bytes]:
    """Return the files of a folder of the checkout by their path in it, without litter."""
    return {
        file.relative_to(ROOT / folder).as_posix(): file.read_bytes()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def crm(
    installed: Path, folder: Path, *arguments: str, language: str = "en"
) -> subprocess.CompletedProcess[str]:
    """Run the installed program far from the checkout."""
    return subprocess.run(
        [sys.executable, "-m", "crm_md", *arguments, "--language", language],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_the_sample_book(wheel: Path) -> None:
    packed = contents(wheel)
    for path, data in checkout("customers").items():
        assert packed[f"crm_md/book/customers/{path}"] == data
    for path, data in checkout("templates").items():
        assert packed[f"crm_md/book/templates/{path}"] == data
    assert packed["crm_md/book/crm.toml"] == (ROOT / "crm.toml").read_bytes()


def test_the_wheel_carries_the_whole_package_and_nothing_else(wheel: Path) -> None:
    packed = contents(wheel)
    own = {f"crm_md/{path}": data for path, data in checkout("crm_md").items()}
    assert {path: packed.get(path) for path in own} == own
    rest = {path for path in set(packed) - set(own) if ".dist-info/" not in path}
    assert rest
    assert all(path.startswith("crm_md/book/") for path in rest)
    for path in ("starters/crm.de.toml", "starters/gitignore", "locale/de/LC_MESSAGES/crm_md.mo"):
        assert f"crm_md/{path}" in own


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    packed = contents(wheel)
    (points,) = (text for path, text in packed.items() if path.endswith("entry_points.txt"))
    assert points.decode() == "[console_scripts]\ncrm = crm_md.__main__:main\n"
    assert any(path.endswith("licenses/LICENSE") for path in packed)


def test_the_demo_works_anywhere(installed: Path, tmp_path: Path) -> None:
    ran = crm(installed, tmp_path, "demo")
    assert ran.returncode == 0, ran.stderr
    assert "34 customers" in ran.stderr
    assert "$ crm call --limit 5" in ran.stdout
    assert "Heike Petersen" in ran.stdout
    assert len(list((tmp_path / "crm-demo/customers").glob("*.md"))) == 34


def test_a_store_of_ones_own_works_anywhere(installed: Path, tmp_path: Path) -> None:
    git(tmp_path, "config", "--global", "user.name", "Anna Krüger")
    git(tmp_path, "config", "--global", "user.email", "anna@example.com")
    ran = crm(installed, tmp_path, "init", "shop", language="de")
    assert ran.returncode == 0, ran.stderr
    assert "Ab jetzt passt Git darauf auf" in ran.stderr
    assert "# Einstellungen dieses Kundenbuchs." in (tmp_path / "shop/crm.toml").read_text("utf-8")
    ran = crm(installed, tmp_path / "shop", "new", "Bäckerei Sörensen")
    assert (ran.returncode, ran.stdout) == (0, "customers/baeckerei-soerensen.md\n"), ran.stderr


def test_it_is_the_wheel_that_was_run(installed: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import crm_md; print(crm_md.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.strip() == str(installed / "crm_md/__init__.py")


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path / "source")
    (source,) = (tmp_path / "source").iterdir()
    assert contents(build("wheel", source, tmp_path / "again")) == contents(wheel)
