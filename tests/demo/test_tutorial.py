"""The tutorial can be followed by hand: every page of it, on two real nodes, as a reader does."""

from __future__ import annotations

import time
from datetime import date
from urllib.parse import urljoin

import httpx
import pytest
from bs4 import BeautifulSoup
from demo.logins import logins_ensure
from demo.ports import unused_pair
from demo.run import World
from demo.steps.operating import current_terms, historical_terms

from demo import world

pytestmark = pytest.mark.slow
HOST = "127.0.0.1"
PATIENCE_S = 60


class Reader:
    """Somebody in front of a browser without scripts: follows links and sends forms."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=60)
        self.page = BeautifulSoup()
        self.at = address

    def open(self, address: str) -> str:
        return self._read(self.http.get(address))

    def send(self, holding: str, **said: str | list[str]) -> str:
        """Fill in the form that has a field ``holding`` and send it."""
        form = next(f for f in self.page.find_all("form") if f.find(attrs={"name": holding}))
        return self.send_form(form, **said)

    def send_form(self, form, **said: str | list[str]) -> str:
        data: dict[str, str | list[str]] = {}
        for field in form.find_all(["input", "textarea"]):
            chosen = field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked")
            if field.get("name") and chosen:
                data[field["name"]] = field.get("value") or field.text
        for field in form.find_all("select"):
            picked = field.find("option", selected=True) or field.find("option")
            data[field["name"]] = picked.get("value", picked.text) if picked else ""
        target = urljoin(self.at, form.get("action") or self.at)
        return self._read(self.http.post(target, data=data | said, headers={"Referer": self.at}))

    def _read(self, answer: httpx.Response) -> str:
        assert answer.status_code == 200, (
            f"{answer.url}: {answer.status_code}\n{answer.text[:2000]}"
        )
        self.at = str(answer.url)
        self.page = BeautifulSoup(answer.text, "html.parser")
        return self.page.get_text(" ", strip=True)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Two nodes whose story has been told to its end."""
    import pytest_socket  # noqa: PLC0415 - the fixture is wider than one test

    pytest_socket.enable_socket()
    stage = World(tmp_path_factory.mktemp("stage"), HOST, unused_pair(HOST))
    try:
        stage.prepare()
        stage.start_nodes()
        stage.start_story()
        stage.follow(lambda said: None)
        for node in stage.nodes:
            node.await_ready()
        yield stage
    finally:
        stage.stop()


@pytest.fixture
def sign_in(told, socket_enabled):
    logins, readers = logins_ensure(told.folder), []

    def sign_in(code: str, role: str) -> Reader:
        reader = Reader(told.node(code).base_url)
        readers.append(reader)
        reader.open("/accounts/login/")
        name = world.side(code).officer(role)
        text = reader.send("password", login=name, password=logins[name])
        assert "Sign out" in text
        return reader

    yield sign_in
    for reader in readers:
        reader.http.close()


def eventually(look) -> None:
    until = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < until
        time.sleep(0.2)


def test_from_a_declaration_to_the_joint_report(told, sign_in):
    code = current_terms(_today(told)).code

    officer = sign_in(world.HONG_KONG, "officer")
    officer.open("/triage/?view=open")
    hits = {a["href"] for a in officer.page.select("a[href*='/triage/H-']")}
    assert hits
    officer.open(sorted(hits)[0])
    officer.send("reason", decision="confirm", reason="Looks like the mark.")
    text = officer.open(officer.page.select_one("a[href*='/cases/new/?hit=']")["href"])
    assert "it is not a finding of infringement" in text
    officer.send("procedure_code", procedure_code="hk/criminal-seizure", reason="Looks like it.")
    number = officer.at.rstrip("/").rsplit("/", 1)[-1]
    assert number.startswith("HK-")
    officer.send("seize-acted_on")
    assert "Seized" in officer.page.get_text()

    liaison = sign_in(world.HONG_KONG, "liaison")
    liaison.open(f"/operations/{code}/cases/")
    liaison.send("case", case=[number])
    form = liaison.page.select_one(f"form[action$='/operations/{code}/result/']")
    assert "is signed and on its way" in liaison.send_form(form)

    partner = sign_in(world.GUANGDONG, "liaison")

    eventually(lambda: "HKD" in partner.open(f"/operations/{code}/"))
    assert code in partner.open("/exchange/received/")


@pytest.mark.parametrize("node", [world.GUANGDONG, world.HONG_KONG])
def test_both_nodes_show_the_published_figures(told, sign_in, node):
    reader = sign_in(node, "liaison")
    text = reader.open("/figures/?start=2013-07-01&end=2014-06-30&rate_on=2014-07-21")
    assert "422" in text
    assert "CNY 70,016,800" in text
    assert "11,273,608.82" in text
    text = reader.open(f"/figures/operations/{historical_terms().code}/?rate_on=2014-07-21")
    assert "HKD 138,000" in text
    assert "17,802.29" in text
    assert "CNY 30,000" in text


def _today(told):
    return date.fromisoformat((told.folder / "today.txt").read_text())
