"""The room where text becomes values and values become text: reading, editing, comparing.

A name is loaded from its file when it is first asked for, so that a command which only lists
customers from the catalogue does not pay for the grammar of their files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_md.door import door

if TYPE_CHECKING:
    from crm_md.document.body_edits import NewEntry, with_entry, with_note, with_task
    from crm_md.document.changes import Change, changes_told, told_in_one
    from crm_md.document.changes import changes as what_changed
    from crm_md.document.entries import EntryHeading, read_heading
    from crm_md.document.entry_writing import format_heading
    from crm_md.document.field_edits import Target, node_at, with_item, with_value, without
    from crm_md.document.head_tree import Fields, Items, Node, Plain, Scalar
    from crm_md.document.head_tree import plain as plain_value
    from crm_md.document.merging import Merged, Question, merge, taken_back
    from crm_md.document.merging.whole_file import merged_file
    from crm_md.document.nature import Nature, nature_of
    from crm_md.document.new_file import new_file
    from crm_md.document.people import people_of
    from crm_md.document.reading import Document
    from crm_md.document.solving import with_solution
    from crm_md.document.summary import open_complaints, summarise
    from crm_md.document.task_edits import with_task_ended
    from crm_md.document.yaml_text import scalar as quoted

_HOMES = {
    "Change": "changes",
    "Document": "reading",
    "EntryHeading": "entries",
    "Fields": "head_tree",
    "Items": "head_tree",
    "Merged": "merging",
    "Nature": "nature",
    "NewEntry": "body_edits",
    "Node": "head_tree",
    "Plain": "head_tree",
    "Question": "merging",
    "Scalar": "head_tree",
    "Target": "field_edits",
    "changes_told": "changes",
    "format_heading": "entry_writing",
    "merge": "merging",
    "merged_file": "merging.whole_file",
    "nature_of": "nature",
    "new_file": "new_file",
    "node_at": "field_edits",
    "open_complaints": "summary",
    "people_of": "people",
    "plain_value": "head_tree",
    "quoted": "yaml_text",
    "read_heading": "entries",
    "summarise": "summary",
    "taken_back": "merging",
    "told_in_one": "changes",
    "what_changed": "changes",
    "with_entry": "body_edits",
    "with_item": "field_edits",
    "with_note": "body_edits",
    "with_solution": "solving",
    "with_task": "body_edits",
    "with_task_ended": "task_edits",
    "with_value": "field_edits",
    "without": "field_edits",
}

# Names that would say too little here, or be taken for their file.
_INSIDE = {"plain_value": "plain", "quoted": "scalar", "what_changed": "changes"}

__all__ = [
    "Change",
    "Document",
    "EntryHeading",
    "Fields",
    "Items",
    "Merged",
    "Nature",
    "NewEntry",
    "Node",
    "Plain",
    "Question",
    "Scalar",
    "Target",
    "changes_told",
    "format_heading",
    "merge",
    "merged_file",
    "nature_of",
    "new_file",
    "node_at",
    "open_complaints",
    "people_of",
    "plain_value",
    "quoted",
    "read_heading",
    "summarise",
    "taken_back",
    "told_in_one",
    "what_changed",
    "with_entry",
    "with_item",
    "with_note",
    "with_solution",
    "with_task",
    "with_task_ended",
    "with_value",
    "without",
]

__getattr__ = door(__name__, _HOMES, _INSIDE)
