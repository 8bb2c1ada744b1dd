"""The certificates that servers are verified with: those of the environment, else certifi's."""

from __future__ import annotations

from pathlib import Path

import certifi
import pytest

from codegen.package._runtime.network import NetworkSettingError, tls_context


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


def test_without_a_setting_the_certificates_are_those_of_certifi() -> None:
    number = Path(certifi.where()).read_text(encoding="utf-8").count("BEGIN CERTIFICATE")
    assert len(tls_context().get_ca_certs()) == number
    assert tls_context() is tls_context()


def test_a_folder_of_the_environment_takes_the_place_of_certifi(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert tls_context().get_ca_certs() == []  # one is read when it is needed


def test_a_file_of_the_environment_takes_the_place_of_certifi(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    head, end, _ = Path(certifi.where()).read_text(encoding="utf-8").partition("-----END CERTIFICATE-----")
    (tmp_path / "one.pem").write_text(head + end + "\n", encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "one.pem"))
    assert len(tls_context().get_ca_certs()) == 1


def test_certificates_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(NetworkSettingError, match=r"gone\.pem cannot be read"):
        tls_context()
