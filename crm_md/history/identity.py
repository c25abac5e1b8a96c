"""Know who is saving, from what the person told Git, never from a guess."""

from __future__ import annotations

from crm_md.errors import NoIdentity
from crm_md.frozen import dataclass
from crm_md.history.process import Running, failure, output, start_git
from crm_md.history.repository import Repository

# Without this Git makes up an address from the names of the user and the machine.
NO_GUESS = ("-c", "user.useConfigOnly=true")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as Git knows them."""

    name: str
    email: str


class RunningIdentity:
    """A question to Git, under way, who is at the keyboard."""

    def __init__(self, repository: Repository, running: Running) -> None:
        self._repository = repository
        self._running = running

    def finish(self) -> Identity | None:
        """Wait for the answer; None if name or address is not known.

        Raises:
            CrmError: one of the 50s, if Git failed for another reason.
        """
        answer = self._running.finish()
        if answer.code:
            problem = failure(self._repository.top, answer)
            if isinstance(problem, NoIdentity):
                return None
            raise problem
        name, _, rest = answer.out.decode("utf-8", "replace").rpartition(" <")
        return Identity(name, rest.partition(">")[0])

    def stop(self) -> None:
        """End a question whose answer nobody needs."""
        self._running.stop()


def start(repository: Repository) -> RunningIdentity:
    """Start to ask who would be the author of a commit now, and return at once.

    ``GIT_AUTHOR_NAME`` and ``GIT_AUTHOR_EMAIL`` go before ``author.*`` and ``user.*`` of Git's
    settings, as for Git itself (git-var(1)).

    Raises:
        GitMissing: there is no program named git.
    """
    asked = start_git(repository.top, *NO_GUESS, "var", "GIT_AUTHOR_IDENT", locks=False)
    return RunningIdentity(repository, asked)


def set_identity(repository: Repository, person: Identity) -> None:
    """Keep name and address in this repository's own settings.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    output(repository.top, "config", "user.name", person.name)
    output(repository.top, "config", "user.email", person.email)
