"""What others did is told once and well: by `crm sync` as it comes in, by `crm review` later."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest

from crm_md.team.review import mark_seen, review
from tests.books import SETTINGS, Book, book
from tests.clones import HOTEL, PETERSEN, Team
from tests.test_review import COMPLAINT, ben, commit_as, seen, told

__all__ = ["book", "seen"]

NORTH = "customers/nord/modehaus-petersen.md"


def by_ben(book: Book, files: dict[str, str], message: str = "wip") -> None:
    commit_as(book, "Ben Okafor", "ben@example.com", files, message)


def names(count: int, field: str = "") -> dict[str, str]:
    """Return the files of many customers."""
    texts = (f"---\nname: Firma {number:02}\n{field}---\n" for number in range(count))
    return {f"customers/firma-{number:02}.md": text for number, text in enumerate(texts)}


def lines(answer_out: str) -> list[str]:
    return answer_out.rstrip("\n").split("\n")


def test_a_file_moved_to_a_folder_is_no_customer_removed_and_none_new(firm: Team) -> None:
    anna, other = firm.clone("anna"), firm.clone("ben")
    (other.root / "customers/nord").mkdir()
    (other.root / PETERSEN).rename(other.root / NORTH)
    other("sync")
    assert anna("sync").out == "Modehaus Petersen GmbH & Co. KG: Ben Okafor: moved to nord/\n"


def test_moved_and_edited_in_one_commit_is_both_and_moved_back_is_out_of_it(seen: Book) -> None:
    text = seen.read(PETERSEN)
    (seen.root / PETERSEN).unlink()
    by_ben(seen, {NORTH: text.replace("segment: A", "segment: B")})
    assert told(seen("review")).endswith("Ben Okafor: Segment A → B; moved to nord/")
    (seen.root / NORTH).unlink()
    by_ben(seen, {PETERSEN: text.replace("segment: A", "segment: B")})
    assert told(seen("review")).endswith("Ben Okafor: moved out of nord/")


def test_many_files_moved_into_folders_are_one_line(seen: Book) -> None:
    by_ben(seen, names(30))
    seen("review", "--all")
    for path, text in names(30).items():
        (seen.root / path).unlink()
        seen.write(path.replace("customers/", "customers/nord/"), text)
    by_ben(seen, {})
    assert told(seen("review")) == (
        "Ben Okafor: moved 30 customers into other folders: Firma 00, Firma 01, Firma 02 "
        "and 27 more"
    )
    assert seen("review").code == 1


def test_one_removed_and_another_added_from_the_template_are_two_customers(seen: Book) -> None:
    empty = "---\nname: {}\nstatus: lead\n---\n\n## Gemeinsames\n\n## Vorsicht\n\n## Verlauf\n"
    by_ben(seen, {"customers/schmidt.md": empty.format("Bäckerei Schmidt")})
    seen("review", "--all")
    (seen.root / "customers/schmidt.md").unlink()
    by_ben(seen, {"customers/meyer.md": empty.format("Tischlerei Meyer")})
    assert sorted(lines(told(seen("review")))) == [
        "Bäckerei Schmidt: Ben Okafor: customer removed",
        "Tischlerei Meyer: Ben Okafor: new customer",
    ]


def test_a_removed_customer_that_somebody_edited_is_kept_and_no_new_one(firm: Team) -> None:
    anna, other = firm.clone("anna"), firm.clone("ben")
    anna("review", "--all")
    other("review", "--all")
    other("remove", "strandhotel", "--yes")
    other("sync")
    anna("log", "strandhotel", "call: wants two more")
    assert anna("sync").out == (
        "Strandhotel Vierjahreszeiten: Ben Okafor: removed the customer, changed meanwhile: "
        "kept for now → crm settle\n"
    )
    assert told(anna("review")) == (
        "Strandhotel Vierjahreszeiten: Ben Okafor: removed the customer, changed meanwhile by "
        "Anna Krüger: kept for now → crm settle"
    )
    assert lines(other("sync").out) == [
        "Strandhotel Vierjahreszeiten: removed on one side, changed on the other: "
        "kept for now → crm settle",
        "Strandhotel Vierjahreszeiten: Anna Krüger: call 20 Nov 2026: wants two more",
    ]


def test_a_customer_that_came_back_is_not_told_as_new(seen: Book) -> None:
    text = seen.read(HOTEL)
    (seen.root / HOTEL).unlink()
    by_ben(seen, {})
    commit_as(seen, "Clara Wiegand", "clara@example.com", {HOTEL: text})
    assert sorted(lines(told(seen("review")))) == [
        "Strandhotel Vierjahreszeiten: Ben Okafor: customer removed",
        "Strandhotel Vierjahreszeiten: Clara Wiegand: brought the customer back",
    ]


def test_settings_and_templates_are_told_after_the_customers_by_review_and_sync(
    firm: Team,
) -> None:
    anna, other = firm.clone("anna"), firm.clone("ben")
    anna("review", "--all")
    text = other.read("crm.toml").replace('every = "4w"', 'every = "5w"')
    text += '[team.carla]\nname = "Carla Weiß"\n[call.rules.gone-quiet]\non = false\n'
    other.write("templates/customer.md", "---\nname: {{ name }}\n---\n", "wip")
    other.write("crm.toml", text, "wip")
    other("log", "petersen", "call: wants more")
    other("sync")
    expected = [
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: call 20 Nov 2026: wants more",
        "Settings: Ben Okafor: new in the team: Carla Weiß (carla); Rhythm of segment A 4 weeks "
        "→ 5 weeks; rule gone-quiet switched off",
        "Template customer.md: Ben Okafor: new",
    ]
    first, *rest = lines(anna("sync").out)
    assert [first, *sorted(rest)] == expected
    first, *rest = lines(told(anna("review")))
    assert [first, *sorted(rest)] == expected


def test_settings_are_nobodys_own(seen: Book) -> None:
    by_ben(seen, {"crm.toml": SETTINGS.replace('every = "4w"', 'every = "5w"')})
    assert seen("review", "--mine").code == 1
    assert told(seen("review")).startswith("Settings: ")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('language = "de"', 'language = "en"', "Language of the book de → en"),
        ("format = 1", "format = 1  # of the store", "only the way it is written"),
        ('[segments.A]\nevery = "4w"\n', "", "segment removed: A"),
        ('every = "4w"', 'every = "4w"\nabout = "x"', "About segment A: x"),
        ('"ben@example.com"]', '"ben@example.com"]\nleft = 2026-03-31', "ben left the team: Tue"),
        ('["ben@example.com"]', '["b@example.com"]', "E-mail of ben: added b@example.com, remo"),
        ("format = 1", "format = 1\ncolour = 3", "colour: 3"),
        ("format = 1", "format = = 1", "the settings cannot be read any more"),
        ("[team.anna]", "[call]\nevery = '8w'\n[team.anna]", "Rhythm of all others: 8 weeks"),
    ],
)
def test_a_setting_is_told_in_a_sentence(seen: Book, old: str, new: str, sentence: str) -> None:
    assert SETTINGS.count(old) == 1
    by_ben(seen, {"crm.toml": SETTINGS.replace(old, new)})
    assert f"Settings: Ben Okafor: {sentence}" in told(seen("review"))


def test_a_store_that_cannot_be_written_answers_and_says_that_it_will_come_again(
    seen: Book,
) -> None:
    ben(seen, PETERSEN, "segment: A", "segment: B")
    state = seen.root / ".git/crm/seen"
    state.unlink()
    state.mkdir()  # nothing can take the place of a folder
    with seen.open() as crm:
        problem = mark_seen(crm, review(crm))
    assert problem is not None
    assert problem.exit_code == 32
    answer = seen("review")
    assert "Segment A → B" in told(answer)
    assert lines(answer.err)[-1].startswith("What was shown will come again: .git/crm/seen ")


def test_an_import_of_many_customers_is_one_line(seen: Book) -> None:
    by_ben(seen, names(40), "Import")
    answer = seen("review")
    assert told(answer) == (
        "Ben Okafor: brought in 40 customers: Firma 00, Firma 01, Firma 02 and 37 more"
    )
    assert answer.err == ""
    assert seen("review").code == 1


def test_of_an_import_a_complaint_is_told_by_itself(seen: Book) -> None:
    files = names(20)
    files["customers/firma-07.md"] += f"\n## Verlauf\n\n{COMPLAINT}"
    by_ben(seen, files, "Import")
    first, second = lines(told(seen("review")))
    assert first.startswith("Firma 07: Ben Okafor: new customer; logged a complaint (Saum lose)")
    assert second.startswith("Ben Okafor: brought in 19 customers: ")


def test_the_same_edit_at_many_customers_is_one_line(seen: Book) -> None:
    by_ben(seen, names(30, "owner: anna\n"))
    seen("review", "--all")
    by_ben(seen, names(30, "owner: ben\n"))
    assert told(seen("review")) == (
        "Ben Okafor: Looked after by anna → ben – at 30 customers: "
        "Firma 00, Firma 01, Firma 02 and 27 more"
    )


def test_other_values_of_one_field_at_many_customers_are_one_line(seen: Book) -> None:
    before, after = (
        {path: text.replace("tag", f"tag-{place}{side}") for place, (path, text) in enumerate(all_)}
        for side, all_ in (
            ("a", names(30, "goal: tag\n").items()),
            ("b", names(30, "goal: tag\n").items()),
        )
    )
    by_ben(seen, before)
    seen("review", "--all")
    by_ben(seen, after)
    assert told(seen("review")).startswith("Ben Okafor: Goal changed – at 30 customers: ")


def test_a_change_of_hundreds_of_files_is_one_line_with_the_words_of_the_commit(
    seen: Book,
) -> None:
    by_ben(seen, names(220, "segment: A\n"))
    seen("review", "--all")
    by_ben(seen, names(220, "segment: B\n"), "Neu eingeteilt")
    assert "Ben Okafor: changed at once: Neu eingeteilt – at 220 customers: " in told(
        seen("review")
    )


def test_hand_edits_of_many_customers_in_one_commit_are_told_one_by_one(seen: Book) -> None:
    by_ben(seen, names(12))
    seen("review", "--all")
    calls = {
        path: f"{text}\n## Verlauf\n\n### 2026-11-20 Anruf: Thema {path[-5:-3]}\n"
        for path, text in names(12).items()
    }
    by_ben(seen, calls)
    shown = lines(told(seen("review")))
    assert len(shown) == 12
    assert "Firma 03: Ben Okafor: Anruf 20 Nov 2026: Thema 03" in shown


def test_of_one_customer_and_in_json_nothing_is_folded(seen: Book) -> None:
    by_ben(seen, names(30))
    assert len(seen("review", "--json", "--unread").json) == 30
    assert seen("review", "--diff", "--unread").out.count("+name: Firma") == 30
    assert (
        told(seen("review", "-c", "firma-07", "--unread")) == "Firma 07: Ben Okafor: new customer"
    )


def test_who_was_renamed_is_told_once_and_not_at_those_who_refer_to_them(firm: Team) -> None:
    anna, other = firm.clone("anna"), firm.clone("ben")
    other("rename", "petersen", "Modehaus Petersen & Töchter")
    other("sync")
    assert anna("sync").out == (
        "Modehaus Petersen & Töchter: Ben Okafor: renamed Modehaus Petersen GmbH & Co. KG → "
        "Modehaus Petersen & Töchter\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "english", "german"),
    [
        ("owner: ben\n", 'owner: ben\naddress:\n  zip: "01067"\n', "Postcode: 01067", "PLZ: 01067"),
        (
            "owner: ben\n",
            'owner: ben\naddress:\n  street: Weg 3\n  zip: "01067"\n  city: Dresden\n',
            "Address: Weg 3, 01067 Dresden",
            "Adresse: Weg 3, 01067 Dresden",
        ),
        ("owner: ben\n", "owner: ben\nemail: a@b.example\n", "E-mail: a@b.example", "E-Mail: a@"),
        ("229300-0", "229300-1", "Phone 04939 229300-0 → 04939", "Telefon 04939 229300-0 → 04939"),
        (
            "phone: 04939 229300-0\n",
            "",
            "Phone deleted, was 04939 229300-0",
            "Telefon gelöscht, war 04939 229300-0",
        ),
        ("status: customer", "status: former", "Status customer → former", "Status Kunde → ehem"),
        (
            "owner: ben\n",
            "owner: ben\ndo_not_contact: 2026-11-19 will nicht\n",
            "Do not contact: 19 Nov 2026 will nicht",
            "Nicht kontaktieren: 19.11.2026 will nicht",
        ),
        (
            "owner: ben\n",
            "owner: ben\naway: 2026-12-21 bis 2027-01-06 Urlaub\n",
            "Away: 21 Dec 2026 bis 6 Jan 2027 Urlaub",
            "Abwesend: 21.12.2026 bis 06.01.2027 Urlaub",
        ),
    ],
)
def test_a_field_set_changed_or_removed_reads_well(
    seen: Book, old: str, new: str, english: str, german: str
) -> None:
    ben(seen, HOTEL, old, new)
    assert f"Ben Okafor: {english}" in told(seen("review", "--unread"))
    assert f"Ben Okafor: {german}" in told(seen("neues", language="de"))


def test_what_concerns_me_and_whom_not_to_contact_come_right_after_complaints(seen: Book) -> None:
    entry = "---\nname: {}\n{}---\n\n## Verlauf\n\n### 2026-11-20 {}\n"
    by_ben(
        seen,
        {
            "customers/a.md": entry.format("A", "", "Anruf: x\n\n- [ ] schicken\n"),
            "customers/b.md": entry.format("B", "", "Anruf: x\n\n- Stimmung:: sauer\n"),
            "customers/c.md": entry.format("C", "", "Anruf: x\n\n- [ ] schicken @anna\n"),
            "customers/e.md": entry.format("E", "", "Reklamation: x\n"),
            HOTEL: seen.read(HOTEL).replace("ben\n", "ben\ndo_not_contact: 2026-11-19\n", 1),
        },
    )
    shown = [line[0] for line in lines(told(seen("review")))]
    assert shown == ["E", "S", "C", "B", "A"]


def test_a_refusal_and_a_customer_given_to_me_are_urgent(seen: Book) -> None:
    refused = "owner: anna\nconsent:\n  - channel: Mail\n    allowed: no\n"
    ben(seen, PETERSEN, "owner: anna\n", refused)
    ben(seen, HOTEL, "owner: ben", "owner: anna")
    by_ben(seen, {"customers/neu.md": "---\nname: Neu\n---\n"})
    assert lines(told(seen("review", "--unread"))) == [
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: wants nothing by Mail any more",
        "Strandhotel Vierjahreszeiten: Ben Okafor: Looked after by ben → anna",
        "Neu: Ben Okafor: new customer",
    ]


def test_the_work_of_a_week_is_dated_and_what_was_kept_in_it_is_no_promise(seen: Book) -> None:
    def on(day: int, old: str, new: str) -> None:
        text = seen.read(PETERSEN)
        assert old in text
        files, when = {PETERSEN: text.replace(old, new, 1)}, f"2026-11-{day}T10:00:00"
        commit_as(seen, "Ben Okafor", "ben@example.com", files, "wip", when)

    on(16, "## Verlauf\n", "## Verlauf\n\n### 2026-11-16 Anruf: Muster (ben)\n\n- [ ] schicken\n")
    on(18, "9300-0", "9300-7")
    on(20, "- [ ] schicken", "- [x] schicken done:2026-11-20")
    assert told(seen("review")) == (
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor (Mon 16 Nov 2026 to Fri 20 Nov 2026): "
        "Anruf 16 Nov 2026: Muster; Phone 04922 9300-0 → 04922 9300-7"
    )


def test_a_solved_complaint_says_how(seen: Book) -> None:
    old = "Naht offen (ben)\n\n"
    ben(seen, PETERSEN, old, f"{old}gelöst:: 2026-11-20 Ersatz geliefert\n\n")
    assert told(seen("review")).endswith(
        "solved: Reklamation von Heike Petersen 12 Nov 2026: Naht offen – Ersatz geliefert"
    )


def test_markdown_is_one_list_per_customer_whatever_stands_in_the_texts(seen: Book) -> None:
    ben(seen, PETERSEN, "segment: A", "goal: '# <b>* x'")
    by_ben(seen, names(10))
    shown = told(seen("review", "--markdown"))
    assert shown == (
        "# What happened from Fri 20 Nov 2026 to Fri 20 Nov 2026\n\n"
        "## In brief\n\n"
        "- **Open complaints**\n"
        "  - Modehaus Petersen GmbH & Co. KG: Naht offen (since Thu 12 Nov 2026)\n"
        "- **Overdue**\n"
        "  - Thu 19 Nov 2026, Modehaus Petersen GmbH & Co. KG: Ersatz schicken\n"
        "- **New customers**: Firma 00, Firma 01, Firma 02, 7 more\n\n"
        "## Modehaus Petersen GmbH & Co. KG\n\n"
        "- **Ben Okafor, Fri 20 Nov 2026**\n"
        "  - Goal: # \\<b>* x\n"
        "- Besides: Segment deleted, was A\n\n"
        "## Besides\n\n"
        "- **Ben Okafor, Fri 20 Nov 2026**: "
        "brought in 10 customers: Firma 00, Firma 01, Firma 02 and 7 more"
    )


def test_by_a_colleague_shows_no_number_that_is_one_of_theirs(seen: Book) -> None:
    by_ben(seen, names(30, "owner: anna\n"))
    by_ben(seen, {f"customers/{n}.md": f"---\nname: N{n}\nsegment: A\n---\n" for n in "abcd"}, "a")
    by_ben(seen, {f"customers/{n}.md": f"---\nname: N{n}\nsegment: B\n---\n" for n in "abcd"}, "b")
    calls = "".join(f"### 2026-11-{day} Anruf: x\n\n" for day in range(10, 16))
    ben(seen, PETERSEN, "## Verlauf\n\n", f"## Verlauf\n\n{calls}")
    answer = seen("review", "--by", "ben", "--limit", "2")
    for word in ("30", "27", "26", "more than", "2 more", "6 entries", "3 more"):
        assert word not in answer.both
    assert "brought in Firma 00, Firma 01, Firma 02 and others" in answer.out
    assert "There are more customers with news" in answer.err
    assert "Firma" not in seen("review").out


def test_a_name_in_two_writings_of_unicode_is_one_colleague(seen: Book) -> None:
    name, path = "Jörg Müller", PETERSEN
    for form, old, new in (("NFD", "9300-0", "9300-1"), ("NFC", "9300-1", "9300-2")):
        text = seen.read(path).replace(old, new, 1)
        commit_as(seen, unicodedata.normalize(form, name), "info@firm.example", {path: text})
    (line,) = lines(told(seen("review", "--by", "jörg", "--unread")))
    assert line.endswith("Jörg Müller: Phone 04922 9300-0 → 04922 9300-2")


def test_two_people_who_share_an_address_or_a_first_name_stay_two(seen: Book) -> None:
    for name, old, new in (
        ("Jörg Müller", "segment: A", "segment: B"),
        ("Jörg Meier", "9300-0", "9300-1"),
        ("Petra Klein", "- segelt", "- reitet"),
    ):
        text = seen.read(PETERSEN)
        commit_as(seen, name, "info@firm.example", {PETERSEN: text.replace(old, new, 1)})
    shown = [line.split(": ")[1] for line in lines(told(seen("review", "--unread")))]
    assert sorted(shown) == ["Jörg Meier", "Jörg Müller", "Petra Klein"]
    assert told(seen("review", "--by", "Jörg Meier")).endswith("Phone 04922 9300-0 → 04922 9300-1")


def test_an_address_of_two_colleagues_leaves_it_to_the_name(seen: Book) -> None:
    shared = SETTINGS.replace('@example.com"]', '@example.com", "laden@example.com"]')
    by_ben(seen, {"crm.toml": shared})
    seen("review", "--all")
    text = seen.read(PETERSEN).replace("segment: A", "segment: B")
    commit_as(seen, "Ben Okafor", "laden@example.com", {PETERSEN: text})
    assert told(seen("review")).endswith("Ben Okafor: Segment A → B")


def test_a_rewritten_past_that_is_followed_tells_what_is_other_now_and_not_all_again(
    firm: Team,
) -> None:
    anna, other = firm.clone("anna"), firm.clone("ben")
    anna("log", "petersen", "call: stays")
    anna("log", "petersen", "call: to be erased")
    anna("sync")
    other("sync")
    anna.git("reset", "--quiet", "--hard", "HEAD~1")
    anna.git("commit", "--quiet", "--amend", "--message", "Another one")
    anna("log", "strandhotel", "call: afterwards")
    anna.git("push", "--quiet", "--force")
    other("sync")
    shown = lines(other("sync", "--follow").out)
    assert sorted(shown) == [
        "Modehaus Petersen GmbH & Co. KG: entry deleted: call 20 Nov 2026: to be erased",
        "Strandhotel Vierjahreszeiten: call 20 Nov 2026: afterwards",
    ]


def test_a_book_that_came_in_as_a_whole_says_how_many_customers_it_has(firm: Team) -> None:
    new = Book(firm.folder / "new")
    (new.root / "customers").mkdir(parents=True)
    new.git("init", "--quiet", "--initial-branch=main")
    new.git("config", "user.name", "Carla Weiß")
    new.git("config", "user.email", "carla@example.com")
    answer = new("sync", firm.hub.as_uri())
    assert answer.code == 0, answer.both
    assert answer.out == ""
    assert answer.err == "2 customers came in: crm list\n"


def test_an_attachment_is_told_at_its_customer_wherever_the_file_stands(seen: Book) -> None:
    text = seen.read(PETERSEN)
    (seen.root / PETERSEN).unlink()
    by_ben(seen, {NORTH: text})
    seen("review", "--all")
    by_ben(seen, {"attachments/modehaus-petersen/naht.jpg": "x"})
    assert told(seen("review")) == (
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: file laid beside: naht.jpg"
    )


def test_above_a_long_monday_stands_what_is_urgent(seen: Book) -> None:
    by_ben(seen, names(60))
    seen("review", "--all")
    kinds = ["Reklamation", "Reklamation", *["Anruf"] * 58]
    by_ben(
        seen,
        {
            path: f"{text}\n## Verlauf\n\n### 2026-11-19 {kind}: Thema {place}\n"
            for place, ((path, text), kind) in enumerate(zip(names(60).items(), kinds, strict=True))
        },
    )
    answer = seen("review", now=datetime(2026, 11, 23, 8, 0))
    shown = lines(told(answer))
    assert len(shown) == 40
    assert sorted(line[:8] for line in shown[:2]) == ["Firma 00", "Firma 01"]
    assert lines(answer.err) == [
        "First what is urgent – complaints: 2.",
        "20 more customers with news; they come next: crm review",
    ]
