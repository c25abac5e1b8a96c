"""What is asked of customers, and cannot be found, told apart or written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_md.errors.kinds import AMBIGUOUS, MALFORMED, NOT_FOUND, CrmError, UsageProblem
from crm_md.messages import _, ngettext

_SHORTEST_PHONE = 6  # digits; fewer are the beginning of a postcode


class CustomerNotFound(CrmError):
    """No customer answers to what was asked.

    Args:
        near: names that may have been meant.
        is_kind: it is a word for a kind of entry, behind which the customer may stand.
    """

    exit_code = NOT_FOUND
    adds = False  # the remedy is to add them

    def __init__(self, asked: str, near: Sequence[str] = (), *, is_kind: bool = False) -> None:
        super().__init__(_("No customer “{asked}” found.").format(asked=asked))
        self.near = tuple(near)
        if is_kind:
            self.hint = _("The customer comes first: crm log CUSTOMER {word} …").format(word=asked)
        elif asked.strip().isdecimal() and len(asked.strip()) < _SHORTEST_PHONE:
            self.hint = _("The places with such a postcode: crm list --place {asked}").format(
                asked=asked.strip()
            )
        elif near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        else:
            self.adds = True
            self.hint = _('Create one: crm new "{asked}"').format(asked=asked)


class CustomerElsewhere(CustomerNotFound):
    """The customer lies in a folder that this clone of a part of the store does not have."""

    def __init__(self, asked: str, folders: Sequence[str], fetching: str) -> None:
        super().__init__(asked)
        self.args = (
            ngettext(
                "“{asked}” lies in {folders}, which is not fetched here.",
                "“{asked}” lies in {folders}, which are not fetched here.",
                len(folders),
            ).format(asked=asked, folders=", ".join(folders)),
        )
        self.hint = _("To fetch it: {command}").format(command=fetching)


class FolderElsewhere(UsageProblem):
    """A customer cannot be put into a folder that this clone of a part of the store lacks."""

    def __init__(self, folder: str, fetching: str) -> None:
        super().__init__(_("The folder “{folder}” is not fetched here.").format(folder=folder))
        self.hint = _("To fetch it: {command}").format(command=fetching)


class CustomerAmbiguous(CrmError):
    """Several customers answer to what was asked.

    Args:
        files: of those who have the same name, so that only their files tell them apart.
    """

    exit_code = AMBIGUOUS

    def __init__(self, asked: str, candidates: Sequence[str], files: Sequence[str] = ()) -> None:
        super().__init__(
            _("“{asked}” fits several customers: {names}.").format(
                asked=asked, names=", ".join(candidates)
            )
        )
        self.hint = _("Name one of them by a longer fragment.")
        if files:
            self.hint = _("Name one of them by its file: crm show {path}").format(path=files[-1])


class NumberUnknown(CrmError):
    """Nobody has this phone number.

    Args:
        number: as typed.
        written: where it stands all the same, in somebody's words; "" if nowhere.
        slug: of the customer at whom it stands.
    """

    exit_code = NOT_FOUND

    def __init__(self, number: str, written: str = "", slug: str = "") -> None:
        super().__init__(_("Nobody is known by the number {number}.").format(number=number))
        self.hint = _('Add a customer with it: crm new NAME --phone "{number}"').format(
            number=number
        )
        if written:
            text = _("Nobody has the number {number} as theirs, but it is written at {place}")
            self.args = (text.format(number=number, place=written),)
            self.hint = _('If it is theirs: crm set {slug} phone --add "{number}"').format(
                slug=slug, number=number
            )


class NameRefused(UsageProblem):
    """A customer cannot be called this: the name is blank or contains control characters."""

    def __init__(self, name: str) -> None:
        visible = "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
        )
        if not visible.strip("\N{REPLACEMENT CHARACTER} "):
            super().__init__(_("A customer needs a name."))
        else:
            super().__init__(
                _("The name “{name}” contains control characters.").format(name=visible)
            )
        self.hint = _("Type the name in one line, with at least one visible character.")


class NothingKnownThen(CrmError):
    """The history knew no such customer on that day."""

    exit_code = NOT_FOUND + 3

    def __init__(self, slug: str, day: date) -> None:
        super().__init__(
            _("On {day} nothing was known of {slug}.").format(day=day.isoformat(), slug=slug)
        )
        self.hint = _("The days on which it changed: crm changes {slug}").format(slug=slug)


class FieldUnknown(UsageProblem):
    """No field, and no key of this file, is called this."""

    def __init__(self, asked: str, known: Sequence[str]) -> None:
        super().__init__(_("“{field}” is no field I know.").format(field=asked))
        from difflib import get_close_matches

        near = get_close_matches(asked.casefold(), known, n=3, cutoff=0.7)
        if near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        else:
            self.hint = _("A fact of a name of your own is added in the editor: crm edit CUSTOMER")


class ItemNotFound(CrmError):
    """No item of the list answers to the fragment, or several do."""

    def __init__(self, field: str, asked: str, names: Sequence[str], *, several: bool) -> None:
        text = (
            _("{field}: “{asked}” fits several of them: {names}.")
            if several
            else _("{field}: none of them answers to “{asked}”.")
        )
        super().__init__(text.format(asked=asked, field=field, names=", ".join(names)))
        self.exit_code = AMBIGUOUS if several else NOT_FOUND
        if names and not several:
            self.hint = _("There is: {names}.").format(names=", ".join(names))


class WhoseFact(CrmError):
    """A person was named, and it is not sure that the fact is that person's.

    Args:
        field: what it is called.
        owners: whose it may be: names of people, or the customer's.
        people: who was named.
        commands: what says it for sure, behind ``crm set``, one for each owner.
    """

    exit_code = AMBIGUOUS

    def __init__(
        self,
        field: str,
        owners: Sequence[str],
        people: Sequence[str],
        commands: Sequence[Sequence[str]],
    ) -> None:
        import shlex

        if len(owners) > 1:
            text = _("{field}: it is not clear whose is meant: {names}.")
            super().__init__(text.format(field=field, names=", ".join(owners)))
        else:
            text = _("{field} is a fact of {customer}, but the word names {people}.")
            names = ", ".join(people)
            super().__init__(text.format(field=field, customer=owners[0], people=names))
        told = [
            _("for {name}: crm set {words}").format(name=name, words=shlex.join(words))
            for name, words in zip(owners, commands, strict=True)
        ]
        self.hint = "; ".join(told)


class NameThere(CrmError):
    """A list of people, deals or relations has one of this name already; nothing was written."""

    exit_code = 1

    def __init__(self, customer: str, slug: str, field: str, name: str) -> None:
        text = _("{customer}: {name} is there already ({field}), nothing is added.")
        super().__init__(text.format(customer=customer, field=field, name=name))
        self.hint = _("What is known there: crm show {slug}").format(slug=slug)


class StreetOrTown(UsageProblem):
    """An address of one word may be a street or a town, and something else stands there."""

    def __init__(self, customer: str, text: str, slug: str) -> None:
        import shlex

        super().__init__(
            _("{customer}: is “{text}” the street or the town?").format(
                customer=customer, text=text
            )
        )
        self.hint = _("crm set {slug} street {text}, or: crm set {slug} city {text}").format(
            slug=slug, text=shlex.quote(text)
        )


class ValueNotUnderstood(UsageProblem):
    """What was to be written is nothing that its field can be; nothing was written."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(
            _("{name} stays as it was: {problem}").format(name=name, problem=problem), remedy
        )


class NothingChanged(CrmError):
    """It is so already."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        super().__init__(_("{name}: nothing to change, it is so already.").format(name=name))


class TableNotRead(CrmError):
    """The file is a table (CSV), not an address book of cards."""

    exit_code = MALFORMED + 5

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} is a table; crm reads vCards (.vcf).").format(name=name))
        self.hint = _(
            "In Outlook mark all contacts, forward them as business cards to yourself, save the "
            "attachments in a folder: crm import FOLDER. Or load the table into Thunderbird, and "
            "export the address book as vCard there."
        )


class NothingInFile(CrmError):
    """There is no card in the file."""

    exit_code = MALFORMED + 4

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} holds no address.").format(name=name))
        self.hint = _("Export the address book as vCard (.vcf) and try that file.")
