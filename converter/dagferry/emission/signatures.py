"""Parameters of functions: those of the user's with ours behind them, on one line or on a line each."""

from __future__ import annotations

from dagferry.build.layout import WIDTH
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written

_ONE_LINE = cst.SimpleWhitespace("")


def parameters_of(parameters: cst.Parameters) -> list[cst.Param]:
    """Every parameter in the order of the text, starred ones among them."""
    starred, double = parameters.star_arg, parameters.star_kwarg
    return [
        *parameters.posonly_params,
        *parameters.params,
        *([starred] if isinstance(starred, cst.Param) else []),
        *parameters.kwonly_params,
        *([double] if double is not None else []),
    ]


def without_stars(parameters: cst.Parameters) -> cst.Parameters:
    """The parameters without `*args` and `**kwargs`: Airflow hands those of a `@dag` function nothing."""
    star, double = parameters.star_arg, parameters.star_kwarg
    if double is None and not isinstance(star, cst.Param):
        return parameters
    keyword = _ended(parameters.kwonly_params)
    kept = star
    if isinstance(star, cst.Param):
        kept = cst.ParamStar() if keyword else cst.MaybeSentinel.DEFAULT
    return parameters.with_changes(
        params=parameters.params if keyword else _ended(parameters.params),
        star_arg=kept,
        kwonly_params=keyword,
        star_kwarg=None,
    )


def joined(own: cst.Parameters, new: list[cst.Param]) -> cst.Parameters:
    """A function's parameters and ours: behind its last one, by name where a star stands before."""
    if not new:
        return own
    if isinstance(own.star_arg, (cst.Param, cst.ParamStar)):
        # A double star comes after them and keeps its own comma.
        last = own.kwonly_params or ()
        return own.with_changes(kwonly_params=[*_ended(last), *new])
    return own.with_changes(params=[*_ended(own.params), *new])


def _ended(parameters: object) -> list[cst.Param]:
    """Parameters behind which others follow: the comma of the last one is written anew."""
    found: list[cst.Param] = list(parameters)  # type: ignore[call-overload]  # a sequence of them
    return [*found[:-1], *(plain(one) for one in found[-1:])]


def plain(parameter: cst.Param) -> cst.Param:
    """A parameter without the comma and the blanks behind it."""
    return parameter.with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_param=_ONE_LINE)


def fitted(name: str, function: cst.FunctionDef) -> cst.FunctionDef:
    """The function with a line for each parameter, where the `def` is too long for one."""
    line = f"def {name}({written(function.params)}):"
    if len(line) <= WIDTH or "\n" in line:
        return function
    return function.with_changes(
        params=_one_a_line(function.params), whitespace_before_params=make.broken(4)
    )


def _one_a_line(parameters: cst.Parameters) -> cst.Parameters:
    last = parameters_of(parameters)[-1]

    def spaced(one: cst.Param) -> cst.Param:
        after = make.broken(0 if one is last else 4)
        return one.with_changes(comma=cst.Comma(whitespace_after=after))

    star, double = parameters.star_arg, parameters.star_kwarg
    if isinstance(star, (cst.Param, cst.ParamStar)):
        star = star.with_changes(comma=cst.Comma(whitespace_after=make.broken(4)))
    return parameters.with_changes(
        posonly_params=[spaced(one) for one in parameters.posonly_params],
        params=[spaced(one) for one in parameters.params],
        star_arg=star,
        kwonly_params=[spaced(one) for one in parameters.kwonly_params],
        star_kwarg=spaced(double) if double is not None else None,
    )
