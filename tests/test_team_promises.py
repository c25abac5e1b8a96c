"""Promises to a team that hold without anybody noticing, and would be missed too late."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from crm_md.document.merging import merge
from crm_md.document.merging.whole_file import merged_file
from tests.books import Book
from tests.clones import PETERSEN, named, team
from tests.repositories import git


def test_init_alone_sets_the_merge_driver_up(tmp_path: Path) -> None:
    answer = Book(tmp_path)("init", str(tmp_path / "neu"))
    assert answer.code in (0, 52), answer.both
    assert "merge_driver" in git(tmp_path / "neu", "config", "--local", "merge.crm-md.driver")


def test_a_clone_has_its_catalogue_before_anybody_asks(tmp_path: Path) -> None:
    firm = team(tmp_path)
    folder = tmp_path / "fresh"
    assert firm.clone("anna")("clone", firm.hub.as_uri(), str(folder)).code == 0
    assert any(file.is_file() for file in (folder / ".crm").rglob("*"))


def test_nothing_that_came_with_a_clone_is_run(tmp_path: Path) -> None:
    firm, ran = team(tmp_path), tmp_path / "ran"
    anna = firm.clone("anna")
    script = f"#!/bin/sh\ntouch {ran}\n"
    for folder in ("hooks", ".githooks", ".git-hooks", ".husky"):
        for name in ("pre-commit", "post-merge", "post-checkout", "pre-push", "commit-msg"):
            anna.write(f"{folder}/{name}", script).chmod(0o755)
    told = f"[core]\n\thooksPath = .githooks\n\tfsmonitor = touch {ran}\n"
    for name in (".gitconfig", "gitconfig", ".config/git/config"):
        anna.write(name, told)
    anna.write(".lfsconfig", f'[filter "evil"]\n\tsmudge = touch {ran}\n\tclean = touch {ran}\n')
    anna.git("add", "--all")
    anna.git("-c", f"core.hooksPath={os.devnull}", "commit", "--quiet", "--message", "Traps")
    assert anna("sync").code == 0
    assert anna("clone", firm.hub.as_uri(), str(tmp_path / "ben")).code == 0
    ben = named(Book(tmp_path / "ben"), "ben")
    assert ben("log", "petersen", "call").code == 0
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    assert not ran.exists()


def test_the_shared_branch_only_ever_goes_on(tmp_path: Path) -> None:
    firm = team(tmp_path)
    git(firm.hub, "config", "core.logAllRefUpdates", "always")
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for number in range(3):
        for book in (anna, ben):
            assert book("log", "petersen", f"call: {number}").code == 0
            assert (
                book("set", "petersen", "phone", f"04922 9300-{number}{book.root.name}").code == 0
            )
        for book in (anna, ben, anna):
            assert book("sync").code == 0
    tips = git(firm.hub, "reflog", "show", "--format=%H", "main").split()
    assert len(tips) >= 6
    for newer, older in pairwise(tips):
        git(firm.hub, "merge-base", "--is-ancestor", older, newer)


def test_a_person_is_known_by_a_shared_address_whatever_became_of_the_name() -> None:
    base = "---\nname: A\ncontacts:\n  - name: Ute Krug\n    email: ute@a.example\n---\n"
    ours = base.replace("Ute Krug", "Ute Krug-Maier")
    theirs = base.replace("email: ute@a.example", "email: ute@a.example\n    role: Einkauf")
    both = ours.replace("email: ute@a.example", "email: ute@a.example\n    role: Einkauf")
    assert merge(base, ours, theirs).text == both
    assert merge(base, theirs, ours).text == both


def test_what_nobody_can_read_any_more_may_be_where_two_readable_versions_come_from() -> None:
    broken = b"---\nname: A\n<<<<<<< x\n=======\n>>>>>>> y\n---\n\n# A\n"
    ours, theirs = (f"---\nname: A\nphone: {n}\n---\n\n# A\n".encode() for n in (1, 2))
    for sides in ((ours, theirs), (theirs, ours)):
        merged = merged_file(broken, *sides)
        assert merged is not None
        assert b"<<<<<<<" not in merged
        assert b"phone: 2\n" in merged
        assert b"phone: 1 #settle" in merged


def test_a_merge_knows_no_place_and_no_time(tmp_path: Path) -> None:
    firm = team(tmp_path)
    text = firm.clone("anna").read(PETERSEN)
    entry = "## Verlauf\n\n### 2026-11-20 Anruf: I{n}İ (a)\n"
    sides = [text.replace("## Verlauf\n", entry.format(n=n)) for n in "12"]
    (tmp_path / "texts.py").write_text(f"T = {[text, *sides]!r}\n", encoding="utf-8")
    asked = "from texts import T; from crm_md.document.merging import merge; import sys;"
    asked += "sys.stdout.buffer.write(merge(*T).text.encode())"
    made = set()
    for zone, locale in (("UTC", "C"), ("Asia/Tokyo", "tr_TR.UTF-8"), ("PST8PDT", "de_DE")):
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANGUAGE": locale[:2]}
        env["PYTHONPATH"] = os.pathsep.join((str(tmp_path), str(Path(__file__).parents[1])))
        command = (sys.executable, "-c", asked)
        made.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(made) == 1
