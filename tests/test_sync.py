"""Several people on one book: what `crm sync` brings together, and what it says."""

from __future__ import annotations

from pathlib import Path

from tests.books import NOW, Book, make_book
from tests.clones import HOTEL, PETERSEN, Team, is_clean, named, tree
from tests.repositories import git


def exchange(*books: Book) -> None:
    """Let everybody sync until all have everything."""
    for book in (*books, *books):
        answer = book("sync")
        assert answer.code == 0, answer.both
    assert len({tree(book) for book in books}) == 1
    assert all(is_clean(book) for book in books)


def test_two_who_log_in_the_same_minute_both_see_both_entries(anna: Book, ben: Book) -> None:
    assert anna("log", "petersen", "call with Heike: from anna").code == 0
    assert ben("log", "petersen", "call with Heike: from ben").code == 0
    exchange(anna, ben)
    for book in (anna, ben):
        assert "from anna" in book.read(PETERSEN)
        assert "from ben" in book.read(PETERSEN)


def test_what_came_in_is_told_by_customer_with_who_and_what(anna: Book, ben: Book) -> None:
    ben("set", "petersen", "phone", "0351 12")
    assert "1 change shared with origin." in ben("sync").err
    told = anna("sync")
    assert told.out == (
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: Phone 04922 9300-0 → 0351 12\n"
    )
    assert "0351 12" in anna("show", "petersen").out


def test_the_second_sync_has_nothing_to_do(anna: Book) -> None:
    anna("log", "petersen", "call")
    anna("sync")
    assert anna("sync").err == "Nothing new, here as there.\n"


def test_a_store_is_shared_for_the_first_time(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book")
    git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    assert book("sync").code == 50
    assert book("sync", str(tmp_path / "hub.git")).code == 0
    assert git(tmp_path / "hub.git", "rev-parse", "main") == book.git("rev-parse", "HEAD")
    assert book.git("config", "branch.main.remote") == "origin\n"
    assert book("sync").code == 0
    assert "already" in book("sync", str(tmp_path / "other.git")).err


def test_what_was_edited_by_hand_is_saved_and_shared(anna: Book, ben: Book) -> None:
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    assert "Saved: Strandhotel" in anna("sync").err
    ben("sync")
    assert "Markise" in ben.read(HOTEL)


def test_offline_says_what_waits_and_is_no_failure(anna: Book) -> None:
    anna("log", "petersen", "call")
    anna.git("remote", "set-url", "origin", "git://127.0.0.1:9/hub.git")
    told = anna("sync")
    assert told.code == 0
    assert "does not answer" in told.err
    assert "1 change waits to be shared" in told.err
    assert anna("sync", "--json").json["waiting"] == 1


def test_no_password_is_printed(anna: Book) -> None:
    anna.git("remote", "set-url", "origin", "https://anna:geheim@127.0.0.1:9/hub.git")
    told = anna("sync")
    assert "geheim" not in told.both
    assert "127.0.0.1" in told.both


def test_somebody_who_is_faster_in_the_middle_of_it_loses_nothing(anna: Book, ben: Book) -> None:
    anna("log", "petersen", "call: from anna")
    ben("log", "petersen", "call: from ben")
    hook = anna.root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\nmv '{hook}' '{hook}.done'\n"
        f"unset $(git rev-parse --local-env-vars)\ncd '{ben.root}' && git push --quiet\n"
    )
    hook.chmod(0o755)
    told = anna("sync")
    assert told.code == 0, told.both
    assert "from ben" in anna.read(PETERSEN)
    exchange(anna, ben)


def test_a_customer_that_one_renamed_and_the_other_edited_is_one_customer(
    anna: Book, ben: Book
) -> None:
    assert anna("rename", "petersen", "Modehaus Petersen & Töchter").code == 0
    ben("log", "petersen", "call with Heike: still the old name")
    exchange(anna, ben)
    assert not (ben.root / PETERSEN).exists()
    assert "still the old name" in ben.read("customers/modehaus-petersen-toechter.md")


def test_a_file_that_one_moved_to_a_folder_and_the_other_edited_is_one_file(
    anna: Book, ben: Book
) -> None:
    (anna.root / "customers" / "nord").mkdir()
    (anna.root / PETERSEN).rename(anna.root / "customers/nord/modehaus-petersen.md")
    ben("log", "petersen", "call with Heike: moved meanwhile")
    exchange(anna, ben)
    assert not (ben.root / PETERSEN).exists()
    assert "moved meanwhile" in anna.read("customers/nord/modehaus-petersen.md")


def test_a_customer_that_one_removed_and_the_other_edited_stays_with_a_question(
    anna: Book, ben: Book
) -> None:
    anna("remove", "strandhotel", "--yes")
    ben("log", "strandhotel", "call: wants two more")
    exchange(anna, ben)
    text = anna.read(HOTEL)
    assert "wants two more" in text
    assert "- [ ] anderswo gelöscht, hier geändert: behalten oder löschen? #settle" in text
    exchange(anna, ben)
    assert anna.read(HOTEL).count("#settle") == 1


def test_a_customer_that_one_removed_and_nobody_touched_is_gone(anna: Book, ben: Book) -> None:
    anna("remove", "strandhotel", "--yes")
    ben("log", "petersen", "call")
    exchange(anna, ben)
    assert not (ben.root / HOTEL).exists()


def test_two_who_add_the_same_customer_have_one(anna: Book, ben: Book) -> None:
    anna("new", "Café Möwe", "--phone", "0351 11")
    ben("new", "Café Möwe", "--email", "moewe@example.com")
    exchange(anna, ben)
    text = anna.read("customers/cafe-moewe.md")
    assert "0351 11" in text
    assert "moewe@example.com" in text


def test_twins_of_a_mac_become_one_and_those_in_two_folders_two(anna: Book, ben: Book) -> None:
    anna.write("customers/Acme.md", "---\nname: Acme\nphone: 0351 1\n---\n", "Acme")
    ben.write("customers/acme.md", "---\nname: Acme\nemail: a@example.com\n---\n", "acme")
    anna.write("customers/nord/meyer.md", "---\nname: Meyer\ncity: Kiel\n---\n", "Meyer")
    ben.write("customers/sued/meyer.md", "---\nname: Meyer\ncity: Ulm\n---\n", "Meyer")
    exchange(anna, ben)
    assert not (anna.root / "customers/Acme.md").exists()
    assert "0351 1" in anna.read("customers/acme.md")
    assert "a@example.com" in anna.read("customers/acme.md")
    assert "Kiel" in anna.read("customers/nord/meyer.md")
    assert "Ulm" in anna.read("customers/sued/meyer-2.md")


def test_names_with_blanks_and_both_writings_of_umlauts_travel(anna: Book, ben: Book) -> None:
    anna.write("customers/M\u00fcller S\u00f6hne.md", "---\nname: Müller\nphone: '1'\n---\n", "NFC")
    ben.write("customers/Mu\u0308ller So\u0308hne.md", "---\nname: Müller\n---\n\nNFD.\n", "NFD")
    exchange(anna, ben)
    text = ben.read("customers/M\u00fcller S\u00f6hne.md")
    assert "NFD." in text
    assert "phone" in text
    assert len(list((ben.root / "customers").glob("M*"))) == 1


def test_an_attachment_that_both_changed_is_kept_under_two_names(anna: Book, ben: Book) -> None:
    path = "attachments/modehaus-petersen/naht.png"
    anna.write(path, b"\x89PNG\0anna", "Photo")
    ben.write(path, b"\x89PNG\0ben", "Photo")
    exchange(anna, ben)
    other = "attachments/modehaus-petersen/naht-2.png"
    both = {(anna.root / one).read_bytes() for one in (path, other)}
    assert both == {b"\x89PNG\0anna", b"\x89PNG\0ben"}


def test_settings_are_joined_key_by_key_with_their_comments(anna: Book, ben: Book) -> None:
    text = anna.read("crm.toml")
    anna.write("crm.toml", text.replace('every = "4w"', 'every = "5w"  # weniger'), "Rhythm")
    more = '[team.carla]\nname = "Carla Weiß"  # neu\n[segments.A]\nevery = "4w"\nabout = "x"\n'
    ben.write("crm.toml", text.replace('[segments.A]\nevery = "4w"\n', more), "Carla")
    exchange(anna, ben)
    joined = anna.read("crm.toml")
    for line in ('every = "5w"  # weniger', 'name = "Carla Weiß"  # neu', 'about = "x"'):
        assert line in joined


def test_what_was_staged_stays_staged(anna: Book, ben: Book) -> None:
    ben("log", "petersen", "call")
    ben("sync")
    anna.write("notes.txt", "mine\n")
    anna.git("add", "notes.txt")
    anna("sync")
    assert anna.git("status", "--porcelain") == "A  notes.txt\n"


def test_one_unreadable_file_stops_nobody(anna: Book, ben: Book) -> None:
    bad = anna.read(HOTEL) + "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"
    anna.write(HOTEL, bad, "Forgotten marks")
    anna("log", "petersen", "call: from anna")
    ben("log", "strandhotel", "call: from ben")
    exchange(anna, ben)
    assert "from anna" in ben.read(PETERSEN)
    everything = "".join(
        file.read_text("utf-8") for file in ben.root.rglob("*.md") if ".git" not in file.parts
    )
    assert "<<<<<<< HEAD" in everything
    assert "from ben" in everything


def test_an_entry_saved_as_latin_1_stays_in_the_book_where_a_colleague_logged(
    anna: Book, ben: Book
) -> None:
    entry = "### 2026-11-19 Anruf mit Heike: kündigt zum Jahresende (ben)\n\n### 2026-11-12"
    text = ben.read(PETERSEN).replace("### 2026-11-12", entry)
    ben.write(PETERSEN, text.encode("latin-1"))
    anna("log", "petersen", "call: from anna")
    assert anna("sync").code == 0
    assert "kept as" not in ben("sync").both
    assert anna("sync").code == 0
    for book in (anna, ben):
        assert "kündigt zum Jahresende" in book.read(PETERSEN)
        assert "from anna" in book.read(PETERSEN)
        assert not (book.root / "attachments/modehaus-petersen").exists()
    assert "modehaus-petersen" in anna("--json", "search", "kündigt").out


def test_a_version_that_nobody_could_read_is_named_by_check(anna: Book, ben: Book) -> None:
    ben.write(PETERSEN, ben.read(PETERSEN).encode("utf-16"))
    anna("log", "petersen", "call: from anna")
    assert anna("sync").code == 0
    ben("sync")
    anna("sync")
    told = anna("check")
    assert "attachments/modehaus-petersen/modehaus-petersen" in told.out
    assert "which a sync could not read" in told.out
    assert "ein Abgleich nicht lesen konnte" in anna("check", language="de").out


def test_stores_without_a_common_beginning_are_not_mixed(firm: Team, tmp_path: Path) -> None:
    other = make_book(tmp_path / "other")
    other.write("customers/own.md", "---\nname: Own\n---\n", "Own")
    other.git("commit", "--quiet", "--amend", "--date", "2020-01-01", "--no-edit")
    other.git("checkout", "--quiet", "--orphan", "fresh")
    other.git("commit", "--quiet", "--message", "Another beginning")
    other.git("branch", "--quiet", "-M", "main")
    before = other.git("rev-parse", "HEAD")
    told = other("sync", firm.hub.as_uri())
    assert told.code == 55
    assert "no common beginning" in told.err
    assert other.git("rev-parse", "HEAD") == before


def test_a_rewritten_past_is_not_taken_unasked(firm: Team, anna: Book, ben: Book) -> None:
    anna("log", "petersen", "call: to be erased")
    exchange(anna, ben)
    ben("log", "petersen", "call: own of ben")
    git(firm.hub, "update-ref", "refs/heads/main", "main~1")
    anna.git("reset", "--quiet", "--hard", "HEAD~1")
    anna("log", "strandhotel", "call: after the rewriting")
    told = anna("sync")
    assert told.code == 0, told.both
    for _again in range(2):
        told = ben("sync")
        assert told.code == 55
        assert "kept as branch crm-kept-" in told.err
    assert "own of ben" in ben.read(PETERSEN)
    told = ben("sync", "--follow")
    assert told.code == 0, told.both
    exchange(anna, ben)
    assert "own of ben" in anna.read(PETERSEN)
    assert "to be erased" not in anna.read(PETERSEN)
    kept = [name for name in ben.git("branch").split() if name.startswith("crm-kept-")]
    assert any("to be erased" in ben.git("show", f"{name}:{PETERSEN}") for name in kept)


def test_a_shallow_clone_fetches_the_past_that_it_needs(firm: Team, anna: Book) -> None:
    anna("log", "petersen", "call: one")
    anna("sync")
    ben = firm.clone("ben", "--depth", "1")
    ben("log", "petersen", "call: from the shallow one")
    anna("log", "petersen", "call: two")
    exchange(anna, ben)
    assert "from the shallow one" in anna.read(PETERSEN)


def test_no_branch_or_a_merge_half_way_stops_before_anything(anna: Book, ben: Book) -> None:
    anna("log", "petersen", "call: one")
    anna("sync")
    ben.git("checkout", "--quiet", "--detach")
    assert ben("sync").code == 55
    ben.git("checkout", "--quiet", "main")
    (ben.root / ".git" / "MERGE_HEAD").write_text(ben.git("rev-parse", "HEAD"))
    assert "merge" in ben("sync").err
    (ben.root / ".git" / "MERGE_HEAD").unlink()
    exchange(anna, ben)


def test_a_stash_is_left_alone(anna: Book, ben: Book) -> None:
    anna.write(HOTEL, anna.read(HOTEL) + "\nput aside\n")
    anna.git("stash", "--quiet")
    ben("log", "strandhotel", "call")
    ben("sync")
    exchange(anna, ben)
    assert "put aside" in anna.git("stash", "show", "-p")


def test_a_branch_of_another_name_is_followed_once_git_was_told(firm: Team, anna: Book) -> None:
    ben = firm.clone("ben")
    ben.git("branch", "-m", "buch")
    ben("log", "petersen", "call: from buch")
    exchange(anna, ben)
    assert "from buch" in anna.read(PETERSEN)


def test_a_hook_of_the_host_is_quoted_and_nothing_is_lost(firm: Team, anna: Book) -> None:
    hook = firm.close()
    anna("log", "petersen", "call")
    told = anna("sync")
    assert told.code == 54
    assert "closed until Monday" in told.err
    hook.unlink()
    assert "1 change shared" in anna("sync").err


def test_a_clone_of_an_empty_hub_and_an_empty_clone_find_together(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    anna, ben = (named(make_empty(tmp_path, who), who) for who in ("anna", "ben"))
    anna("new", "Café Möwe")
    assert anna("sync").code == 0
    told = ben("sync")
    assert told.code == 0, told.both
    assert (ben.root / "customers/cafe-moewe.md").exists()


def make_empty(folder: Path, who: str) -> Book:
    """Clone the empty hub, with nothing but a folder for customers in it."""
    git(folder, "clone", "--quiet", str(folder / "hub.git"), who)
    (folder / who / "customers").mkdir()
    return Book(folder / who)


def test_clones_that_joined_crosswise_get_the_same_tree(anna: Book, ben: Book) -> None:
    """Each has joined the same two commits on its own: there are two bases."""
    anna("log", "petersen", "call: a1")
    ben("log", "petersen", "call: b1")
    anna.git("fetch", "--quiet", str(ben.root), "main:ben")
    ben.git("fetch", "--quiet", str(anna.root), "main:anna")
    for book, other in ((anna, "ben"), (ben, "anna")):
        with book.open() as crm:
            from crm_md.history import trees
            from crm_md.team.joining import common_base, joined

            here, there = (crm.git.head() or "", book.git("rev-parse", other).strip())
            base = common_base(crm.git, here, there, "")
            made = joined(crm.git, base, here, there, "")
            commit = trees.commit_tree(crm.git, made.tree, (here, there), "Joined", date=NOW)
            assert crm.move_to(commit) is not None
    assert tree(anna) == tree(ben)
    assert anna.git("rev-parse", "HEAD") != ben.git("rev-parse", "HEAD")
    anna("log", "petersen", "call: a2")
    ben("log", "petersen", "call: b2")
    exchange(anna, ben)
    for words in ("a1", "a2", "b1", "b2"):
        assert anna.read(PETERSEN).count(f": {words}") == 1


def test_settings_that_came_broken_do_not_keep_their_cure_out(anna: Book, ben: Book) -> None:
    good = anna.read("crm.toml")
    anna.write("crm.toml", good + "broken = [\n", "A slip")
    anna.git("push", "--quiet")
    assert ben("sync").code == 0
    assert ben("log", "petersen", "call").code == 40
    ben.write(HOTEL, ben.read(HOTEL).replace("Sonnensegel", "Markise"))
    anna.write("crm.toml", good, "Mended")
    anna.git("push", "--quiet")
    assert ben("sync").code == 0
    assert ben.read("crm.toml") == good
    exchange(ben, anna)
    assert "Markise" in anna.read(HOTEL)
    ben.write("crm.toml", good + "broken = [\n")
    assert ben("sync").code == 40
