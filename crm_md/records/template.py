"""Fill in a template: plain Markdown with placeholders; it fills in and chooses, and runs nothing.

What a template may use is listed here, and all of it needs time and room in proportion to its own
length. Jinja's sandbox alone guards what code may touch, but not how long it runs: two loops in
each other, or a text doubled forty times, would stop every ``crm new``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md.errors import TemplateBroken
from crm_md.messages import _

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

LONGEST = 200_000  # bytes of a template
FILTERS = ("capitalize", "d", "default", "lower", "title", "trim", "upper", "yaml")

# Jinja's names for text, {{ placeholders }}, {% if %}, and what may stand in those.
_MAY_STAND = frozenset(
    (
        *("Template", "Output", "TemplateData", "Name", "Const", "If", "CondExpr", "Filter"),
        *("Test", "And", "Or", "Not", "Compare", "Operand", "Concat", "Getitem", "Slice"),
    )
)
_AS_TYPED = {
    "Assign": "set",
    "AssignBlock": "set",
    "FromImport": "import",
    "FilterBlock": "filter",
    "Call": "(…)",
    "Getattr": ".",
    "Add": "+",
    "Sub": "-",
    "Mul": "*",
    "Pow": "**",
}


def new_text(template: bytes | None, language: str, today: date, fields: Mapping[str, str]) -> str:
    """Return the text of a new customer.

    Args:
        template: the store's ``templates/customer.md``, None for the one that comes with crm.
        language: ``de`` or ``en``, for the words of the sections.
        today: the day, as ``{{ today }}``.
        fields: the facts, English names; ``{{ name | yaml }}`` quotes where YAML would misread.

    Raises:
        TemplateBroken: it is no text, far too long, or asks for more than filling in; line and
            reason.
    """
    from jinja2 import TemplateError

    source = template if template is not None else shipped_template()
    if len(source) > LONGEST:
        raise TemplateBroken(None, _("it is longer than {count} bytes").format(count=LONGEST))
    try:
        text = source.decode("utf-8-sig")
        environment = _sandbox()
        _refuse_what_runs(environment, text)
        facts = {"language": language, "today": today.isoformat(), **fields}
        return environment.from_string(text).render(facts)
    except TemplateError as problem:
        raise TemplateBroken(getattr(problem, "lineno", None), str(problem)) from problem
    except RecursionError as problem:
        raise TemplateBroken(None, _("too many brackets in each other")) from problem
    except (TypeError, ValueError) as problem:
        raise TemplateBroken(None, str(problem)) from problem


def _refuse_what_runs(environment: SandboxedEnvironment, text: str) -> None:
    """Let pass only what ends by itself: no loop, no call, no text that grows out of itself.

    Raises:
        TemplateBroken: the line where something else stands.
    """
    from jinja2.nodes import Node

    for node in environment.parse(text).find_all(Node):
        kind = type(node).__name__
        if kind not in _MAY_STAND:
            reason = _("a template can fill in and choose with “if”, but not use “{word}”")
            word = _AS_TYPED.get(kind, kind.lower())
            raise TemplateBroken(node.lineno, reason.format(word=word))


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
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.globals.clear()
    return environment
