"""Stories of who can be proposed: the office set against the law, one honour with its list, and a change of the rules tried."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"

CEILING = """layer = "THU"
vi = "Phương án"
en = "Trial"

[[document]]
id = "THU/1"
vi = "Phương án"
en = "Trial"
from = 2026-01-01
mark = "V2"

[[quota]]
award = "chien-si-thi-dua-co-so"
from = 2026-01-01
percent = 15
base = "lao-dong-tien-tien"
base_vi = "tổng số cá nhân đạt danh hiệu Lao động tiên tiến"
base_en = "all persons with the title Advanced worker"
source = { document = "THU/1", article = "1" }
mark = "V2"
"""


def test_an_officer_sees_who_can_be_proposed_and_why_a_person_is_on_the_list(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Có thể đề nghị").click()
    assert visitor.heading() == "Ai có thể được đề nghị"
    visitor.check("de-nghi")
    row = page.get_by_role("row", name=re.compile("Chiến sĩ thi đua cơ sở"))
    count = int(row.locator("td").first.inner_text())
    assert count > 0
    # The law of the day is not loaded, so nobody is said to meet it: only the rules before.
    row.get_by_role("link", name=re.compile("Đủ theo quy định trước: ")).click()
    assert visitor.heading() == "Chiến sĩ thi đua cơ sở"
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"Đủ theo quy định trước: {count}")
    visitor.check("de-nghi-danh-hieu")
    first = page.locator("table.stacked tbody tr").first
    name = first.locator("th a").inner_text()
    first.locator("td a").click()
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator(".verdict").first).to_contain_text("Chưa đủ căn cứ kết luận")
    visitor.open("/de-nghi/ca-nhan/chien-si-thi-dua-co-so?ngay=2026-03-02")
    expect(page.locator(".verdict").first).to_contain_text("Đủ tiêu chuẩn")


def test_the_fifteen_percent_ceiling_is_tried_and_nothing_takes_effect(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/thu-quy-dinh")
    visitor.check("thu-quy-dinh")
    page.get_by_label("Phương án").fill(CEILING.replace("percent", "phan_tram"))
    page.get_by_role("button", name="So sánh").click()
    expect(page.locator("#n-quy-dinh")).to_contain_text("Dòng 12")
    page.get_by_label("Phương án").fill(CEILING)
    page.get_by_role("button", name="So sánh").click()
    said = page.get_by_text(re.compile(r"Không quá 15% của \d+ người đủ Lao động tiên tiến"))
    expect(said).to_be_visible()
    numbers = [int(text) for text in re.findall(r"\d+", said.inner_text())]
    assert numbers[2] == numbers[1] * 15 // 100
    visitor.check("thu-quy-dinh-ket-qua")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải XLSX").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    visitor.open("/danh-muc/chien-si-thi-dua-co-so")
    assert "Phương án" not in page.locator("main").inner_text()
