"""Reports to what their words say beside each other: two reports compared, themes counted.

Goes in: reports or a corpus. Comes out: frames, and a page of two reports side by side.
"""

from govinfo.words.comparison import Comparison, compare
from govinfo.words.themes import keywords, themes

__all__ = ["Comparison", "compare", "keywords", "themes"]
