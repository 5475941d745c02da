"""What the documentation shows is what the program does: commands, their output, options, fields and codes."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import shlex
import shutil
import sys
from datetime import date

import pytest
import typer

import kam_xl
from kam_xl import cli
from kam_xl.cli.all_commands import app_with
from kam_xl.cli.output import account_record, finding_record
from kam_xl.domain.classify import classify
from kam_xl.domain.model import AbcClass, Client, Criterion, Position, Potential, Status, Strategy
from kam_xl.errors import KamError
from kam_xl.table import read
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS
from tests.docs.pages import ROOT, blocks, page, quoted, section, table, tables
from tests.understood import without_understood

COMMANDS = page("commands.md")
DAY = date(2026, 6, 1)
_FILE_NAME = re.compile(r"# (\w+\.(?:toml|csv))\n")
_LEFT_OUT = re.compile(r"(?:^…\n)|…", re.MULTILINE)


class _Calendar(date):
    @classmethod
    def today(cls):
        return DAY


@pytest.fixture
def shell(monkeypatch, capfd, tmp_path):
    """Run one line of a console as a person would; gives standard output and standard error."""
    for example in (ROOT / "examples").glob("clients_*.xlsx"):
        shutil.copy(example, tmp_path)
    monkeypatch.chdir(tmp_path)
    for module in ("kam_xl.actions.building", "kam_xl.domain.classify", "kam_xl.table.reader"):
        monkeypatch.setattr(f"{module}.date", _Calendar)
    codes = []

    def shell(line):
        if line == "echo $?":
            return f"{codes[-1]}\n", ""
        monkeypatch.setattr(sys, "argv", shlex.split(line))
        assert sys.argv[0] == "kam-xl"
        with pytest.raises(SystemExit) as ended:
            cli.main()
        codes.append(ended.value.code or 0)
        said = capfd.readouterr()
        return tuple("".join(f"{each.rstrip()}\n" for each in text.splitlines()) for text in said)

    return shell


def commands(console):
    """The commands of a console block, each with the output shown for it."""
    for piece in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, shown = piece.partition("\n")
        yield command, "".join(f"{line}\n" for line in shown.splitlines())


def matches(shown, printed):
    """Whether output is as shown, where … stands for any lines or for any part of a line."""
    pieces, end = [], 0
    for found in _LEFT_OUT.finditer(shown):
        pieces += [re.escape(shown[end : found.start()]), r"(?:.*\n)*?" if found[0].endswith("\n") else ".*"]
        end = found.end()
    return re.fullmatch("".join([*pieces, re.escape(shown[end:])]), printed) is not None


@pytest.mark.parametrize("name", ["commands.md", "guide_en.md", "guide_ru.md"])
def test_every_command_shown_prints_what_is_shown(name, shell, tmp_path):
    """How the table was understood may be left out, not shortened: it would stand below nearly every command."""
    ran = understood = 0
    for block in blocks(page(name)):
        if block.language in ("toml", "csv") and (file := _FILE_NAME.match(block.text)):
            (tmp_path / file[1]).write_text(block.text, encoding="utf-8")
        for command, shown in commands(block.text) if block.language == "console" else ():
            out, err = (text.replace("\\Key", "/Key") for text in shell(command))
            ran += 1
            if shown != without_understood(shown) and matches(shown, out + err):
                understood += 1
            elif not matches(shown, out + without_understood(err)):
                assert f"$ {command}\n{out}{err}" == f"$ {command}\n{shown}"
    assert ran
    assert understood


def leaves(command, path):
    """The commands that do something, with the words that call them."""
    if hasattr(command, "commands"):
        for name, each in command.commands.items():
            yield from leaves(each, f"{path} {name}")
    else:
        yield path, command


LEAVES = dict(leaves(typer.main.get_command(app_with()), "kam-xl"))


def options_named(text):
    return {word for code in quoted(text) for word in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", code)}


def options_documented(text):
    """The options in the first column of a section's table and in its line of shared ones."""
    own = [row[0] for rows in tables(text) if rows[0] == ["option", "meaning"] for row in rows[1:]]
    shared = [paragraph for paragraph in text.split("\n\n") if paragraph.strip().startswith("Shared:")]
    return options_named("\n".join([*own, *shared]))


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_is_documented_with_its_options_and_no_others(name):
    options = {option for each in LEAVES[name].params for option in each.opts if option.startswith("-")}
    assert options_documented(section(COMMANDS, name)) == options - {"--help"}


def test_the_shared_options_are_those_that_several_commands_have():
    shared = {name for row in table(COMMANDS, "shared option", "meaning") for name in options_named(row[0])}
    used = [{option for each in command.params for option in each.opts} for command in LEAVES.values()]
    assert {name for name in shared if sum(name in options for options in used) < 2} == {"--help"} & shared


def test_every_exit_code_is_documented():
    for module in pkgutil.walk_packages(kam_xl.__path__, "kam_xl."):
        if module.name not in ("kam_xl.locale.catalogue", "kam_xl.__main__"):
            importlib.import_module(module.name)
    # Done, findings, wrong usage as click tells it, and interrupted are not errors of ours.
    codes = {0, 1, 2, 130} | {each.exit_code for each in descendants(KamError)}
    assert {int(row[0]) for row in table(COMMANDS, "code", "meaning")} == codes
    for guide, header in (("guide_en.md", ("code", "meaning")), ("guide_ru.md", ("код", "что значит"))):
        assert {int(row[0]) for row in table(page(guide), *header)} == codes


def descendants(cls):
    for each in cls.__subclasses__():
        yield each
        yield from descendants(each)


def documented(*header):
    return {quoted(row[0])[0]: row for row in table(COMMANDS, *header)}


def test_every_field_of_a_client_in_json_is_documented():
    classification = classify([Client("1", "Nordwerk", revenue=1)])
    record = account_record(classification.accounts[0], classification, "en")
    assert list(documented("field", "unit", "meaning")) == list(record)


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("criteria", Criterion),
        ("status", Status),
        ("position", Position),
        ("potential", Potential),
        ("strategy", Strategy),
        ("abc", AbcClass),
    ],
)
def test_every_code_in_json_is_documented(field, codes):
    assert quoted(documented("field", "unit", "meaning")[field][2]) == [each.value for each in codes]


def test_every_field_of_a_finding_in_json_is_documented():
    finding = read(ROOT / "examples" / "clients_en.xlsx", today=DAY).findings[0]
    assert list(documented("field", "meaning")) == list(finding_record(finding, "en"))


def finding_codes():
    """Everything in the code that looks like the code of a finding."""
    actions = [
        ROOT / "kam_xl" / "actions" / f"{name}.py"
        for name in (
            "book/entries",
            "plans/build_findings",
            "plans/kept_operational",
            "plans/kept_settings",
            "plans/plan_numbers",
            "plans/proposals",
            "reports/agenda",
            "reports/whitespace_sheets",
        )
    ]
    sources = [*(ROOT / "kam_xl" / "table").rglob("*.py"), *actions]
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            value = getattr(node, "value", None)
            if isinstance(node, ast.Constant) and isinstance(value, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", value):
                yield value


@pytest.mark.source
def test_every_finding_code_is_documented():
    # Empty rows are left out without a word.
    assert sorted(documented("code", "grade", "meaning")) == sorted({*finding_codes()} - {"empty-row"})


WICKED = """Client ID;Client;Revenue;Revenue;Budget;Budget low;Budget high;Budget date;Position;Reference;Margin;Basis
1;Nordwerk;many;5;#N/A;9;3;2024-13-01;so-so;perhaps;9;somehow
1;Nordwerk;many;1,234;100;;50;2030-01-01;strong;yes;2000;confirmed
;Alfa;-5;-5;0;;;;;;;
3;;7;7;3;;;;;;;
4;Nordwerk;8;8;-9;;;;;;;
5;Beta;8;8;0;;;;;;;
Total;;30;30;94;;;;;;;
"""


def test_findings_have_the_grades_that_are_documented(text_file):
    path = text_file("wicked.csv", WICKED)
    findings = [*read(path, today=DAY).findings, *read(ROOT / "examples" / "clients_en.xlsx", today=DAY).findings]
    rows = documented("code", "grade", "meaning")
    assert len({finding.code for finding in findings}) > 15
    assert [each for each in findings if each.grade not in rows[each.code][1].split(", ")] == []


def test_every_field_of_a_reading_file_is_documented():
    named = quoted(section(COMMANDS, "Reading file").split("Fields of the client table:")[1])
    assert named == [*CLIENT_FIELDS, "[competitors]", *COMPETITOR_FIELDS]
