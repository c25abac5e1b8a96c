"""``crm check``: what is wrong in the files, where, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, named
from crm_md.cli.output import on_terminal, one_line, paint, put, put_json, say
from crm_md.cli.progress import progress_bar
from crm_md.cli.session import Session
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, ngettext
from crm_md.quality import check, mend, plan_mending
from crm_md.store import SETTINGS

if TYPE_CHECKING:
    from crm_md.model import Finding, Severity
    from crm_md.quality import Mending

STYLES: dict[Severity, str] = {"error": "wrong", "warning": "careful", "hint": "faint"}


@command(
    "check",
    N_(
        "Find what is wrong in the files, with place and remedy: errors, warnings, hints. "
        "--fix mends what guesses no meaning: quotation marks where other programs would misread "
        "a value, a next step that is done, and above 2,000 customers folders of two letters. It "
        "shows the changes first and asks; where nobody can be asked, only --yes does them. "
        "Ends with 1 if there are errors or warnings."
    ),
    N_("crm check\ncrm check petersen\ncrm check --fix\ncrm check --range main..HEAD"),
)
@click.argument(
    "customer", required=False, metavar=N_("[CUSTOMER]"), shell_complete=complete_customers
)
@click.option("--fix", is_flag=True, help=N_("Show what can be mended, ask, and mend it."))
@click.option("--yes", "--ja", is_flag=True, help=N_("With --fix: do not ask."))
@click.option(
    "--range",
    "asked",
    metavar="A..B",
    help=N_("Only what came from A to B, as it stands in Git; warnings then end with 0."),
)
def check_command(
    session: Session, customer: str | None, fix: bool, yes: bool, asked: str | None
) -> int:
    """Print what was found; before, mend what can be."""
    if yes and not fix:
        raise UsageProblem(_("--yes goes with --fix."))
    if asked is not None:
        if customer or fix:
            raise UsageProblem(_("--range stands alone: it looks at what is in Git."))
        return _check_range(session, asked)
    only = named(session, customer).path if customer else ""
    done = _mended(session, only, yes) if fix else True
    if not (done or session.json):
        return 1
    with _progress_shown(session):
        findings = check(session.crm, only)
    _answer(session, findings)
    return 1 if any(finding.severity != "hint" for finding in findings) else 0


def _check_range(session: Session, asked: str) -> int:
    """Print what the commits of a range bring; only errors are a reason to stop."""
    from crm_md.quality.server_hook import check_of_range

    folder = Path(session.store).expanduser() if session.store else Path.cwd()
    findings = check_of_range(folder, asked, session.now.date())
    _answer(session, findings)
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _answer(session: Session, findings: Sequence[Finding]) -> None:
    if session.json:
        put_json([_as_json(finding) for finding in findings])
    else:
        _print(findings)


def _mended(session: Session, only: str, yes: bool) -> bool:
    """Show what can be mended and do it if that is wished; tell whether nothing of it is left."""
    with _progress_shown(session):
        plan = plan_mending(session.crm, only)
    if not plan:
        say(_("There is nothing that can be mended without guessing."), style="faint")
        return True
    if not session.json:
        for line in _differences(plan):
            put(line)
    told = "; ".join(plan.told)
    question = _("Do this: {what}?").format(what=told)
    if not (yes or (somebody_is_there() and agreed(question))):
        say(_("Nothing was changed. To do it: crm check --fix --yes"), style="careful")
        return False
    with _progress_shown(session):
        action = mend(session.crm, plan)
    say(_("Mended: {what}").format(what=told), style="good")
    tell_done(session, action)
    return True


@contextmanager
def _progress_shown(session: Session) -> Iterator[None]:
    """Let the reading of many files say on a terminal how far it is."""
    with progress_bar() as session.crm.progress:
        try:
            yield
        finally:
            session.crm.progress = None


def _differences(plan: Mending) -> Iterator[str]:
    """Yield the unified difference of every file, and where files would go."""
    for one in plan.files:
        yield from _difference(one.path, one.before, one.after)
    for move in plan.moves:
        yield paint(f"{move.old} -> {move.new}", "plain")
    if plan.settings:
        yield from _difference(SETTINGS, *plan.settings)


def _difference(path: str, before: bytes, after: bytes) -> Iterator[str]:
    from difflib import unified_diff

    styles = {"+": "good", "-": "wrong", "@": "faint"}
    old, new = (data.decode("utf-8", "replace").split("\n") for data in (before, after))
    for line in unified_diff(old, new, path, path, lineterm="", n=1):
        yield paint(line.rstrip("\r"), styles.get(line[:1], "plain"))


def _print(findings: Sequence[Finding]) -> None:
    """Print in groups for people, a line each for programs."""
    for severity, group in groupby(findings, key=lambda one: one.severity):
        if on_terminal():
            put(paint(_headings()[severity], "title"))
        for finding in group:
            _print_one(finding)
    if not findings:
        say(_("Nothing found: all is well."), style="good")
        return
    counts = Counter(finding.severity for finding in findings)
    say(", ".join(_counted(counts)), style="faint")


def _print_one(finding: Finding) -> None:
    place = f"{one_line(finding.path)}:{finding.line}"
    text, remedy = one_line(finding.text), one_line(finding.remedy)
    if on_terminal():
        put(f"  {paint(place, STYLES[finding.severity])}  {text}")
        put(f"      → {remedy}")
    else:
        put(line_of(finding))


def line_of(finding: Finding) -> str:
    """Return a finding in one line, as compilers tell theirs."""
    text, remedy = one_line(finding.text), one_line(finding.remedy)
    place = f"{one_line(finding.path)}:{finding.line}"
    return f"{place}: {_words()[finding.severity]}: {text} → {remedy}"


def _headings() -> dict[Severity, str]:
    return {"error": _("Errors"), "warning": _("Warnings"), "hint": _("Hints")}


def _words() -> dict[Severity, str]:
    return {"error": _("error"), "warning": _("warning"), "hint": _("hint")}


def _counted(counts: Counter[Severity]) -> Iterator[str]:
    if number := counts["error"]:
        yield ngettext("1 error", "{count} errors", number).format(count=number)
    if number := counts["warning"]:
        yield ngettext("1 warning", "{count} warnings", number).format(count=number)
    if number := counts["hint"]:
        yield ngettext("1 hint", "{count} hints", number).format(count=number)


def _as_json(finding: Finding) -> dict[str, object]:
    return asdict(finding)
