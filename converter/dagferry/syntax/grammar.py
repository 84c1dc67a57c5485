"""The syntax tree that reading looks at: Python's abstract grammar over a libcst tree.

A libcst tree holds every blank and bracket of a file, which writing needs. Reading asks what the
code means, so each libcst node that means something has one slim node here. The classes and their
fields are those of Python's abstract grammar (https://docs.python.org/3/library/ast.html), with
four differences: operators are strings (`"+"`, `"not in"`), `ctx` is a string (`"load"`,
`"store"`, `"del"`), lists are in the order of the text, and the base classes have full names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    import libcst

    from dagferry.syntax.positions import Positions

N = TypeVar("N", bound="Node")
Context = Literal["load", "store", "del"]


class Home(Protocol):
    """What a node asks of the index that it stands in: `index.Index`."""

    text: str
    nodes: list[Node]
    module: Module
    answers: dict[object, dict[int, object]]

    @property
    def positions(self) -> Positions:
        """Where each libcst node stands."""

    def of(self, kind: type[N]) -> list[N]:
        """Every node of a class."""

    def below(self, node: Node, kind: type[N]) -> list[N]:
        """Every node of a class that is a node or stands inside of it."""

    def all_below(self, node: Node) -> list[Node]:
        """A node and every node inside of it."""

    def children(self, node: Node) -> Iterator[Node]:
        """The nodes directly inside of a node."""

    def loads(self, node: Node) -> list[Name]:
        """The names that a node reads."""

    def stores(self, node: Node) -> list[Name]:
        """The names that a node binds or deletes."""

    def named(self, node: Node, name: str) -> list[Name]:
        """Every place in a node that reads, binds or deletes a name."""

    def span_of(self, node: Node) -> tuple[int, int]:
        """The offsets that a node begins and ends at."""

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 1."""

    def column_of(self, offset: int) -> int:
        """The column of an offset on its line, from 1."""


@dataclass(slots=True, eq=False)
class Node:
    """A node of the tree.

    `number` is its position in the order of the text, `last` the number of the last node inside of
    it: a node stands in another when its number is between the other's two. The numbers depend on
    the text alone, so they survive parsing the same text again. `above` is the number of the node
    that this one stands in, `owner` that of the function, class or lambda around it; both are -1
    where there is none. `cst` is the libcst node.
    """

    number: int = field(init=False, repr=False)
    last: int = field(init=False, repr=False)
    above: int = field(init=False, repr=False)
    owner: int = field(init=False, repr=False)
    cst: libcst.CSTNode = field(init=False, repr=False)
    home: Home = field(init=False, repr=False)

    @property
    def parent(self) -> Node | None:
        """The node that this one stands in directly, None for the module."""
        return self.home.nodes[self.above] if self.above >= 0 else None

    @property
    def line(self) -> int:
        """The line that the node begins on, from 1."""
        return self.home.line_of(self.home.span_of(self)[0])

    @property
    def end_line(self) -> int:
        """The line that the node ends on, from 1."""
        return self.home.line_of(self.home.span_of(self)[1])

    @property
    def column(self) -> int:
        """The column that the node begins at, from 1, in characters."""
        return self.home.column_of(self.home.span_of(self)[0])

    def holds(self, other: Node) -> bool:
        """Whether another node of the same module is this one or stands inside of it."""
        return self.number <= other.number <= self.last


@dataclass(slots=True, eq=False)
class Expression(Node):
    """An expression."""


@dataclass(slots=True, eq=False)
class Statement(Node):
    """A statement."""


@dataclass(slots=True, eq=False)
class Module(Node):
    """A file."""

    body: list[Statement]


# Expressions.


@dataclass(slots=True, eq=False)
class Constant(Expression):
    """A literal: a string, bytes, a number, True, False, None or `...`."""

    value: Any


@dataclass(slots=True, eq=False)
class Name(Expression):
    """A name."""

    id: str
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Attribute(Expression):
    """`value.attr`."""

    value: Expression
    attr: str
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Subscript(Expression):
    """`value[slice]`."""

    value: Expression
    slice: Expression
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Slice(Expression):
    """`lower:upper:step` inside a subscript."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


@dataclass(slots=True, eq=False)
class Starred(Expression):
    """`*value` in a call, a display or a target."""

    value: Expression
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Keyword(Node):
    """A keyword argument: `arg=value`; `arg` is None for `**value`."""

    arg: str | None
    value: Expression


@dataclass(slots=True, eq=False)
class Call(Expression):
    """`func(args, keywords)`."""

    func: Expression
    args: list[Expression]
    keywords: list[Keyword]


@dataclass(slots=True, eq=False)
class List(Expression):
    """`[a, b]`."""

    elts: list[Expression]
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Tuple(Expression):
    """`(a, b)`, with or without brackets."""

    elts: list[Expression]
    ctx: Context = "load"


@dataclass(slots=True, eq=False)
class Set(Expression):
    """`{a, b}`."""

    elts: list[Expression]


@dataclass(slots=True, eq=False)
class Dict(Expression):
    """`{key: value}`; a key is None for `**value`."""

    keys: list[Expression | None]
    values: list[Expression]


@dataclass(slots=True, eq=False)
class JoinedStr(Expression):
    """An f-string: constants and formatted values."""

    values: list[Expression]


@dataclass(slots=True, eq=False)
class TemplateStr(Expression):
    """A t-string: constants and formatted values."""

    values: list[Expression]


@dataclass(slots=True, eq=False)
class FormattedValue(Expression):
    """`{value!r:spec}`; `conversion` is -1, or the code of `s`, `r` or `a`."""

    value: Expression
    conversion: int
    format_spec: JoinedStr | None


@dataclass(slots=True, eq=False)
class UnaryOp(Expression):
    """`-a`, `+a`, `~a`, `not a`."""

    op: str
    operand: Expression


@dataclass(slots=True, eq=False)
class BinOp(Expression):
    """`a + b`."""

    left: Expression
    op: str
    right: Expression


@dataclass(slots=True, eq=False)
class BoolOp(Expression):
    """`a and b and c`, `a or b`."""

    op: str
    values: list[Expression]


@dataclass(slots=True, eq=False)
class Compare(Expression):
    """`a < b <= c`."""

    left: Expression
    ops: list[str]
    comparators: list[Expression]


@dataclass(slots=True, eq=False)
class IfExp(Expression):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression


@dataclass(slots=True, eq=False)
class Lambda(Expression):
    """`lambda args: body`."""

    args: Parameters
    body: Expression


@dataclass(slots=True, eq=False)
class NamedExpr(Expression):
    """`target := value`."""

    target: Name
    value: Expression


@dataclass(slots=True, eq=False)
class Await(Expression):
    """`await value`."""

    value: Expression


@dataclass(slots=True, eq=False)
class Yield(Expression):
    """`yield value`."""

    value: Expression | None


@dataclass(slots=True, eq=False)
class YieldFrom(Expression):
    """`yield from value`."""

    value: Expression


@dataclass(slots=True, eq=False)
class Comprehension(Node):
    """`for target in iter if ifs` of a comprehension."""

    target: Expression
    iter: Expression
    ifs: list[Expression]
    is_async: bool


@dataclass(slots=True, eq=False)
class ListComp(Expression):
    """`[elt for ...]`."""

    elt: Expression
    generators: list[Comprehension]


@dataclass(slots=True, eq=False)
class SetComp(Expression):
    """`{elt for ...}`."""

    elt: Expression
    generators: list[Comprehension]


@dataclass(slots=True, eq=False)
class GeneratorExp(Expression):
    """`(elt for ...)`."""

    elt: Expression
    generators: list[Comprehension]


@dataclass(slots=True, eq=False)
class DictComp(Expression):
    """`{key: value for ...}`."""

    key: Expression
    value: Expression
    generators: list[Comprehension]


# Functions and classes.


@dataclass(slots=True, eq=False)
class Parameter(Node):
    """A parameter of a function."""

    arg: str
    annotation: Expression | None


@dataclass(slots=True, eq=False)
class Parameters(Node):
    """The parameters of a function. `defaults` belong to the last of `posonlyargs` and `args`."""

    posonlyargs: list[Parameter]
    args: list[Parameter]
    vararg: Parameter | None
    kwonlyargs: list[Parameter]
    kw_defaults: list[Expression | None]
    kwarg: Parameter | None
    defaults: list[Expression]


@dataclass(slots=True, eq=False)
class TypeParameter(Node):
    """A type parameter: `T`, `T: bound`, `*T`, `**T`, with an optional default."""

    name: str
    bound: Expression | None
    default_value: Expression | None


@dataclass(slots=True, eq=False)
class FunctionDef(Statement):
    """`def name(args): body`."""

    name: str
    args: Parameters
    body: list[Statement]
    decorator_list: list[Expression]
    returns: Expression | None
    type_params: list[TypeParameter]


@dataclass(slots=True, eq=False)
class AsyncFunctionDef(Statement):
    """`async def name(args): body`."""

    name: str
    args: Parameters
    body: list[Statement]
    decorator_list: list[Expression]
    returns: Expression | None
    type_params: list[TypeParameter]


@dataclass(slots=True, eq=False)
class ClassDef(Statement):
    """`class name(bases, keywords): body`."""

    name: str
    bases: list[Expression]
    keywords: list[Keyword]
    body: list[Statement]
    decorator_list: list[Expression]
    type_params: list[TypeParameter]


# Simple statements.


@dataclass(slots=True, eq=False)
class Expr(Statement):
    """An expression that stands by itself."""

    value: Expression


@dataclass(slots=True, eq=False)
class Assign(Statement):
    """`a = b = value`."""

    targets: list[Expression]
    value: Expression


@dataclass(slots=True, eq=False)
class AugAssign(Statement):
    """`target += value`; `op` is the operator without `=`."""

    target: Expression
    op: str
    value: Expression


@dataclass(slots=True, eq=False)
class AnnAssign(Statement):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None


@dataclass(slots=True, eq=False)
class TypeAlias(Statement):
    """`type name = value`."""

    name: Name
    type_params: list[TypeParameter]
    value: Expression


@dataclass(slots=True, eq=False)
class Return(Statement):
    """`return value`."""

    value: Expression | None


@dataclass(slots=True, eq=False)
class Delete(Statement):
    """`del a, b`."""

    targets: list[Expression]


@dataclass(slots=True, eq=False)
class Raise(Statement):
    """`raise exc from cause`."""

    exc: Expression | None
    cause: Expression | None


@dataclass(slots=True, eq=False)
class Assert(Statement):
    """`assert test, msg`."""

    test: Expression
    msg: Expression | None


@dataclass(slots=True, eq=False)
class Pass(Statement):
    """`pass`."""


@dataclass(slots=True, eq=False)
class Break(Statement):
    """`break`."""


@dataclass(slots=True, eq=False)
class Continue(Statement):
    """`continue`."""


@dataclass(slots=True, eq=False)
class Global(Statement):
    """`global a, b`."""

    names: list[str]


@dataclass(slots=True, eq=False)
class Nonlocal(Statement):
    """`nonlocal a, b`."""

    names: list[str]


@dataclass(slots=True, eq=False)
class Alias(Node):
    """`name as asname` of an import; `name` is dotted, or `*`."""

    name: str
    asname: str | None


@dataclass(slots=True, eq=False)
class Import(Statement):
    """`import a.b as c, d`."""

    names: list[Alias]


@dataclass(slots=True, eq=False)
class ImportFrom(Statement):
    """`from module import names`; `level` counts the leading dots."""

    module: str | None
    names: list[Alias]
    level: int


# Compound statements.


@dataclass(slots=True, eq=False)
class If(Statement):
    """`if test: body else: orelse`; an `elif` is an `If` alone in `orelse`."""

    test: Expression
    body: list[Statement]
    orelse: list[Statement]


@dataclass(slots=True, eq=False)
class For(Statement):
    """`for target in iter: body else: orelse`."""

    target: Expression
    iter: Expression
    body: list[Statement]
    orelse: list[Statement]


@dataclass(slots=True, eq=False)
class AsyncFor(Statement):
    """`async for target in iter: body else: orelse`."""

    target: Expression
    iter: Expression
    body: list[Statement]
    orelse: list[Statement]


@dataclass(slots=True, eq=False)
class While(Statement):
    """`while test: body else: orelse`."""

    test: Expression
    body: list[Statement]
    orelse: list[Statement]


@dataclass(slots=True, eq=False)
class WithItem(Node):
    """`context_expr as optional_vars`."""

    context_expr: Expression
    optional_vars: Expression | None


@dataclass(slots=True, eq=False)
class With(Statement):
    """`with items: body`."""

    items: list[WithItem]
    body: list[Statement]


@dataclass(slots=True, eq=False)
class AsyncWith(Statement):
    """`async with items: body`."""

    items: list[WithItem]
    body: list[Statement]


@dataclass(slots=True, eq=False)
class ExceptHandler(Node):
    """`except type as name: body`."""

    type: Expression | None
    name: str | None
    body: list[Statement]


@dataclass(slots=True, eq=False)
class Try(Statement):
    """`try: body`, its handlers (`except*` too), `else` and `finally`."""

    body: list[Statement]
    handlers: list[ExceptHandler]
    orelse: list[Statement]
    finalbody: list[Statement]


@dataclass(slots=True, eq=False)
class Pattern(Node):
    """A pattern of a `match` statement; `names` are those that it binds itself."""

    names: list[str]
    parts: list[Node]


@dataclass(slots=True, eq=False)
class MatchCase(Node):
    """`case pattern if guard: body`."""

    pattern: Pattern
    guard: Expression | None
    body: list[Statement]


@dataclass(slots=True, eq=False)
class Match(Statement):
    """`match subject: cases`."""

    subject: Expression
    cases: list[MatchCase]


FUNCTIONS = (FunctionDef, AsyncFunctionDef)
NESTED = (FunctionDef, AsyncFunctionDef, ClassDef, Lambda)


def in_place_of(old: Node, new: N) -> N:
    """A made-up node that stands where another does: it has that one's number and place."""
    new.number, new.last, new.above, new.owner = old.number, old.last, old.above, old.owner
    new.cst, new.home = old.cst, old.home
    return new
