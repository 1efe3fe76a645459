"""The leak scan can fail: it finds a secret that was planted."""

from gui.tour.session import files_holding

TOKEN = "EAAB" + "x7QdZAbc9" * 20


def test_a_planted_secret_is_found(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "log.bin").write_bytes(b"\0\1" + TOKEN.encode() + b"\2")
    (tmp_path / "clean").write_text("nothing")
    assert files_holding(tmp_path, {TOKEN}) == [str(tmp_path / "a" / "b" / "log.bin")]
    assert files_holding(tmp_path, {TOKEN}, apart_from=(tmp_path / "a",)) == []
    assert files_holding(tmp_path, {"EAAother" * 4}) == []
