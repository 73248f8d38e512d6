"""``python -m govinfo.cli``."""

from govinfo.cli.commands import main

main()
