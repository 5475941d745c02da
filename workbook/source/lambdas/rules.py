"""Rules written in Python, as formulas: a rule of `kam_xl.domain` is read from its own source and becomes a LAMBDA.

So there is one text of each rule. What is translated is what rules of arithmetic are made of: amounts and words that
may be unknown, conditions, bounds of `Settings`, other rules. Anything else is refused by name when the workbook is
built. In a formula

- None is an empty text, a member of a scale its code, a `Rating` its value: arguments in words stay Python's;
- whatever a rule raises is ``#NUM!``, as for the functions (`kam_xl.functions.arguments`);
- `settings` is what `lambdas.cells` makes of a range of settings, a dataclass of bounds a column of its fields.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from math import ceil, floor, isclose
from typing import Any, get_type_hints

from kam_xl.domain.arguments import Rating
from kam_xl.domain.measures import known
from kam_xl.domain.settings import Settings

PREFIX = "kam_rule_"
UNKNOWN, IMPOSSIBLE = '""', "#NUM!"
LARGEST = 9.99e307  # as much as a number for Excel, which has no infinity
_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_COMPARISONS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Is: "=",
    ast.IsNot: "<>",
}
Rule = Callable[..., Any]


class UntranslatableError(Exception):
    """A rule has a turn of phrase for which there is no formula."""


def translated(rules: Sequence[Rule]) -> dict[str, str]:
    """The names of some rules, and of those that they call, with their formulas.

    >>> from kam_xl.domain.bounds import whole_down
    >>> translated([whole_down])
    {'kam_rule_whole_down': 'LAMBDA(number,INT(number+1E-09))'}
    """
    book: dict[str, _Translation] = {}
    for rule in rules:
        _translation(rule, book)
    return {PREFIX + name: each.formula for name, each in book.items()}


def call(rule: Rule, *arguments: str) -> str:
    """A call of a translated rule.

    >>> from kam_xl.domain.measures import headroom
    >>> call(headroom, "a", "b")
    'kam_rule_headroom(a,b)'
    """
    return f"{PREFIX}{_name(rule)}({','.join(arguments)})"


def parameters(rule: Rule) -> list[str]:
    """What the LAMBDA of a rule takes: those parameters that its value depends on.

    >>> from kam_xl.domain.ratings import rate_position
    >>> parameters(rate_position)
    ['penetration', 'settings', 'manual']
    """
    return _translation(rule, {}).parameters


def literal(value: object) -> str:
    """A constant of Python in a formula.

    >>> literal(None), literal(True), literal(0.5), literal("a"), literal(1e100)
    ('""', 'TRUE', '0.5', '"a"', '1E+100')
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return repr(min(value, LARGEST)).upper()
    if isinstance(value, str):
        return '"' + str(value).replace('"', '""') + '"'
    raise UntranslatableError(f"no formula has the constant {value!r}")


def cases(value: str, answers: Mapping[str, str], otherwise: str) -> str:
    """One answer out of several, by the value of an expression.

    >>> cases("x", {'"a"': "1", '"b"': "2"}, "0")
    'IF(x="a",1,IF(x="b",2,0))'
    """
    formula = otherwise
    for case, answer in reversed(list(answers.items())):
        formula = f"IF({value}={case},{answer},{formula})"
    return formula


def _name(rule: Rule) -> str:
    return rule.__name__.strip("_")


def _translation(rule: Rule, book: dict[str, _Translation]) -> _Translation:
    name = _name(rule)
    if name not in book:
        book[name] = made = _Translation(rule, book)
        book[name] = book.pop(name)  # behind the rules that it calls
        return made
    if book[name].rule is not rule:
        raise UntranslatableError(f"two rules are called {name}")
    return book[name]


class _Translation:
    """One rule: its formula, and the parameters that the formula uses."""

    def __init__(self, rule: Rule, book: dict[str, _Translation]) -> None:
        self.rule, self._book = rule, book
        self._hints = get_type_hints(rule)
        self._signature = inspect.signature(rule)
        self._used: set[str] = set()
        definition: Any = ast.parse(textwrap.dedent(inspect.getsource(rule))).body[0]
        body = self._block(definition.body)
        self.parameters = [name for name in self._signature.parameters if name in self._used]
        self.formula = f"LAMBDA({','.join([*self.parameters, body])})"

    def _block(self, statements: Sequence[ast.stmt]) -> str:
        """What a row of statements comes to."""
        if not statements:
            return UNKNOWN
        first, rest = statements[0], statements[1:]
        if isinstance(first, ast.Return):
            return self._value(first.value) if first.value else UNKNOWN
        if isinstance(first, ast.Raise):
            return IMPOSSIBLE
        if isinstance(first, ast.Expr):
            return self._checked(first.value, rest)
        if isinstance(first, ast.Assign):
            return self._assigned(first, rest)
        if isinstance(first, ast.If):
            return self._branched(first, rest)
        raise self._refused(first)

    def _checked(self, expression: ast.expr, rest: Sequence[ast.stmt]) -> str:
        """A docstring, or a call for the sake of what it raises."""
        if isinstance(expression, ast.Constant):
            return self._block(rest)
        return f"IF(ISERROR({self._value(expression)}),{IMPOSSIBLE},{self._block(rest)})"

    def _assigned(self, statement: ast.Assign, rest: Sequence[ast.stmt]) -> str:
        body = self._block(rest)
        for name, value in reversed(list(self._pairs(statement))):
            if name in self._used:
                body = _let(name, self._value(value), body)
        return body

    def _pairs(self, statement: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            yield target.id, value
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from ((ast.unparse(one), part) for one, part in zip(target.elts, value.elts, strict=True))
        else:
            raise self._refused(statement)

    def _branched(self, statement: ast.If, rest: Sequence[ast.stmt]) -> str:
        test = self._truth(statement.test)
        then, otherwise = self._block([*statement.body, *rest]), self._block([*statement.orelse, *rest])
        formula = f"IF({test},{then},{otherwise})"
        for inner in ast.walk(statement.test):  # a name given within the test
            if isinstance(inner, ast.NamedExpr):
                formula = _let(inner.target.id, self._value(inner.value), formula)
        return formula

    def _value(self, node: ast.expr) -> str:
        """An expression's formula."""
        translate: Callable[[Any], str] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if translate is None:
            raise self._refused(node)
        return translate(node)

    def _truth(self, node: ast.expr) -> str:
        """Whether an expression is true for Python: neither unknown nor 0 nor empty."""
        if isinstance(node, ast.BoolOp):
            return self._boolop(node, self._truth)
        value = self._value(node)
        return value if _is_test(node) else f"kam_true({value})"

    def _constant(self, node: ast.Constant) -> str:
        return literal(node.value)

    def _name(self, node: ast.Name) -> str:
        if node.id in self.rule.__globals__:
            return literal(self.rule.__globals__[node.id])
        self._used.add(node.id)
        return node.id

    def _attribute(self, node: ast.Attribute) -> str:
        known_value = self._global(node)
        if isinstance(known_value, Enum):
            return literal(known_value.value)
        value = self._value(node.value)
        if node.attr == "value":  # of a rating
            return value
        kind = self._hints[node.value.id] if isinstance(node.value, ast.Name) else None
        if kind is Settings:
            return f'kam_setting({value},"{node.attr}")'
        if is_dataclass(kind):
            return f"INDEX({value},{[each.name for each in fields(kind)].index(node.attr) + 1})"
        raise self._refused(node)

    def _namedexpr(self, node: ast.NamedExpr) -> str:
        self._used.add(node.target.id)
        return node.target.id

    def _unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            return f"NOT({self._truth(node.operand)})"
        if isinstance(node.op, ast.USub):
            return f"(-{self._value(node.operand)})"
        raise self._refused(node)

    def _binop(self, node: ast.BinOp) -> str:
        left, right = (self._value(side) for side in (node.left, node.right))
        if isinstance(node.left, ast.BinOp):
            left = f"({left})"
        if isinstance(node.right, ast.BinOp):
            right = f"({right})"
        return f"{left}{_OPERATORS[type(node.op)]}{right}"

    def _boolop(self, node: ast.BoolOp, part: Callable[[ast.expr], str] | None = None) -> str:
        """`or` and `and`: the later parts are looked at only where the earlier ones leave it open."""
        part = part or self._value
        formula = part(node.values[-1])
        for each in reversed(node.values[:-1]):
            test = self._truth(each)
            kept = "TRUE" if part == self._truth or _is_test(each) else part(each)
            formula = f"IF({test},{kept},{formula})" if isinstance(node.op, ast.Or) else f"IF({test},{formula},FALSE)"
        return formula

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"IF({self._truth(node.test)},{self._value(node.body)},{self._value(node.orelse)})"

    def _compare(self, node: ast.Compare) -> str:
        sides = [node.left, *node.comparators]
        links = [
            self._compared(left, operator, right)
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        formula = links[-1]
        for link in reversed(links[:-1]):
            formula = f"IF({link},{formula},FALSE)"
        return formula

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        value = self._value(left)
        if isinstance(operator, (ast.In, ast.NotIn)) and isinstance(right, ast.Tuple):
            any_of = f"OR({','.join(f'{value}={self._value(each)}' for each in right.elts)})"
            return any_of if isinstance(operator, ast.In) else f"NOT({any_of})"
        return f"{value}{_COMPARISONS[type(operator)]}{self._value(right)}"

    def _subscript(self, node: ast.Subscript) -> str:
        """A cell of a table of two scales."""
        table = self._global(node.value)
        if not isinstance(table, dict) or not isinstance(node.slice, ast.Tuple):
            raise self._refused(node)
        row, column = (self._value(each) for each in node.slice.elts)
        lines: dict[str, dict[str, str]] = {}
        for (first, second), answer in table.items():
            lines.setdefault(literal(first.value), {})[literal(second.value)] = literal(answer.value)
        return cases(row, {first: cases(column, line, UNKNOWN) for first, line in lines.items()}, UNKNOWN)

    def _call(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func)
        called = self._global(node.func)
        if called is known:
            return f"IFERROR({self._rule_call(self._global(node.args[0]), node.args[1:])},{UNKNOWN})"
        if called is Rating:
            return self._value(node.args[0])
        if called in _BUILT_IN:
            return _BUILT_IN[called](*map(self._value, node.args), *(self._value(each.value) for each in node.keywords))
        return self._rule_call(called, node.args, {str(each.arg): each.value for each in node.keywords})

    def _method(self, node: ast.Call, method: ast.Attribute) -> str:
        """What rules ask of a constant: a member's replacement, whether a set holds all criteria."""
        owner = self._global(method.value)
        if isinstance(owner, dict) and method.attr == "get":
            value, otherwise = map(self._value, node.args)
            answers = {literal(each.value): literal(answer.value) for each, answer in owner.items()}
            return cases(value, answers, otherwise)
        if isinstance(owner, frozenset) and method.attr == "issuperset":
            left = self._value(node.args[0])
            for member in sorted(owner):
                left = f'SUBSTITUTE({left},{literal(member.value)},"")'
            return f'SUBSTITUTE({left},",","")=""'
        raise self._refused(node)

    def _rule_call(self, rule: Any, arguments: Sequence[ast.expr], named: Mapping[str, ast.expr] | None = None) -> str:
        other = _translation(rule, self._book)
        given = dict(zip(other._signature.parameters, arguments, strict=False)) | dict(named or {})
        return call(rule, *(self._argument(given, other, name) for name in other.parameters))

    def _argument(self, given: Mapping[str, ast.expr], other: _Translation, name: str) -> str:
        if name in given:
            return self._value(given[name])
        default = other._signature.parameters[name].default
        return UNKNOWN if isinstance(default, Settings) else literal(default)

    def _global(self, node: ast.expr) -> Any:
        """What a name of the module, or a member of it, stands for."""
        if isinstance(node, ast.Attribute):
            owner = self._global(node.value)
            return getattr(owner, node.attr, None)
        if isinstance(node, ast.Name):
            return self.rule.__globals__.get(node.id, getattr(builtins, node.id, None))
        return None

    def _refused(self, node: ast.AST) -> UntranslatableError:
        return UntranslatableError(
            f"{self.rule.__module__}.{self.rule.__name__}: no formula for “{ast.unparse(node)}”; say it in arithmetic, "
            "or write the formula in lambdas.functions"
        )


def _let(name: str, value: str, body: str) -> str:
    """A name for a value within a formula; of names that follow each other one LET is made."""
    if body == name:
        return value
    return f"LET({name},{value},{body[len('LET(') :]}" if body.startswith("LET(") else f"LET({name},{value},{body})"


def _is_test(node: ast.expr) -> bool:
    """Whether an expression is true or false, and nothing else."""
    return isinstance(node, (ast.Compare, ast.Call)) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))


def _close(left: str, right: str, tolerance: str) -> str:
    return f"ABS({left}-{right})<={tolerance}*MAX(ABS({left}),ABS({right}))"


_BUILT_IN: Mapping[Any, Callable[..., str]] = {
    min: lambda *parts: f"MIN({','.join(parts)})",
    max: lambda *parts: f"MAX({','.join(parts)})",
    abs: lambda part: f"ABS({part})",
    float: lambda part: part,
    floor: lambda part: f"INT({part})",
    ceil: lambda part: f"-INT(-({part}))",
    isclose: _close,
}
