"""Python's meaning of a tree, step by step, and where the language differs from it on purpose."""

import ast
import math
import operator

LAST = 2**53 - 1
ORDER = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}


class Refused(Exception):
    """There is no value here, though Python may have one."""


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value):
    return is_number(value) and value == math.floor(value)


class Reader:
    def __init__(self, data):
        self.data = data
        self.differences = set()

    def differ(self, why):
        self.differences.add(why)

    def refuse(self, why):
        self.differ(why)
        raise Refused(why)

    def check(self, tree):
        """What is refused wherever it stands, evaluated or not."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and len(node.ops) > 1:
                self.refuse("chained comparison")
            if isinstance(node, ast.Constant) and is_number(node.value) and abs(node.value) > LAST:
                self.refuse("number beyond 2^53")

    def read(self, node, names):
        return getattr(self, "read_" + type(node).__name__)(node, names)

    def read_Expression(self, node, names):
        return self.read(node.body, names)

    def read_Constant(self, node, names):
        return node.value

    def read_Name(self, node, names):
        for frame in names:
            if node.id in frame:
                return frame[node.id]
        if node.id == "runtime":
            return self.data
        return self.data[node.id]

    def read_List(self, node, names):
        return [self.read(item, names) for item in node.elts]

    def read_Attribute(self, node, names):
        owner = self.read(node.value, names)
        if not isinstance(owner, dict):
            raise AttributeError(node.attr)
        return owner[node.attr]

    def read_Subscript(self, node, names):
        owner = self.read(node.value, names)
        key = self.read(node.slice, names)
        if isinstance(key, bool):
            self.refuse("truth value as a number")
        if isinstance(owner, (list, str)) and isinstance(key, float) and is_whole(key):
            self.differ("number without a fraction is whole")
            key = int(key)
        return owner[key]

    def read_UnaryOp(self, node, names):
        value = self.read(node.operand, names)
        if isinstance(node.op, ast.Not):
            return not value
        number = self.number(value)
        return -number if isinstance(node.op, ast.USub) else number

    def number(self, value):
        if isinstance(value, bool):
            self.refuse("truth value as a number")
        if is_number(value) and abs(value) > LAST:
            self.refuse("number beyond 2^53")
        if not is_number(value):
            raise TypeError(value)
        return value

    def exact(self, value):
        if is_number(value) and not abs(value) <= LAST:
            self.refuse("number beyond 2^53")
        return value

    def read_BinOp(self, node, names):
        # The left operand is judged before the right one is looked at.
        left = self.read(node.left, names)
        if isinstance(left, (str, list)):
            self.refuse("arithmetic on texts or lists")
        left = self.number(left)
        right = self.read(node.right, names)
        if isinstance(right, (str, list)) and isinstance(node.op, ast.Mult):
            self.refuse("arithmetic on texts or lists")
        return self.exact(ARITHMETIC[type(node.op)](left, self.number(right)))

    def read_BoolOp(self, node, names):
        stops = isinstance(node.op, ast.Or)
        value = None
        for operand in node.values:
            value = self.read(operand, names)
            if bool(value) == stops:
                break
        return value

    def read_IfExp(self, node, names):
        return self.read(node.body if self.read(node.test, names) else node.orelse, names)

    def read_Compare(self, node, names):
        left = self.read(node.left, names)
        right = self.read(node.comparators[0], names)
        (op,) = node.ops
        if isinstance(op, ast.Is):
            return left is right
        if isinstance(op, ast.IsNot):
            return left is not right
        if isinstance(op, ast.Eq):
            return self.equal(left, right)
        if isinstance(op, ast.NotEq):
            return not self.equal(left, right)
        if isinstance(op, (ast.In, ast.NotIn)):
            return self.inside(left, right) == isinstance(op, ast.In)
        return self.order(ORDER[type(op)], left, right)

    def equal(self, left, right):
        if isinstance(left, list) and isinstance(right, list):
            return len(left) == len(right) and all(self.equal(a, b) for a, b in zip(left, right))
        if isinstance(left, dict) and isinstance(right, dict):
            return set(left) == set(right) and all(self.equal(left[key], right[key]) for key in left)
        if isinstance(left, bool) != isinstance(right, bool):
            if left == right:
                self.differ("truth value as a number")
            return False
        if is_number(left) and is_number(right):
            self.tell_apart(left, right)
        return left == right

    def tell_apart(self, left, right):
        if (left > LAST and right > LAST) or (left < -LAST and right < -LAST):
            self.refuse("number beyond 2^53")

    def inside(self, item, container):
        if isinstance(container, list):
            return any(self.equal(item, other) for other in container)
        return item in container

    def order(self, compare, left, right):
        if is_number(left) and is_number(right):
            self.tell_apart(left, right)
            return compare(left, right)
        if isinstance(left, list) and isinstance(right, list):
            self.refuse("order of lists")
        if isinstance(left, (bool, int, float)) and isinstance(right, (bool, int, float)):
            self.refuse("truth value as a number")
        return compare(left, right)

    def elements(self, value):
        if not isinstance(value, (list, dict, str, range)):
            raise TypeError(value)
        return list(value)

    def generate(self, node, names):
        (loop,) = node.generators
        for item in self.elements(self.read(loop.iter, names)):
            inner = [self.bound(loop.target, item), *names]
            if all(self.read(test, inner) for test in loop.ifs):
                yield self.read(node.elt, inner)

    def bound(self, target, item):
        if isinstance(target, ast.Name):
            return {target.id: item}
        if not isinstance(item, list) or len(item) != len(target.elts):
            raise ValueError(item)
        return {name.id: part for name, part in zip(target.elts, item)}

    def read_Call(self, node, names):
        (first, *_) = node.args
        name = node.func.id
        if isinstance(first, ast.GeneratorExp):
            elements = self.generate(first, names)
            if name in ("any", "all"):
                return any(elements) if name == "any" else all(elements)
            args = [list(elements)]
        else:
            args = [self.read(arg, names) for arg in node.args]
        return getattr(self, "call_" + name)(*args)

    def call_len(self, value):
        return len(value)

    def call_any(self, value):
        return any(self.elements(value))

    def call_all(self, value):
        return all(self.elements(value))

    def call_range(self, *bounds):
        for bound in bounds:
            self.number(bound)
            if isinstance(bound, float) and is_whole(bound):
                self.differ("number without a fraction is whole")
        return list(range(*(int(bound) if is_whole(bound) else bound for bound in bounds)))

    def call_sum(self, value):
        total = 0
        for item in self.elements(value):
            total = self.exact(total + self.number(item))
        return total

    def call_min(self, *args):
        return self.extreme(min, args)

    def call_max(self, *args):
        return self.extreme(max, args)

    def extreme(self, choose, args):
        items = self.elements(args[0]) if len(args) == 1 else list(args)
        if items and all(isinstance(item, str) for item in items):
            if choose(items) != choose(items, key=str.lower):
                self.differ("min and max: capitals like small letters")
            return choose(items, key=str.lower)
        if items and not all(is_number(item) for item in items):
            self.refuse("min and max: numbers or texts only")
        return choose(items)

    def call_abs(self, value):
        return self.exact(abs(self.number(value)))

    def call_round(self, value, digits=None):
        return self.exact(round(self.number(value), digits))

    def call_floor(self, value):
        return self.exact(math.floor(self.number(value)))

    def call_ceil(self, value):
        return self.exact(math.ceil(self.number(value)))

    def call_contains(self, container, item):
        return self.inside(item, container)

    def call_starts_with(self, text, start):
        return str.startswith(text, start)

    def call_ends_with(self, text, end):
        return str.endswith(text, end)
