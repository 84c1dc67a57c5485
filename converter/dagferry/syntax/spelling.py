"""An expression as one line of text, in one spelling whatever the layout of the file.

The spelling is that of `ast.unparse`: single quotes, one blank around operators, no brackets that
do not matter. It names what reading cannot settle (`copy_{table}`), and compares expressions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dagferry.syntax import grammar

# How tightly an expression binds; a looser one inside a tighter one stands in brackets.
_TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _COMPARE = range(7)
_BIT_OR, _BIT_XOR, _BIT_AND, _SHIFT, _SUM, _TERM, _SIGN, _POWER, _AWAIT, _ATOM = range(7, 17)
_BINARY = {
    "|": _BIT_OR,
    "^": _BIT_XOR,
    "&": _BIT_AND,
    "<<": _SHIFT,
    ">>": _SHIFT,
    "+": _SUM,
    "-": _SUM,
    "*": _TERM,
    "/": _TERM,
    "//": _TERM,
    "%": _TERM,
    "@": _TERM,
    "**": _POWER,
}


def spelled(node: grammar.Node) -> str:
    """The text of an expression. Raises KeyError for a node that is none."""
    return _text(node, _TEST)


def _text(node: grammar.Node, level: int) -> str:
    binds, text = _SPELLERS[node.__class__](node)
    return f"({text})" if binds < level else text


Spelled = tuple[int, str]


def _constant(node: grammar.Constant) -> Spelled:
    if node.value is ...:
        return _ATOM, "..."
    text = repr(node.value)
    return _ATOM, text.replace("inf", "1e309") if isinstance(node.value, float) else text


def _attribute(node: grammar.Attribute) -> Spelled:
    owner = _text(node.value, _ATOM)
    whole = isinstance(node.value, grammar.Constant) and type(node.value.value) is int
    return _ATOM, f"{owner}{' ' if whole else ''}.{node.attr}"


def _subscript(node: grammar.Subscript) -> Spelled:
    key = node.slice
    if isinstance(key, grammar.Tuple) and key.elts:
        inner = _items(key.elts) + ("," if len(key.elts) == 1 else "")
    else:
        inner = _text(key, _TEST)
    return _ATOM, f"{_text(node.value, _ATOM)}[{inner}]"


def _slice(node: grammar.Slice) -> Spelled:
    parts = [_text(one, _TEST) if one else "" for one in (node.lower, node.upper)]
    step = f":{_text(node.step, _TEST)}" if node.step else ""
    return _ATOM, ":".join(parts) + step


def _starred(node: grammar.Starred) -> Spelled:
    return _ATOM, f"*{_text(node.value, _BIT_OR)}"


def _keyword(node: grammar.Keyword) -> Spelled:
    value = _text(node.value, _TEST)
    return _ATOM, f"**{value}" if node.arg is None else f"{node.arg}={value}"


def _call(node: grammar.Call) -> Spelled:
    return _ATOM, f"{_text(node.func, _ATOM)}({_items([*node.args, *node.keywords])})"


def _items(nodes: Any) -> str:
    return ", ".join(_text(one, _TEST) for one in nodes)


def _tuple(node: grammar.Tuple) -> Spelled:
    inner = _items(node.elts) + ("," if len(node.elts) == 1 else "")
    return _ATOM, f"({inner})"


def _set(node: grammar.Set) -> Spelled:
    return _ATOM, "{" + _items(node.elts) + "}"


def _dict(node: grammar.Dict) -> Spelled:
    pairs = [
        f"{_text(key, _TEST)}: {_text(value, _TEST)}" if key else f"**{_text(value, _BIT_OR)}"
        for key, value in zip(node.keys, node.values)
    ]
    return _ATOM, "{" + ", ".join(pairs) + "}"


def _joined(node: grammar.JoinedStr | grammar.TemplateStr) -> Spelled:
    prefix = "t" if isinstance(node, grammar.TemplateStr) else "f"
    body = _pieces(node.values)
    quote = next((q for q in ("'", '"', "'''", '"""') if q not in body), "'")
    return _ATOM, f"{prefix}{quote}{body}{quote}"


def _pieces(values: list[grammar.Expression]) -> str:
    found = []
    for value in values:
        if isinstance(value, grammar.Constant):
            text = str(value.value).replace("{", "{{").replace("}", "}}")
            found.append(repr(text + '"')[1:-2] if not text.isprintable() else text)
        else:
            found.append(_text(value, _TEST))
    return "".join(found)


def _formatted(node: grammar.FormattedValue) -> Spelled:
    value = _text(node.value, _OR)
    conversion = f"!{chr(node.conversion)}" if node.conversion != -1 else ""
    spec = f":{_pieces(node.format_spec.values)}" if node.format_spec else ""
    return _ATOM, "{" + (" " if value[0] == "{" else "") + value + conversion + spec + "}"


def _unary(node: grammar.UnaryOp) -> Spelled:
    if node.op == "not":
        return _NOT, f"not {_text(node.operand, _NOT)}"
    return _SIGN, node.op + _text(node.operand, _SIGN)


def _binary(node: grammar.BinOp) -> Spelled:
    binds = _BINARY[node.op]
    if node.op == "**":
        return binds, f"{_text(node.left, binds + 1)} ** {_text(node.right, _SIGN)}"
    return binds, f"{_text(node.left, binds)} {node.op} {_text(node.right, binds + 1)}"


def _boolean(node: grammar.BoolOp) -> Spelled:
    binds = _AND if node.op == "and" else _OR
    return binds, f" {node.op} ".join(_text(one, binds + 1) for one in node.values)


def _compare(node: grammar.Compare) -> Spelled:
    text = _text(node.left, _BIT_OR)
    for op, one in zip(node.ops, node.comparators):
        text += f" {op} {_text(one, _BIT_OR)}"
    return _COMPARE, text


def _conditional(node: grammar.IfExp) -> Spelled:
    body, test = _text(node.body, _OR), _text(node.test, _OR)
    return _TEST, f"{body} if {test} else {_text(node.orelse, _TEST)}"


def _lambda(node: grammar.Lambda) -> Spelled:
    parameters = _parameters(node.args)
    return _TEST, f"lambda{' ' if parameters else ''}{parameters}: {_text(node.body, _TEST)}"


def _parameters(node: grammar.Parameters) -> str:
    plain = [*node.posonlyargs, *node.args]
    defaults: list[grammar.Expression | None] = [None] * (len(plain) - len(node.defaults))
    found = [_parameter(one, value) for one, value in zip(plain, [*defaults, *node.defaults])]
    if node.posonlyargs:
        found.insert(len(node.posonlyargs), "/")
    if node.vararg or node.kwonlyargs:
        found.append(f"*{node.vararg.arg if node.vararg else ''}")
    found += [_parameter(one, value) for one, value in zip(node.kwonlyargs, node.kw_defaults)]
    return ", ".join([*found, *([f"**{node.kwarg.arg}"] if node.kwarg else [])])


def _parameter(node: grammar.Parameter, default: grammar.Expression | None) -> str:
    return f"{node.arg}={_text(default, _TEST)}" if default else node.arg


def _named(node: grammar.NamedExpr) -> Spelled:
    return _TUPLE, f"{node.target.id} := {_text(node.value, _ATOM)}"


def _await(node: grammar.Await) -> Spelled:
    return _AWAIT, f"await {_text(node.value, _ATOM)}"


def _yield(node: grammar.Yield) -> Spelled:
    return _YIELD, f"yield {_text(node.value, _ATOM)}" if node.value else "yield"


def _yield_from(node: grammar.YieldFrom) -> Spelled:
    return _YIELD, f"yield from {_text(node.value, _ATOM)}"


def _comprehended(node: grammar.ListComp | grammar.SetComp | grammar.GeneratorExp) -> str:
    return _text(node.elt, _TEST) + "".join(map(_clause, node.generators))


def _clause(node: grammar.Comprehension) -> str:
    word = " async for " if node.is_async else " for "
    target = spelled_target(node.target)
    ifs = "".join(f" if {_text(one, _OR)}" for one in node.ifs)
    return f"{word}{target} in {_text(node.iter, _OR)}{ifs}"


def spelled_target(node: grammar.Expression) -> str:
    """The text of what a loop binds: a tuple stands without brackets."""
    if isinstance(node, grammar.Tuple) and len(node.elts) > 1:
        return _items(node.elts)
    return _text(node, _TUPLE)


def _dict_comp(node: grammar.DictComp) -> Spelled:
    pair = f"{_text(node.key, _TEST)}: {_text(node.value, _TEST)}"
    return _ATOM, "{" + pair + "".join(map(_clause, node.generators)) + "}"


_SPELLERS: dict[type[grammar.Node], Callable[[Any], Spelled]] = {
    grammar.Constant: _constant,
    grammar.Name: lambda node: (_ATOM, node.id),
    grammar.Attribute: _attribute,
    grammar.Subscript: _subscript,
    grammar.Slice: _slice,
    grammar.Starred: _starred,
    grammar.Keyword: _keyword,
    grammar.Call: _call,
    grammar.List: lambda node: (_ATOM, f"[{_items(node.elts)}]"),
    grammar.Tuple: _tuple,
    grammar.Set: _set,
    grammar.Dict: _dict,
    grammar.JoinedStr: _joined,
    grammar.TemplateStr: _joined,
    grammar.FormattedValue: _formatted,
    grammar.UnaryOp: _unary,
    grammar.BinOp: _binary,
    grammar.BoolOp: _boolean,
    grammar.Compare: _compare,
    grammar.IfExp: _conditional,
    grammar.Lambda: _lambda,
    grammar.NamedExpr: _named,
    grammar.Await: _await,
    grammar.Yield: _yield,
    grammar.YieldFrom: _yield_from,
    grammar.ListComp: lambda node: (_ATOM, f"[{_comprehended(node)}]"),
    grammar.SetComp: lambda node: (_ATOM, "{" + _comprehended(node) + "}"),
    grammar.GeneratorExp: lambda node: (_ATOM, f"({_comprehended(node)})"),
    grammar.DictComp: _dict_comp,
}
