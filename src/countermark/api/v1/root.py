"""Version 1 of the REST API: it only reads, for signed-in officers, within what each may see."""

from __future__ import annotations

from countermark.api.v1 import cases, figures, hits, operations, rights, screening
from countermark.api.v1.http import ProblemAPI, session
from countermark.api.v1.problems import problems_add

api = ProblemAPI(
    title="Countermark",
    version="1",
    description=(
        "Read access for signed-in officers. Lists hold what the officer may see; a single object "
        "out of reach is not found. Numbers that must be exact are text. Errors are problem "
        "documents (RFC 9457) with a stable code."
    ),
    urls_namespace="api-v1",
    docs_url=None,
    auth=session,
)
api.add_router("/cases", cases.router)
api.add_router("/figures", figures.router)
api.add_router("/hits", hits.router)
api.add_router("/operations", operations.router)
api.add_router("/rights", rights.router)
api.add_router("/screening", screening.router)
problems_add(api)
