"""The command line's reference, from the commands themselves."""

from __future__ import annotations

import re
from typing import Any

import typer

from formcheck.cli import app, terminal

MEANINGS = {
    0: "Every clip got an assessment, whatever its faults.",
    terminal.FAILED: "At least one clip got none: unreadable, nobody in view, or the exercise is not recognised.",
    terminal.WRONG_USAGE: "Wrong usage: an unknown exercise or option, or an output place that cannot be written.",
    terminal.INTERRUPTED: "Stopped by Ctrl-C.",
}

TYPED = re.compile(
    r"""'[^' ]*\*[^' ]*'                             # a quoted pattern
    | \{[\w{}/]*\}                                # a part of a name pattern
    | \b[\w-]+\.(?:csv|parquet|html|npz)\b        # a file
    | (?<!\w)\.(?:txt|npz)\b                      # a file's ending
    | (?<=;[ ])-(?=[ ])                           # standard output
    """,
    re.VERBOSE,
)


def commands() -> str:
    """Return a section for each command: usage, what it does, and its options."""
    group: Any = typer.main.get_command(app)
    return "\n".join(_section(f"formcheck {name}", command) for name, command in group.commands.items())


def exit_codes() -> str:
    """Return a table of the exit codes."""
    return _table(("code", "meaning"), [(f"`{code}`", meaning) for code, meaning in MEANINGS.items()])


def _section(name: str, command: Any) -> str:
    context = typer.Context(command, info_name=name)
    usage = command.get_usage(context).removeprefix("Usage: ")
    records = [record for p in command.params if (record := p.get_help_record(context)) is not None]
    options = _table(("option", ""), [_row(*record) for record in records])
    return f"### {name}\n\n```text\n{usage}\n```\n\n{_marked(command.help)}\n" + (f"\n{options}" if records else "")


def _row(names: str, told: str) -> tuple[str, str]:
    shown = ", ".join(f"`{name.replace('|', chr(92) + '|')}`" for name in names.split(", "))
    text, *rest = re.split(r"  (?=\[default: )", re.sub(r"  \[x>=(\d+)\]", r" At least \1.", told))
    default = "".join(rest).removeprefix("[default: ").removesuffix("]")
    return shown, _marked(text) + (f" Default: `{default}`." if default else "")


def _marked(text: str) -> str:
    """Return help text as Markdown: what is typed or a file's name is set as code."""
    return TYPED.sub(lambda found: f"`{found.group()}`", text)


def _table(heads: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {first} | {second} |" for first, second in [heads, ("---", "---"), *rows]) + "\n"
