from typing import NamedTuple, TypedDict


class Shape(TypedDict):
    rows: int


Sized = TypedDict("Sized", {"rows": int})


class Words(NamedTuple):
    rows: int
