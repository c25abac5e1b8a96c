"""Ten situations that users tell of, each with the row or the silence they expect, and why."""

from __future__ import annotations

from datetime import date

import pytest

from crm_md.agenda import CallList, reasons_for, who_to_call
from crm_md.document import Document, summarise
from crm_md.model import Summary
from tests.builders import config

TODAY = date(2026, 11, 20)  # a Friday


def known(head: str, *entries: str) -> Summary:
    """Return the customer whose file says this; entries are what stands behind ``### ``."""
    history = "\n\n".join(f"### {entry}" for entry in entries)
    text = (
        f"---\nname: Petersen\nowner: anna\n{head}\n---\n\n# Petersen\n\n## Verlauf\n\n{history}\n"
    )
    settings = config()
    document = Document.read(text.encode(), "customers/petersen.md", settings)
    assert not document.customer.findings
    return summarise(document.customer, settings)


def call_list(summary: Summary, today: date = TODAY) -> CallList:
    return who_to_call([summary], today, "anna", config())


def row(summary: Summary, today: date = TODAY) -> tuple[str | None, list[str]]:
    """Return whom to call and the rules that speak; nobody and none where there is silence."""
    rows = call_list(summary, today).rows
    if not rows:
        return None, []
    person = rows[0].person
    return person.name if person else "", [reason.rule for reason in rows[0].reasons]


def why_not(summary: Summary, today: date = TODAY) -> str:
    """Return the guard and its words."""
    held = call_list(summary, today).held_back
    return f"{held[0].guard}: {held[0].text}" if held else ""


HEIKE_AND_KAI = """status: customer
phone: 04922 9300-0
contacts:
  - name: Heike Petersen
    phone: 04922 9300-12
    away: {away}
  - name: Kai Petersen
    phone: 04922 9300-14"""


def test_1_the_contact_is_on_holiday_so_the_other_one_is_called_and_it_is_said() -> None:
    holiday = known(
        HEIKE_AND_KAI.format(away="2026-11-16 bis 2026-11-27 Urlaub"),
        "2026-11-10 Anruf mit Heike Petersen: Muster (anna)\n\n- [ ] Muster due:2026-11-20",
    )
    assert row(holiday) == ("Kai Petersen", ["task-due"])
    assert call_list(holiday).rows[0].notes == (
        "Heike Petersen is away until Fri 27 Nov 2026 (Urlaub).",
    )
    back = date(2026, 11, 28)
    assert row(holiday, back) == ("Heike Petersen", ["promise-overdue"])


def test_2_a_lead_that_said_no_is_left_alone_until_a_day_agreed_later() -> None:
    no = (
        "status: declined",
        "2026-11-18 Anruf mit Petersen: kein Interesse, haben gerade umgestellt (anna)",
        "2026-11-02 Mail an Petersen: Angebot (anna)\n\n- [ ] Angebot nachfassen due:2026-11-19",
    )
    assert row(known(*no)) == (None, [])
    assert not call_list(known(*no)).held_back
    again = known(f"{no[0]}\nnext: 2027-05-03 wieder fragen, Vertrag läuft aus", *no[1:])
    assert row(again, date(2027, 5, 2)) == (None, [])
    assert row(again, date(2027, 5, 3)) == ("Petersen", ["next-due"])


def test_3_quiet_until_spring_and_then_they_write() -> None:
    quiet = "status: customer\nsnooze: 2027-03-01 seit 2026-11-01 bittet um Ruhe bis Frühjahr"
    told = "2026-11-01 Anruf von Petersen: bittet um Ruhe (anna)\n\n- [ ] Katalog due:2026-11-10"
    assert row(known(quiet, told)) == (None, [])
    assert why_not(known(quiet, told)) == (
        "snooze: rests until Mon 1 Mar 2027 (bittet um Ruhe bis Frühjahr)"
    )
    wrote = known(quiet, "2026-11-18 Mail von Petersen: doch schon früher? (anna)", told)
    assert row(wrote) == ("Petersen", ["promise-overdue", "ball-with-us"])


def test_4_a_complaint_solved_today_is_no_reason_today_and_is_asked_after_in_a_week() -> None:
    solved = known(
        "status: customer",
        "2026-11-20 Reklamation gelöst: Ersatz ist da (ben)",
        "2026-11-12 Reklamation von Petersen: Naht offen (ben)",
    )
    assert row(solved) == (None, [])
    assert row(solved, date(2026, 11, 26)) == (None, [])
    assert row(solved, date(2026, 11, 27)) == ("Petersen", ["aftercare"])


def test_5_a_colleague_spoke_with_them_yesterday_so_the_rhythm_is_kept_and_ours_remains() -> None:
    spoken = known(
        "status: customer\nsegment: A\nevery: 2w",
        "2026-11-19 Anruf mit Petersen: alles gut (ben)",
        "2026-10-01 Anruf mit Petersen: Termin (anna)",
    )
    assert row(spoken) == (None, [])
    promised = known(
        "status: customer",
        "2026-11-19 Anruf mit Petersen: Muster (ben)\n\n- [ ] Muster schicken due:2026-11-20 @ben",
    )
    assert row(promised) == ("Petersen", ["task-due"])
    assert call_list(promised).rows[0].notes == ("Ben takes care of it.",)


def test_6_a_private_person_is_their_own_contact() -> None:
    private = known(
        "status: customer\nphone: 04941 1008-63\naddress_as: Sie, Frau Petersen\n"
        "birthday: 1946-11-22",
        "2026-11-01 Besuch bei Petersen: Markise (anna)",
    )
    assert row(private) == ("Petersen", ["birthday"])
    found = call_list(private).rows[0]
    assert found.phone == "04941 1008-63"
    assert found.reasons[0].text == "Petersen turns 80 on Sun 22 Nov 2026 (in 2 days)"


def test_7_of_five_people_the_one_who_matters_is_called() -> None:
    five = known(
        "status: customer\nphone: 04922 9300-0\nnext: 2026-11-20 nachfassen\ncontacts:\n"
        "  - name: Zoe Empfang\n  - name: Jan Lager\n    left: 2026-02\n  - name: Ute Buchhaltung\n"
        "  - name: Heike Petersen\n    phone: 04922 9300-12\n  - name: Max Azubi",
        "2026-10-30 Besuch bei Heike Petersen: Kollektion (anna)",
        "2026-10-01 Rechnung an Ute Buchhaltung: R7 (anna)",
    )
    assert row(five) == ("Heike Petersen", ["next-due"])
    birthday = known(
        "status: customer\ncontacts:\n  - name: Heike Petersen\n  - name: Ute Berg\n"
        "    birthday: 11-20",
        "2026-11-10 Anruf mit Heike Petersen: Muster (anna)",
    )
    assert row(birthday) == ("Ute Berg", ["birthday"])


def test_8_a_bankrupt_customer_keeps_silent_whatever_was_open() -> None:
    bankrupt = known(
        "status: closed\nphone: 0351 4711\nevery: 4w\ndeals:\n  - title: Winter\n"
        "    stage: offered\n    close: 2026-11-21",
        "2026-11-15 Notiz: Insolvenz angemeldet (anna)",
        "2026-10-01 Reklamation von Petersen: Naht offen (anna)\n\n- [ ] Ersatz due:2026-10-10",
    )
    assert row(bankrupt) == (None, [])
    claim = known(
        "status: closed",
        "2026-11-15 Notiz: Insolvenz angemeldet (anna)\n\n- [ ] Forderung anmelden due:2026-11-20",
    )
    assert row(claim) == ("Petersen", ["task-due"])


def test_9_a_supplier_is_called_in_our_own_rhythm_only() -> None:
    history = "2026-01-05 Anruf mit Petersen: Preise (anna)"
    birthday = "status: supplier\nbirthday: 11-20"
    assert row(known(birthday, history)) == (None, [])
    assert row(known(f"{birthday}\nevery: 6m", history)) == ("Petersen", ["rhythm-passed"])


def test_10_an_answer_to_our_mail_that_came_today_waits_until_tomorrow() -> None:
    answered = known(
        "status: customer",
        "2026-11-20 Mail von Petersen: Re: Muster (anna)",
        "2026-11-10 Mail an Petersen: Muster? (anna)",
    )
    assert row(answered) == (None, [])
    assert why_not(answered) == ""
    assert row(answered, date(2026, 11, 21)) == ("Petersen", ["ball-with-us"])
    unanswered = known("status: customer", "2026-11-10 Mail an Petersen: Muster? (anna)")
    assert row(unanswered) == ("Petersen", ["ball-with-them"])


@pytest.mark.parametrize("word", ["nicht erreicht", "Mailbox, bitte zurückrufen", "besetzt"])
def test_an_attempt_of_today_holds_back_until_tomorrow(word: str) -> None:
    tried = known(
        "status: customer\nnext: 2026-11-20 nachfassen", f"2026-11-20 Anruf mit Petersen: {word}"
    )
    assert why_not(tried) == "tried: was not reached today; again tomorrow"
    assert row(tried, date(2026, 11, 21)) == ("Petersen", ["next-due"])


def test_what_was_solved_without_a_day_counts_from_its_complaint() -> None:
    solved = known("", "2026-11-10 Reklamation von Petersen: Naht\n\ngelöst:: Gutschrift geschickt")
    assert [one.rule for one in reasons_for(solved, TODAY, config())] == ["aftercare"]
