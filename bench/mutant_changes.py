"""Mutants of a source file: the file with one small change each, in places where a test could notice it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult}

# What these are given is for whoever reads the code or the log, or for the type checker.
UNOBSERVED_CALLS = frozenset({"TypeVar", "ParamSpec", "NewType", "Literal", "lru_cache", "cache"})
LOGGERS = frozenset({"log", "logger", "logging", "warnings"})
# `strict` of zip is an assertion; the others change how an object is stored, not what it says.
UNOBSERVED_KEYWORDS = frozenset({"strict", "frozen", "slots", "kw_only", "repr", "stacklevel", "maxsize"})

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One change of one place.

    `first` to `last` are the lines of the statement, of one with a body those of its head; `is_run_by_tests` is false
    of what runs when the module is imported. `text` is the whole file's.
    """

    path: str
    first: int
    last: int
    is_run_by_tests: bool
    statement: str
    before: str
    after: str
    text: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The name of the mutant, which stays where lines above it change."""
        return self.path, self.statement, self.before, self.after


@dataclass(frozen=True)
class _Place:
    """The place of a node: the lines of its statement, and whether a function has to be called to run it."""

    first: int
    last: int
    is_in_function: bool = False
    is_condition: bool = False


def mutants_of(path: str, text: str) -> Iterator[Mutant]:
    lines = text.splitlines()
    for node, place in _nodes(ast.parse(text), _Place(1, 1)):
        for changed in _changes(node, place.is_condition):
            before, after = ast.unparse(node), ast.unparse(changed)
            mutated = put(text, node, before, after)
            if mutated is not None and before != after:
                statement = " ".join(line.strip() for line in lines[place.first - 1 : place.last])
                yield Mutant(path, place.first, place.last, place.is_in_function, statement, before, after, mutated)


def _nodes(node: ast.AST, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
    """The node and all below it that may be changed, with their places."""
    if isinstance(node, ast.stmt):
        place = replace(place, first=node.lineno, last=_last_line_of_head(node))
    if isinstance(node, ast.expr):
        yield node, place
    for child in _children(node):
        is_body = (isinstance(node, FUNCTIONS) and child in node.body) or (
            isinstance(node, ast.Lambda) and child is node.body
        )
        is_condition = (isinstance(node, (ast.If, ast.While)) and child is node.test) or (
            isinstance(node, ast.comprehension) and child in node.ifs
        )
        yield from _nodes(
            child, replace(place, is_in_function=place.is_in_function or is_body, is_condition=is_condition)
        )


def _last_line_of_head(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    return body[0].lineno - 1 if body and body[0].lineno > node.lineno else node.end_lineno or node.lineno


def _children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly below, without what no test can observe."""
    match node:
        case ast.AnnAssign():
            return [node.value] if node.value else []
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return []
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, *_defaults(node.args), *node.body]
        case ast.Lambda():
            return [*_defaults(node.args), node.body]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return list(node.orelse)
        case ast.Call() if _name(node.func) in UNOBSERVED_CALLS or _owner(node.func) in LOGGERS:
            return []
        case ast.Subscript() if _name(node.value) in UNOBSERVED_CALLS:
            return []
        case ast.keyword(arg=str(name)) if name in UNOBSERVED_KEYWORDS:
            return []
    return list(ast.iter_child_nodes(node))


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _owner(node: ast.expr) -> str:
    return _name(node.value) if isinstance(node, ast.Attribute) else ""


def _changes(node: ast.AST, is_condition: bool) -> Iterator[ast.expr]:
    """The node with one thing changed in it, in each way that there is."""
    match node:
        case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() if is_condition:
            yield ast.UnaryOp(ast.Not(), node)
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield ast.Compare(node.left, [COMPARED[type(op)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in COUNTED:
            yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
        case ast.IfExp():
            yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)


def put(text: str, node: ast.AST, before: str, after: str) -> str | None:
    """The text with *after* in the node's place; None where that is not possible, as within an f-string."""
    lines = text.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1  # type: ignore[attr-defined]
    begin = sum(map(len, lines[:first])) + node.col_offset  # type: ignore[attr-defined]
    end = sum(map(len, lines[:last])) + node.end_col_offset  # type: ignore[attr-defined]
    raw = text.encode()
    try:
        if ast.unparse(ast.parse(f"({raw[begin:end].decode()})", mode="eval")) != before:
            return None  # Python 3.11 gives wrong places within f-strings
        same_lines = "\n" * (last - first)  # what follows keeps its line numbers
        mutated = (raw[:begin] + f"({after}{same_lines})".encode() + raw[end:]).decode()
        ast.parse(mutated)
    except (SyntaxError, UnicodeDecodeError):
        return None
    return mutated
