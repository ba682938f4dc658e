"""Import real brand names into a new register: how long it takes, and where the time goes.

    python -m bench.register_import [--marks 25000] [--profile]

The names come from ../shared/bench/text; the register is an SQLite file in a temporary folder. The
same work is timed for a tenth of the marks too: the ratio says whether time grows with the number.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import io
import json
import os
import pstats
import secrets
import tempfile
import time
from pathlib import Path

from bench.corpora import make_corpus

FIELDS = (
    *("registration_number", "word", "word_zh_hans", "word_zh_hant", "nice_classes"),
    *("valid_from", "valid_until", "holder_name", "recordation_number", "recorded_on"),
    "authorised_parties",
)


def rights_csv(corpus: Path, marks: int) -> io.BytesIO:
    """Return the marks of a corpus as an administration's list of recordations."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    with (corpus / "register.jsonl").open(encoding="utf-8") as file:
        for number, line in zip(range(marks), file, strict=False):
            mark = json.loads(line)
            classes = " ".join(map(str, mark["classes"])) or "35"
            names = (mark["latin"], mark["hans"], mark["hant"])
            parties = "; ".join(mark["authorised"])
            dates = ("2015-01-01", "2035-01-01")
            writer.writerow(
                (
                    f"3{number:08}",
                    *names,
                    classes,
                    *dates,
                    mark["holder"],
                    f"R-{number}",
                    "2016-01-01",
                    parties,
                )
            )
    return io.BytesIO(text.getvalue().encode())


def stage() -> object:
    """Make an empty register in a temporary folder and return an officer who may import."""
    folder = tempfile.mkdtemp()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "countermark.config.settings",
        "COUNTERMARK_VAR": folder,
        "COUNTERMARK_ADMINISTRATION": "hk",
        "COUNTERMARK_DEBUG": "false",
    }
    import django  # noqa: PLC0415 - the settings are made above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up above

    call_command("migrate", verbosity=0)
    from countermark.apps.accounts.permissions import Role  # noqa: PLC0415 - as above
    from countermark.domain.vocabulary import Names  # noqa: PLC0415 - as above
    from countermark.workflows.staff import node_found  # noqa: PLC0415 - as above

    officer = node_found(
        office_code="bench",
        office_names=Names(en="Bench", zh_hant="試驗", zh_hans="试验"),
        username="bench",
        display_name="Bench",
        password=secrets.token_urlsafe(),
    )
    officer.role = Role.IP_OFFICE
    officer.save(update_fields=["role"])
    return officer


def timed(by: object, content: io.BytesIO) -> dict[str, float]:
    """Import a file and return the seconds of looking at it and of importing it."""
    from countermark.apps.register.services import (  # noqa: PLC0415
        rights_import,
        rights_preview,
        rights_upload,
    )

    began = time.perf_counter()
    upload = rights_upload(by=by, stream=content, filename="rights.csv")
    rights_preview(by=by, upload=upload)
    looked = time.perf_counter()
    result = rights_import(by=by, upload=upload)
    done = time.perf_counter()
    return {
        "rights": result.created,
        "rejected": result.rejected,
        "preview_s": round(looked - began, 2),
        "import_s": round(done - looked, 2),
    }


def main() -> None:
    """Print the times as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marks", type=int, default=25_000)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    corpus = make_corpus("register-import", marks=options.marks, lines=100)
    by = stage()
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    print(json.dumps(timed(by, rights_csv(corpus, options.marks))))
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
