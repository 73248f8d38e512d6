"""The reading site, for Sphinx: the documents, the notebooks as they are stored, and the docstrings.

The source folder is the root of the repository, so that a link from one document to another or to a notebook holds
on the site just as it does in the repository.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import itertools
import re
import sys

from docutils.nodes import Node
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.ext.autodoc import Options
from sphinx.pycode import ModuleAnalyzer
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import SphinxDirective

project = "govinfo"
release = importlib.metadata.version("govinfo")

# Sources

root_doc = "docs/index"
include_patterns = [
    "README.md",
    "README.zh.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/*.md",
    "docs/api/*.md",
    "notebooks/**.ipynb",
]
exclude_patterns = ["**/.*", ".*", "benchmarks", "build", "data", "dist", "govinfo", "tests"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton"]
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js = {}
myst_heading_anchors = 4

# API reference

autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 90
add_module_names = False

# Pages. They ask for nothing from elsewhere: no fonts, no scripts, no styles.

html_theme = "pydata_sphinx_theme"
html_context = {"default_mode": "auto"}
html_title = f"{project} {release}"
html_theme_options = {
    "navbar_center": [],
    "primary_sidebar_end": [],
    "footer_start": [],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "pygments_light_style": "tango",
    "pygments_dark_style": "github-dark",
}
html_sidebars = {"**": ["contents"]}
templates_path = ["site"]
html_static_path = ["site/style.css"]
html_css_files = ["style.css"]
html_extra_path = ["site/index.html"]
html_copy_source = False
html_search_language = "en-zh"


class EnglishAndChinese(SearchEnglish):
    """English by word; Chinese, which is written without gaps, by sign and by pair of signs."""

    lang = "en-zh"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{Letter}\p{Number}_])+/gu) || []).flatMap((word) =>
    /^\p{Script=Han}{2,}$/u.test(word) ? [...word].slice(1).map((sign, at) => [...word][at] + sign) : [word]);
"""

    def split(self, text: str) -> list[str]:
        """The words to be found: of 公开信息 these are 公, 开, 信, 息, 公开, 开信 and 信息."""
        parts = re.findall(r"([\u3400-\u9fff]+)|([^\W\u3400-\u9fff]+)", text)
        return [word for chinese, other in parts for word in ([other] if other else signs_and_pairs(chinese))]


def signs_and_pairs(text: str) -> list[str]:
    """Every sign of a text, and every two that stand side by side."""
    return [*text, *map("".join, itertools.pairwise(text))]


class Public(SphinxDirective):
    """The docstrings of a module and of its public names: those of ``__all__``, or those that are given below it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[Node]:
        """The entries, made by autodoc; a module among the names has a page of its own."""
        name = self.arguments[0]
        module = importlib.import_module(name)
        things = {own: getattr(module, own) for own in self.content or module.__all__}
        entries = [entry(f"{name}.{own}", thing) for own, thing in things.items() if not inspect.ismodule(thing)]
        return self.parse_text_to_nodes("\n".join(["```{eval-rst}", f".. automodule:: {name}\n", *entries, "```"]))


def entry(name: str, thing: object) -> str:
    """What asks autodoc for the docstring of a thing."""
    if inspect.isclass(thing):
        if issubclass(thing, BaseException):
            return f".. autoexception:: {name}\n   :show-inheritance:\n"
        return f".. autoclass:: {name}\n   :members:\n"
    return f".. autofunction:: {name}\n" if inspect.isroutine(thing) else f".. autodata:: {name}\n   :no-value:\n"


def with_source(app: Sphinx, what: str, name: str, thing: object, options: Options, lines: list[str]) -> None:
    """Names the module that defines a thing; a constant gets the text below it there, not that of its type."""
    if what == "data":
        lines[:] = text_below(name.rpartition(".")[2], thing)
    elif what in {"class", "exception", "function"}:
        lines += ["", f"Defined in ``{thing.__module__}``.", ""]


def text_below(name: str, thing: object) -> list[str]:
    """The text below a constant wherever in the package it is defined, none where none stands there."""
    for module in [module for module in sys.modules if module.startswith("govinfo")]:
        texts = ModuleAnalyzer.for_module(module).find_attr_docs()
        if vars(sys.modules[module]).get(name) is thing and ("", name) in texts:
            return texts["", name]
    return []


def setup(app: Sphinx) -> None:
    """Adds the search, what the API reference needs, and CSV as a language without colours."""
    app.add_lexer("csv", TextLexer)
    app.add_search_language(EnglishAndChinese)
    app.add_directive("public", Public)
    app.connect("autodoc-process-docstring", with_source)
