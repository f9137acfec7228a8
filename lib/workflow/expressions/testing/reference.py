"""What Python makes of expressions: reads JSON lines, one expression each, and answers a JSON line each.

The first line is the data, the first answer Python's version. Every other answer is {"value": …} or {"error": true}, and
where the language differs from Python on purpose (the table "Not as in Python or Jinja" in docs/expressions.md) also
{"differences": […]}: then the value or error is what that table promises, and Python's own is not asked. Where it does not
differ, the expression is evaluated a second time by Python's own eval(), and both must agree: so reader.py is itself held
against Python.
"""

import ast
import json
import math
import sys
import warnings

from reader import Reader, Refused


class Data(dict):
    """An object of the data, whose keys can be written behind a dot."""

    def __getattr__(self, name):
        return self[name]


FUNCTIONS = {
    "floor": math.floor,
    "ceil": math.ceil,
    "contains": lambda container, item: item in container,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}
TROUBLE = (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError)


def outcome(evaluate):
    try:
        return {"value": evaluate()}
    except TROUBLE:
        return {"error": True}


def answer(source, data):
    try:
        tree = ast.parse(source, mode="eval")
    except SyntaxError:
        return {"error": True}
    reader = Reader(data)
    try:
        reader.check(tree)
        found = outcome(lambda: reader.read(tree, []))
    except Refused:
        found = {"error": True}
    if reader.differences:
        return {**found, "differences": sorted(reader.differences)}
    own = outcome(lambda: eval(compile(tree, "", "eval"), {**FUNCTIONS, **data, "runtime": data}))
    if json.dumps(own) != json.dumps(found):
        raise AssertionError(f"{source!r} was read as {found}, Python says {own}")
    return found


def main():
    # That "is" is used with a literal.
    warnings.simplefilter("ignore")
    data = json.loads(sys.stdin.readline(), object_hook=Data)
    print(json.dumps(f"Python {sys.version.split()[0]}"))
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), data)))


main()
