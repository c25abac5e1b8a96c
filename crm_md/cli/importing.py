"""``crm import``: an address book becomes customers."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, put, put_json, say
from crm_md.cli.session import Session
from crm_md.messages import N_, _, ngettext
from crm_md.records.importing import Planned, carry_out, plan_files


@command(
    "import",
    N_(
        "Read address books (vCard, of any program): companies with their people. Shows what it "
        "would do; --apply does it in one step that can be taken back. Doing it twice changes "
        "nothing."
    ),
    N_("crm import contacts.vcf\ncrm import contacts.vcf --apply"),
)
@click.argument("files", nargs=-1, required=True, metavar=N_("FILE.vcf|DIR…"), type=click.Path())
@click.option("--apply", "--ausführen", "really", is_flag=True, help=N_("Do it."))
def import_command(session: Session, files: tuple[str, ...], really: bool) -> int:
    """Show the plan, or carry it out."""
    paths = [Path(file) for file in files]
    planned = plan_files(session.crm, paths)
    if session.json:
        put_json([*map(asdict, planned.plan.new), *map(asdict, planned.plan.additions)])
    else:
        _print(planned)
    if planned.is_empty:
        whole = not planned.plan.remarks
        say(_("Nothing to add: all of it is in the book.") if whole else _("Nothing to add."))
        return 0
    if not really:
        text = _("Nothing is written yet. To do it: crm import {files} --apply")
        say(text.format(files=_typed(session, files)), style="careful")
        return 0
    done = carry_out(session.crm, planned, ", ".join(path.name for path in paths))
    new = ngettext("1 new customer", "{count} new customers", done.new).format(count=done.new)
    text = ngettext("{new}, 1 completed.", "{new}, {count} completed.", done.completed)
    say(text.format(new=new, count=done.completed), style="good")
    tell_done(session, done.action)
    return 0


def _typed(session: Session, files: tuple[str, ...]) -> str:
    """Return the files as they can be typed again, and the store if it was named."""
    import shlex

    named = session.store and session.store != os.environ.get("CRM_STORE")
    return shlex.join([*files, *(["--store", session.store] if named else [])])


def _print(planned: Planned) -> None:
    plan = planned.plan
    for new in plan.new:
        put(f"+ {one_line(new.text)}")
    for addition in plan.additions:
        for text in addition.texts:
            put(f"~ {one_line(text)}")
    if plan.unchanged:
        text = ngettext("1 unchanged", "{count} unchanged", len(plan.unchanged))
        say(text.format(count=len(plan.unchanged)), style="faint")
    for remark in plan.remarks:
        place = f"{remark.file}:{remark.line}: " if remark.line else ""
        say(one_line(f"! {place}{remark.text} {remark.why}"), style="careful")
    for finding in planned.findings:
        say(f"! {finding.path}:{finding.line}: {finding.text} {finding.remedy}", style="careful")
