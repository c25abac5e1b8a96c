"""Fill in a template: plain Markdown with placeholders, in a sandbox that can run nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md.errors import TemplateBroken

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

LONGEST = 200_000  # characters that a template may grow to


def new_text(template: bytes | None, language: str, today: date, fields: Mapping[str, str]) -> str:
    """Return the text of a new customer.

    Args:
        template: the store's ``templates/customer.md``, None for the one that comes with crm.
        language: ``de`` or ``en``, for the words of the sections.
        today: the day, as ``{{ today }}``.
        fields: the facts, English names; ``{{ name | yaml }}`` quotes where YAML would misread.

    Raises:
        TemplateBroken: it is no text, or asks for what the sandbox forbids; line and reason.
    """
    from jinja2 import TemplateError, UndefinedError

    source = template if template is not None else shipped_template()
    try:
        text = source.decode("utf-8-sig")
        filled = (
            _sandbox()
            .from_string(text)
            .render({"language": language, "today": today.isoformat(), **fields})
        )
    except (UndefinedError, TemplateError) as problem:
        raise TemplateBroken(getattr(problem, "lineno", None), str(problem)) from problem
    except (UnicodeDecodeError, ArithmeticError, TypeError, ValueError, MemoryError) as problem:
        raise TemplateBroken(None, str(problem)) from problem
    if len(filled) > LONGEST:
        raise TemplateBroken(None, f"{len(filled)} > {LONGEST}")
    return filled


def shipped_template() -> bytes:
    """Return the template that comes with crm: of the wheel, or of a checkout."""
    return book_folder().joinpath("templates", "customer.md").read_bytes()


def book_folder() -> Path:
    """Return where the sample book and the templates stand: inside the package, or beside it."""
    package = Path(__file__).parents[1]
    inside = package / "book"
    return inside if inside.is_dir() else package.parent


def _sandbox() -> SandboxedEnvironment:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from crm_md.document import quoted

    environment = ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=True)
    environment.filters["yaml"] = lambda value: quoted(str(value))
    environment.globals.clear()
    return environment
