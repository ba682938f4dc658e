from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.domain.errors import Refusal
from countermark.domain.vocabulary import Names
from countermark.workflows.staff import node_found


class Command(BaseCommand):
    """Found this node after its first ``migrate``."""

    help = "Record the administrations of the law folder, make keys, a first office and officer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what cannot be known from the law folder; the password is asked for."""
        parser.add_argument("verb", choices=["init"])
        parser.add_argument("--office", default="headquarters", metavar="CODE")
        parser.add_argument("--office-names", nargs=3, metavar=("EN", "ZH-HANT", "ZH-HANS"))
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True, help="the name that colleagues see")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password and found the node, or say what is missing."""
        names = options["office_names"] or ("Headquarters", "總部", "总部")
        try:
            officer = node_found(
                office_code=options["office"],
                office_names=Names(en=names[0], zh_hant=names[1], zh_hans=names[2]),
                username=options["username"],
                display_name=options["name"],
                password=getpass("Password of the first administrator: "),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"founded\t{officer.administration.code}\t{officer.username}")
