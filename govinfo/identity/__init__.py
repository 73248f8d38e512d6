"""Document to identity: which agency reports on which year, and which agency and region a printed name means."""

from govinfo.identity.agencies import AGENCIES, Aliases, agencies, agency_of, identity_columns, read_aliases
from govinfo.identity.identify import Identity, identify
from govinfo.identity.invented import is_invented
from govinfo.identity.years import form_of_year

__all__ = [
    "AGENCIES",
    "Aliases",
    "Identity",
    "agencies",
    "agency_of",
    "form_of_year",
    "identify",
    "identity_columns",
    "is_invented",
    "read_aliases",
]
