"""The filters and tests of the language, by Jinja's own where it agrees."""

from jinja2 import Undefined
from jinja2.utils import htmlsafe_json_dumps

from rows import *


class Filters:
    """For an environment that knows `note`, `refuse` and the operators."""

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
        first, rest = self.text(value)[:1].upper(), value[1:]
        if value[:1].title() != first:
            self.note(CAPITALIZE)
        return first[:1] + (first[1:] + rest).lower()

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
