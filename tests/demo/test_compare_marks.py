"""Invented marks that come near a real name are named."""

import json

from demo.compare_marks import main


def test_a_name_two_letters_away_is_found(tmp_path, capsys):
    path = tmp_path / "names.json"
    path.write_text(json.dumps({"brands": [{"name": "Velundro"}, {"name": "Something else"}]}))
    assert main([str(path)]) == 1
    assert capsys.readouterr().out == "VELUNDRA\tVelundro\n"


def test_a_chinese_form_inside_a_name_is_found(tmp_path, capsys):
    path = tmp_path / "names.json"
    path.write_text(json.dumps(["薇伦卓世家"]))
    assert main([str(path)]) == 1
    assert "薇伦卓世家" in capsys.readouterr().out


def test_distant_names_are_no_matter(tmp_path):
    path = tmp_path / "names.json"
    path.write_text(json.dumps(["Harbour Lamps", 7, None]))
    assert main([str(path)]) == 0
