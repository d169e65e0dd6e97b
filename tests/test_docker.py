"""The Dockerfile's promises that can be held without an engine."""

import re

from .conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
FINAL = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]


def test_the_image_runs_as_an_ordinary_user():
    assert re.search(r"^USER (?!root)", FINAL, re.MULTILINE)


def test_the_run_time_lock_has_no_torch():
    lock = (ROOT / "requirements-runtime.lock").read_text()
    names = set(re.findall(r"^([a-z][\w.-]*)==", lock, re.MULTILINE))
    assert not names & {"torch", "transformers", "sentence-transformers"}
    assert {"discord-py", "faiss-cpu", "onnxruntime", "tokenizers"} <= names


def test_every_pin_has_a_hash():
    for name in ("requirements.lock", "requirements-runtime.lock"):
        lock = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z][\w.-]*==\S+(.*(?:\n    .*)*)", lock, re.MULTILINE)
        assert len(pins) > 40
        assert all("--hash=sha256:" in pin for pin in pins)
        assert not re.search(r"^torch==", lock, re.MULTILINE)


def test_everything_copied_into_the_image_is_there():
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE):
        for source in [word for word in line.split() if not word.startswith("--")][:-1]:
            assert (ROOT / source).exists(), source
