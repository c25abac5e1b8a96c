"""Let click speak the language chosen: its own words about options, arguments and answers."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from crm_md.messages import _, language

DOMAIN = "click"
LOCALE = Path(__file__).parents[1] / "locale"


@contextmanager
def click_speaks() -> Iterator[None]:
    """Lend click our German for its own texts; English, which it speaks anyway, needs nothing.

    click asks ``gettext.gettext`` for every text, so the way is gettext's own: a domain, bound to
    our folder, and the language wished in ``LANGUAGE``. Both are as before afterwards. Our Git
    reads ``LC_MESSAGES=C``, which goes before ``LANGUAGE``.
    """
    if language() != "de":
        yield
        return
    domain, wished = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = "de"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if wished is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = wished


@contextmanager
def translated(params: Iterable[click.Parameter]) -> Iterator[None]:
    """Give parameters their texts in the language spoken, as long as something is printed.

    Their own stay the ones of the sources: a program may speak both languages in turn.
    """
    params = list(params)
    metavars = [param.metavar for param in params]
    options = [param for param in params if isinstance(param, click.Option)]
    helps = [option.help for option in options]
    try:
        for param in params:
            param.metavar = _(param.metavar) if param.metavar else param.metavar
        for option in options:
            option.help = _(option.help) if option.help else option.help
        yield
    finally:
        for param, metavar in zip(params, metavars, strict=True):
            param.metavar = metavar
        for option, text in zip(options, helps, strict=True):
            option.help = text
