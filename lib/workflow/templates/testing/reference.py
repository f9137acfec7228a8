"""What Jinja makes of templates: reads JSON lines, one template each, and answers a JSON line each.

The first line is the data. An answer is a text, what was rendered, or [kind, line] for an error, where the kind is
"syntax", "undefined" or "value". Where the language differs on purpose (the tables under "Not as in Python or Jinja" and
"Not as in Jinja" in docs/expressions.md) the answer is {"jinja": …, "here": …, "why": […]}: what Jinja says, what the
tables promise, and the rows they promise it in. What stands in no row makes this fail.
"""

import json
import sys

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, __version__
from documented import Documented


def outcome(environment, template, data):
    try:
        return environment.from_string(template).render(data)
    except TemplateSyntaxError as error:
        return ["syntax", error.lineno]
    except UndefinedError as error:
        return ["undefined", line(error)]
    except Exception as error:
        return ["value", line(error)]


def line(error):
    """The line of the template in which it happened; Jinja puts it into the traceback."""
    found, traceback = None, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def answer(template, data, jinja, documented):
    there = outcome(jinja, template, data)
    documented.begin(data)
    here = outcome(documented, template, data)
    if here == there or (isinstance(here, list) and isinstance(there, list) and here[0] == there[0]):
        return there
    if not documented.why:
        raise AssertionError(f"{template!r} is {there} in Jinja, and no row says why it is {here} here")
    return {"jinja": there, "here": here, "why": sorted(documented.why)}


def main():
    data = json.loads(sys.stdin.readline())
    jinja = Environment(undefined=StrictUndefined)
    documented = Documented(undefined=StrictUndefined)
    print(json.dumps(__version__))
    for template in sys.stdin:
        print(json.dumps(answer(json.loads(template), data, jinja, documented)))


main()
