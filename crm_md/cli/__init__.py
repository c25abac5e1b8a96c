"""The command line: parse the question, call one function of the library, print the answer."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Git begins to look at the files before anything else is loaded: both take equally long.

    Args:
        arguments: what stands behind ``crm`` on the command line.

    Returns:
        The exit code: 0 done, 1 found nothing or findings, 2 usage, 20s not found or ambiguous,
        30s changed or locked, 40s malformed, 50s Git. Every expected failure becomes text here
        and nowhere else; what nobody expected keeps its traceback.
    """
    from crm_md.cli.session import Session, choose_language

    session = Session()
    try:
        session.look_ahead(arguments)
        choose_language(arguments)
        from crm_md.cli.running import answer

        return answer(session, arguments)
    finally:
        session.close()
