"""Stories of backups: made from the page, taken home, verified and drilled by processes of their own."""

from playwright.sync_api import expect

ADMINISTRATOR = "Quản trị hệ thống"
AUDITOR = "Thanh tra, kiểm tra"
PATIENCE = 180_000


def test_an_administrator_makes_a_backup_and_it_proves_right_elsewhere(visitor, running, tmp_path):
    page = visitor.sign_in(ADMINISTRATOR)
    page.locator(".rail").get_by_role("link", name="Sao lưu").click()
    expect(page.get_by_text("Chưa có bản sao lưu nào")).to_be_visible()
    visitor.check("sao-luu-trong")
    page.get_by_role("button", name="Sao lưu ngay").click()
    file = page.locator("tbody a[download]")
    expect(file).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_count(0)
    visitor.check("sao-luu")
    with page.expect_download() as download:
        file.click()
    backup = tmp_path / download.value.suggested_filename
    download.value.save_as(backup)
    with page.expect_download() as download:
        page.evaluate("location.assign('/nhat-ky/khoa')")
    key = tmp_path / "khoa.txt"
    download.value.save_as(key)

    verified = running.run("verify", "--archive", backup, "--key", key)
    assert (verified.returncode, verified.stdout.splitlines()[-1]) == (0, "✓ Không có sai khác."), verified.stderr
    live = ["--database", f"sqlite:{running.folder}/demo.db", "--files", running.folder / "files"]
    drilled = running.run("drill", backup, *live, "--keys", running.folder / "keys")
    assert drilled.returncode == 0, drilled.stderr
    assert drilled.stdout.startswith("Đã diễn tập: "), drilled.stdout
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :])
    assert running.run("drill", backup, *live).returncode == 1

    page.goto(visitor.base + "/quan-tri/nhat-ky?su-kien=backup-taken")
    expect(page.locator("tbody tr", has_text=backup.name)).to_have_count(1)


def test_an_auditor_looks_at_the_backups_and_takes_none(phone):
    page = phone.sign_in(AUDITOR)
    page.goto(phone.base + "/quan-tri/sao-luu")
    expect(page.get_by_role("button", name="Sao lưu ngay")).to_have_count(0)
    expect(page.locator("a[download]")).to_have_count(0)
    phone.check("sao-luu")
    page.get_by_role("link", name="English").click()
    page.goto(phone.base + "/quan-tri/sao-luu")
    assert phone.heading() == "Backups"
    phone.check("backups")
