"""Stories of the journal: an auditor verifies it, takes a proof home and checks it without the server."""

import base64
import re

from playwright.sync_api import expect

AUDITOR = "Thanh tra, kiểm tra"
PATIENCE = 180_000


def taken(page, link: str, folder, name: str):
    """Downloads what a link gives, under a name."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    path = folder / name
    download.value.save_as(path)
    return path


def test_an_auditor_verifies_the_journal_and_proves_a_leaf_without_the_server(visitor, running, tmp_path):
    page = visitor.sign_in(AUDITOR)
    page.locator(".rail").get_by_role("link", name="Nhật ký", exact=True).click()
    expect(page.get_by_text(re.compile(r"lá, ký lúc"))).to_be_visible()
    visitor.check("nhat-ky")
    page.get_by_role("button", name="Kiểm tra ngay").click()
    expect(page.get_by_text("không có sai khác.")).to_be_visible(timeout=PATIENCE)
    visitor.check("nhat-ky-da-kiem-tra")
    key = taken(page, "Tải khóa công khai", tmp_path, "khoa.txt")
    checkpoint = taken(page, "Tải mốc mới nhất", tmp_path, "moc.txt")
    page.get_by_label("Loại bản ghi").select_option(label="Tên gọi của đơn vị")
    page.get_by_role("button", name="Lọc").click()
    page.locator("tbody th a").first.click()
    assert re.fullmatch(r"Lá [\d.]+ của sổ nhật ký", visitor.heading())
    visitor.check("nhat-ky-la")
    proof = taken(page, "Tải bằng chứng", tmp_path, "la.tlog-proof")

    holds = running.run("verify", "--proof", proof, "--key", key)
    assert (holds.returncode, holds.stdout.splitlines()[0].startswith("✓ Lá ")) == (0, True), holds.stderr
    version, leaf, *rest = proof.read_text(encoding="utf-8").split("\n")
    told = base64.b64decode(leaf.removeprefix("extra ")).decode()
    assert '"noun":"unit_name"' in told
    forged = base64.b64encode(told.replace('"noun":"unit_name"', '"noun":"person"').encode()).decode()
    proof.write_text("\n".join([version, f"extra {forged}", *rest]), encoding="utf-8")
    altered = running.run("verify", "--proof", proof, "--key", key)
    assert altered.returncode != 0
    assert "Lá không dẫn đến gốc đã ký" in altered.stderr
    since = running.run(
        "verify", "--database", f"sqlite:{running.folder}/demo.db", "--key", key, "--since", checkpoint
    )
    assert (since.returncode, "Sổ nối tiếp từ mốc cũ" in since.stdout) == (0, True), since.stdout + since.stderr


def test_a_telephone_reads_the_journal_in_english(phone):
    page = phone.sign_in(AUDITOR)
    page.goto(phone.base + "/nhat-ky")
    phone.check("nhat-ky")
    page.get_by_role("link", name="English").click()
    page.goto(phone.base + "/nhat-ky")
    assert phone.heading() == "Journal"
    phone.check("journal")
    page.locator("tbody th a").first.click()
    phone.check("journal-leaf")
