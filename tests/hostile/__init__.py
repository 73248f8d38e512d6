"""Files made to harm what reads them, each by a function, so that none of them lies in the project."""

from hostile.archives import ARCHIVES
from hostile.pages import PAGES
from hostile.pdfs import PDFS
from hostile.pictures import PICTURES

__all__ = ["FILES"]

FILES = {**{f"PDF: {name}": made for name, made in PDFS.items()}, **ARCHIVES, **PAGES, **PICTURES}
"""What each file is, and the function that makes its bytes."""
