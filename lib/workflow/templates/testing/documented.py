"""Jinja with the differences that docs/expressions.md tells of, and nothing else changed."""

import operator
import re

from jinja2 import Environment, TemplateSyntaxError, Undefined, nodes
from jinja2.utils import htmlsafe_json_dumps

from rows import *

EXACT = 2**53 - 1
LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length")
ARITHMETIC = {nodes.Add: operator.add, nodes.Sub: operator.sub, nodes.Mul: operator.mul, nodes.Div: operator.truediv, nodes.Mod: operator.mod}
ORDER = {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}
VALUES = (nodes.Name, nodes.Const, nodes.List, nodes.And, nodes.Or, nodes.Not)
MAY_BE_ABSENT = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.CondExpr)


class Documented(Environment):
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
        found = ARITHMETIC[getattr(nodes, name)](left, right)
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

    # Filters

    def text(self, value):
        if not isinstance(value, str):
            self.refuse(TEXT_FILTERS)
        return value

    def list(self, value):
        if not isinstance(value, (list, str, dict)):
            raise TypeError("nothing to go through")
        return [*value]

    def comparable(self, values):
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
        if not numbers and not all(isinstance(value, str) for value in values):
            self.refuse(COMPARABLE)
        return values

    def _x_usable(self, value, falsy=False):
        if isinstance(value, Undefined) or (falsy and not value):
            return False
        self.note(NULL if value is None else DEFAULT)
        return value is not None

    def _x_filter(self, name, *args):
        return getattr(self, f"filter_{name}")(*args)

    def own(self, name, *args):
        return self.filters[name](*args)

    def filter_lower(self, value):
        return self.text(value).lower()

    def filter_upper(self, value):
        return self.text(value).upper()

    def filter_capitalize(self, value):
        return self.own("capitalize", self.text(value))

    def filter_trim(self, value):
        return self.text(value).strip()

    def filter_replace(self, value, old, new):
        return self.text(value).replace(self.text(old), self.text(new))

    def filter_join(self, value, by=""):
        self.text(by)
        return by.join(self.text_of(item) for item in self.list(value))

    def filter_string(self, value):
        return self.text_of(value)

    def filter_tojson(self, value, indent=None):
        self.note(TOJSON)
        if indent is not None and (isinstance(indent, bool) or not isinstance(indent, int) or not 0 <= indent <= 8):
            self.refuse(ARGUMENTS)
        options = {} if indent is None else {"indent": indent}
        return str(htmlsafe_json_dumps(value, sort_keys=True, **options))

    def filter_length(self, value):
        return len(value)

    filter_count = filter_length

    def filter_int(self, value, *otherwise):
        return self.parsed(value, otherwise, lambda number: int(number))

    def filter_float(self, value, *otherwise):
        return self.number(self.operand_or(self.parsed(value, otherwise, lambda number: number)))

    def operand_or(self, value):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.refuse(TO_NUMBER)
        return value

    def parsed(self, value, otherwise, convert):
        self.note(TO_NUMBER)
        if isinstance(value, bool):
            return otherwise[0] if otherwise else self.refuse(TRUTH)
        if isinstance(value, str):
            plain = value.strip()
            if plain.lower().strip("+-") and plain.lower().strip("+-0123456789.e") == "":
                try:
                    value = float(plain)
                except ValueError:
                    pass
        if isinstance(value, (int, float)):
            return self.exact(convert(value))
        return otherwise[0] if otherwise else self.refuse(TO_NUMBER)

    def filter_first(self, value):
        return self.own("first", self, self.list(value))

    def filter_last(self, value):
        return self.own("last", self, self.list(value))

    def filter_min(self, value):
        return self.own("min", self, self.comparable(self.list(value)))

    def filter_max(self, value):
        return self.own("max", self, self.comparable(self.list(value)))

    def filter_sum(self, value):
        total = 0
        for item in self.list(value):
            total = self.exact(total + self.operand(item))
        return total

    def filter_sort(self, value, descending=False):
        return self.own("sort", self, self.comparable(self.list(value)), bool(descending))

    def filter_unique(self, value):
        self.note(LISTS_MADE)
        found = []
        for item in self.list(value):
            key = item.lower() if isinstance(item, str) else item
            if not any(self.equal(key, other) for other, _ in found):
                found.append((key, item))
        return [item for _, item in found]

    def filter_reverse(self, value):
        if isinstance(value, str):
            return value[::-1]
        self.note(LISTS_MADE)
        return self.list(value)[::-1]

    def filter_items(self, value):
        if not isinstance(value, dict):
            raise TypeError("no object")
        self.note(LISTS_MADE)
        return [[key, item] for key, item in value.items()]

    def filter_round(self, value, digits=0):
        if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= 15:
            self.refuse(ARGUMENTS)
        return self.exact(round(self.operand(value), digits))

    def filter_abs(self, value):
        return self.exact(abs(self.operand(value)))

    # Tests

    def _x_test(self, name, value, *args):
        return getattr(self, f"test_{name}")(value, *args)

    def _x_defined(self, value):
        return not isinstance(value, Undefined)

    def test_none(self, value):
        return value is None

    def test_true(self, value):
        return value is True

    def test_false(self, value):
        return value is False

    def test_boolean(self, value):
        return isinstance(value, bool)

    def test_number(self, value):
        if isinstance(value, bool):
            self.note(TRUTH)
            return False
        return isinstance(value, (int, float))

    def test_integer(self, value):
        return isinstance(self.number(value), int) and not isinstance(value, bool)

    def test_string(self, value):
        return isinstance(value, str)

    def test_sequence(self, value):
        if isinstance(value, dict):
            self.note(SEQUENCE)
        return isinstance(value, (str, list))

    def test_mapping(self, value):
        return isinstance(value, dict)

    def whole(self, value):
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(WHOLE_TESTS)
        return value

    def test_odd(self, value):
        return self.whole(value) % 2 == 1

    def test_even(self, value):
        return self.whole(value) % 2 == 0

    def test_divisibleby(self, value, by):
        return self.whole(value) % self.whole(by) == 0


class Rewriter:
    """Goes through a parsed template; refuses what the language does not have."""

    ARGUMENTS = {
        "lower": 0, "upper": 0, "capitalize": 0, "trim": 0, "string": 0, "length": 0, "count": 0, "first": 0, "last": 0,
        "min": 0, "max": 0, "sum": 0, "unique": 0, "reverse": 0, "items": 0, "abs": 0, "join": 1, "tojson": 1, "int": 1,
        "float": 1, "sort": 1, "round": 1, "replace": 2,
    }
    TESTS = ("none", "true", "false", "boolean", "number", "integer", "string", "sequence", "mapping", "odd", "even", "divisibleby")

    def __init__(self, environment):
        self.environment = environment
        self.loops = 0
        self.assigned, self.read_in_loops = set(), set()

    def refuse(self, node, row):
        self.environment.note(row)
        raise TemplateSyntaxError("refused", node.lineno)

    def call(self, at, name, *args):
        parts = [arg if isinstance(arg, nodes.Node) else nodes.Const(arg, lineno=at.lineno) for arg in args]
        function = nodes.Name(f"x_{name}", "load", lineno=at.lineno)
        return nodes.Call(function, parts, [], None, None, lineno=at.lineno)

    # Tags

    def template(self, node):
        node.body = self.statements(node.body)
        if self.assigned & self.read_in_loops:
            self.environment.note(SET_LATER)
        return node

    def statements(self, found):
        return [statement for node in found for statement in self.statement(node)]

    def do(self, at, name, *args):
        return nodes.ExprStmt(self.call(at, name, *args), lineno=at.lineno)

    def statement(self, node):
        if isinstance(node, nodes.Output):
            node.nodes = [child if isinstance(child, nodes.TemplateData) else self.value(child) for child in node.nodes]
            return [node]
        if isinstance(node, nodes.If):
            node.test, node.body = self.value(node.test), self.statements(node.body)
            node.elif_ = [branch for child in node.elif_ for branch in self.statement(child)]
            node.else_ = self.statements(node.else_)
            return [node]
        if isinstance(node, nodes.For):
            return self.loop(node)
        if not isinstance(node, nodes.Assign) or not isinstance(node.target, nodes.Name):
            self.refuse(node, TAGS_ROW)
        self.assigned.add(node.target.name)
        self.target(node.target)
        return [self.do(node, "set", node.target.name, self.value(node.node))]

    def loop(self, node):
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        if node.recursive or not all(isinstance(target, nodes.Name) for target in targets):
            self.refuse(node, TAGS_ROW)
        names = [target.name for target in targets]
        found = self.call(node, "elements", self.value(node.iter), len(targets))
        self.loops += 1
        for target in targets:
            self.target(target)
            target.name = f"of_{target.name}"
        values = nodes.List([nodes.Name(target.name, "load", lineno=node.lineno) for target in targets], lineno=node.lineno)
        opened, closed = self.do(node, "open", nodes.Const(names), values), self.do(node, "close")
        before = []
        if node.test is not None:
            # All are chosen before the first round.
            keep = nodes.If(self.value(node.test), [self.do(node, "keep", *values.items)], [], [], lineno=node.lineno)
            choose = nodes.For(node.target, found, [opened, keep, closed], [], None, False, lineno=node.lineno)
            before, found = [self.do(node, "begin"), choose], self.call(node, "kept")
        loop = nodes.Name("loop", "load", lineno=node.lineno)
        round_opened = self.do(node, "open", nodes.Const(names), values, loop)
        body = [round_opened, *self.statements(node.body), closed]
        nothing = nodes.List([], lineno=node.lineno)
        otherwise = [self.do(node, "open", nothing, nothing), *self.statements(node.else_), closed] if node.else_ else []
        self.loops -= 1
        return [*before, nodes.For(node.target, found, body, otherwise, None, False, lineno=node.lineno)]

    def target(self, node):
        if node.name == "loop" and self.loops > 0:
            raise TemplateSyntaxError("the name of the loop itself", node.lineno)
        if node.name in ("and", "or", "not", "in", "is", "if", "else", "for"):
            self.refuse(node, NAMES_ROW)

    # Expressions

    def value(self, node):
        """A value that must be there."""
        if isinstance(node, nodes.Name) and node.name == "loop":
            self.environment.note(LOOP_ROW)
        found = self.maybe(node)
        if isinstance(node, MAY_BE_ABSENT) or isinstance(node, nodes.Filter):
            return self.call(node, "there", found)
        return found

    def maybe(self, node):
        """A value, or its absence."""
        if isinstance(node, nodes.Name):
            if self.loops > 0:
                self.read_in_loops.add(node.name)
            return self.call(node, "name", node.name)
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr not in LOOP:
                self.environment.note(LOOP_ROW)
            return self.call(node, "member", self.maybe(node.node), node.attr)
        if isinstance(node, nodes.Getitem):
            if isinstance(node.arg, nodes.Slice):
                self.refuse(node, SYNTAX_ROW)
            return self.call(node, "member", self.maybe(node.node), self.value(node.arg))
        if isinstance(node, nodes.CondExpr):
            if node.expr2 is None:
                self.refuse(node, INLINE_IF)
            node.test, node.expr1, node.expr2 = self.value(node.test), self.maybe(node.expr1), self.maybe(node.expr2)
            return node
        if isinstance(node, nodes.Filter):
            return self.filter(node)
        if isinstance(node, nodes.Test):
            return self.test(node)
        if isinstance(node, nodes.Const):
            if isinstance(node.value, (int, float)) and abs(node.value) > EXACT:
                self.refuse(node, BEYOND)
            return self.call(node, "constant", node)
        if isinstance(node, tuple(ARITHMETIC)):
            return self.call(node, "arithmetic", type(node).__name__, self.number(node.left), self.number(node.right))
        if isinstance(node, (nodes.Neg, nodes.Pos)):
            return self.call(node, "sign", self.number(node.node), isinstance(node, nodes.Neg))
        if isinstance(node, nodes.Compare):
            if len(node.ops) > 1:
                self.refuse(node, CHAINED)
            [compared] = node.ops
            return self.call(node, "compare", compared.op, self.value(node.expr), self.value(compared.expr))
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "range":
            if node.kwargs or node.dyn_args or node.dyn_kwargs:
                self.refuse(node, SYNTAX_ROW)
            return self.call(node, "range", *[self.value(arg) for arg in node.args])
        if not isinstance(node, VALUES):
            self.refuse(node, METHODS if isinstance(node, nodes.Call) else SYNTAX_ROW)
        if isinstance(node, nodes.List):
            node.items = [self.value(item) for item in node.items]
        elif isinstance(node, nodes.Not):
            node.node = self.value(node.node)
        else:
            node.left, node.right = self.value(node.left), self.value(node.right)
        return node

    def number(self, node):
        return self.call(node, "operand", self.value(node))

    def filter(self, node):
        if node.name in ("default", "d"):
            if node.kwargs or node.dyn_args or node.dyn_kwargs or not 1 <= len(node.args) <= 2:
                self.refuse(node, ARGUMENTS)
            first, *falsy = node.args
            value = self.maybe(node.node)
            usable = self.call(node, "usable", value, *map(self.value, falsy))
            return nodes.CondExpr(usable, value, self.maybe(first), lineno=node.lineno)
        if node.name not in self.ARGUMENTS:
            self.refuse(node, FILTERS_ROW)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.refuse(node, SYNTAX_ROW)
        if len(node.args) > self.ARGUMENTS[node.name] or (node.name == "replace" and len(node.args) < 2):
            self.refuse(node, ARGUMENTS)
        return self.call(node, "filter", node.name, self.value(node.node), *[self.value(arg) for arg in node.args])

    def test(self, node):
        if node.name in ("defined", "undefined") and not node.args:
            found = self.call(node, "defined", self.maybe(node.node))
            return found if node.name == "defined" else nodes.Not(found, lineno=node.lineno)
        if node.name not in self.TESTS:
            self.refuse(node, FILTERS_ROW)
        return self.call(node, "test", node.name, self.value(node.node), *[self.value(arg) for arg in node.args])
