"""Jinja with the differences that docs/expressions.md tells of, and nothing else changed."""

import operator
import re

from jinja2 import Environment, TemplateSyntaxError, Undefined

from filters import Filters
from rewriter import LOOP, Rewriter
from rows import *

EXACT = 2**53 - 1
ARITHMETIC = {"Add": operator.add, "Sub": operator.sub, "Mul": operator.mul, "Div": operator.truediv, "Mod": operator.mod}
ORDER = {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}


class Documented(Filters, Environment):
    """Parses as Jinja does, then puts the functions below in the place of what Jinja would do."""

    def __init__(self, **options):
        super().__init__(finalize=self.printed, **options)
        self.why = set()
        self.globals = {name[1:]: getattr(self, name) for name in dir(self) if name.startswith("_x_")}
        self.begin({})

    def begin(self, data):
        self.why.clear()
        self.frames = [data, {}]
        self.kept = []

    def note(self, row):
        self.why.add(row)

    def refuse(self, row, message="refused"):
        self.note(row)
        raise TypeError(message)

    def _parse(self, source, name, filename):
        tree = super()._parse(source, name, filename)
        self.look(source)
        return Rewriter(self).template(tree)

    def look(self, source):
        """What cannot be seen any more once it is parsed."""
        before = (None, None)
        for number, kind, text in self.lexer.tokeniter(source, None):
            if kind == "whitespace":
                continue
            if kind == "string" and (before[0] == "string" or re.search(r"(?<!\\)(\\\\)*\\N", text)):
                self.note(TEXTS_ROW)
                raise TemplateSyntaxError("refused", number)
            if kind in ("integer", "float") and (re.search("[_xXoObB]", text) or before[1] == "."):
                self.note(KEYS if before[1] == "." else TEXTS_ROW)
                raise TemplateSyntaxError("refused", number)
            before = (kind, text)
        if before[0] in ("comment_begin", "raw_begin"):
            self.note(OPEN_END)
            raise TemplateSyntaxError("refused", number)

    # Values

    def printed(self, value):
        if value is None:
            self.note(NULL)
            return ""
        return value

    def text_of(self, value):
        return str(self.printed(value))

    def number(self, value):
        """A number as the language has it: without a fraction it is whole."""
        if isinstance(value, float):
            if abs(value) <= EXACT and value.is_integer():
                self.note(WHOLE)
                return int(value)
        return value

    def exact(self, value):
        if abs(value) > EXACT:
            self.refuse(BEYOND)
        return self.number(value)

    def operand(self, value):
        if isinstance(value, bool):
            self.refuse(TRUTH)
        if isinstance(value, (str, list, tuple)):
            self.refuse(ARITHMETIC_ROW)
        if not isinstance(value, (int, float)):
            raise TypeError("no number")
        if abs(value) > EXACT:
            self.refuse(BEYOND)
        return value

    def _x_there(self, value):
        if isinstance(value, Undefined):
            self.note(ABSENT)
            value._fail_with_undefined_error()
        return value

    def _x_member(self, value, key):
        """Own parts of data; what is absent stays so all the way down."""
        if isinstance(value, Undefined):
            self.note(ABSENT_PATH)
            return value
        if isinstance(key, bool) or not isinstance(key, (str, int, float)):
            self.refuse(KEYS)
        if isinstance(key, str):
            if hasattr(type(value), key):
                self.note(METHODS)
            if isinstance(value, dict) and key in value:
                return value[key]
            return self.undefined(name=key, obj=value)
        if value is None:
            return self.undefined(name=key, obj=value)
        if not isinstance(value, (list, str)) or isinstance(key, float):
            self.refuse(KEYS)
        return value[key] if -len(value) <= key < len(value) else self.undefined(name=key, obj=value)

    def _x_constant(self, value):
        return self.number(value)

    def _x_arithmetic(self, name, left, right):
        found = ARITHMETIC[name](left, right)
        return self.exact(found)

    def _x_operand(self, value):
        return self.operand(value)

    def _x_sign(self, value, negative):
        return self.number(-value if negative else value)

    # Comparisons

    def equal(self, left, right):
        if isinstance(left, bool) != isinstance(right, bool):
            self.note(TRUTH)
            return False
        if isinstance(left, (int, float)) and isinstance(right, (int, float)):
            if (left > EXACT and right > EXACT) or (left < -EXACT and right < -EXACT):
                self.refuse(BEYOND)
            return left == right
        if isinstance(left, list) and isinstance(right, list):
            return len(left) == len(right) and all(self.equal(a, b) for a, b in zip(left, right))
        if isinstance(left, dict) and isinstance(right, dict):
            return len(left) == len(right) and all(k in right and self.equal(v, right[k]) for k, v in left.items())
        return left == right

    def inside(self, item, container):
        if isinstance(container, list):
            return any(self.equal(item, one) for one in container)
        if isinstance(container, dict) and isinstance(item, (list, dict)):
            raise TypeError("unhashable")
        return item in container

    def _x_compare(self, op, left, right):
        if op in ("eq", "ne"):
            return self.equal(left, right) == (op == "eq")
        if op in ("in", "notin"):
            return self.inside(left, right) == (op == "in")
        for side in (left, right):
            if isinstance(side, bool):
                self.refuse(TRUTH)
            if isinstance(side, (list, tuple)):
                self.refuse(LIST_ORDER)
        if all(isinstance(side, (int, float)) for side in (left, right)):
            if (left > EXACT and right > EXACT) or (left < -EXACT and right < -EXACT):
                self.refuse(BEYOND)
        return ORDER[op](left, right)

    # Names

    def _x_name(self, name):
        for frame in reversed(self.frames):
            if name in frame:
                return frame[name]
        return self.undefined(name=name)

    def _x_set(self, name, value):
        self.frames[-1][name] = value

    def _x_open(self, names, values, loop=None):
        frame = dict(zip(names, values))
        if loop is not None:
            frame["loop"] = {name: getattr(loop, name) for name in LOOP}
        self.frames.append(frame)

    def _x_close(self):
        self.frames.pop()

    def _x_begin(self):
        self.kept = []

    def _x_keep(self, *values):
        self.kept.append(values if len(values) > 1 else values[0])

    def _x_kept(self):
        return self.kept

    # Loops

    def _x_elements(self, value, targets):
        if targets > 1 and isinstance(value, (list, str, dict)):
            # They are taken apart before the first round begins.
            self.note(APART)
            for item in value:
                if not isinstance(item, (list, tuple)) or len(item) != targets:
                    raise TypeError("an element is not a list of so many")
        return list(value)

    def _x_range(self, *bounds):
        if any(isinstance(bound, bool) for bound in bounds):
            self.refuse(TRUTH)
        self.note(LISTS_MADE)
        return list(range(*bounds))
