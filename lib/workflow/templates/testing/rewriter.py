"""Goes through a parsed template and puts the meaning that docs/expressions.md tells of in the place of Jinja's."""

from jinja2 import TemplateSyntaxError, nodes

from rows import *

EXACT = 2**53 - 1
LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length")
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Mod)
VALUES = (nodes.Name, nodes.Const, nodes.List, nodes.And, nodes.Or, nodes.Not)
MAY_BE_ABSENT = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.CondExpr)


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
        self.word(node)

    def word(self, node):
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
            self.word(node)
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
        if isinstance(node, ARITHMETIC):
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
            self.refuse(node, TUPLES if isinstance(node, (nodes.Tuple, nodes.Dict)) else SYNTAX_ROW)
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
        if len(node.args) != (1 if node.name == "divisibleby" else 0):
            self.refuse(node, ARGUMENTS)
        return self.call(node, "test", node.name, self.value(node.node), *[self.value(arg) for arg in node.args])
