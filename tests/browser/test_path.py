"""Stories of the way to an honour: from a card to the years it takes, on a desk and on a phone, in both languages."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"


def someone(page):
    """The id of the first person on the list."""
    href = page.locator("tbody a[href^='/ca-nhan/']").first.get_attribute("href")
    return re.fullmatch(r"/ca-nhan/([0-9a-f-]{36})(\?.*)?", href).group(1)


def test_a_card_leads_to_the_way_and_the_way_to_the_grounds(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan")
    visitor.open(f"/ca-nhan/{someone(page)}?ngay=2026-09-01")
    page.get_by_role("link", name="Đường đi").first.click()
    expect(page.locator("h1")).to_contain_text("Con đường đến")
    expect(page.locator(".why-verdict .sentence")).not_to_be_empty()
    page.get_by_label("Số năm tới").fill("12")
    page.get_by_role("button", name="Tìm lại").click()
    expect(page.get_by_label("Số năm tới")).to_have_value("12")
    visitor.check("duong-di")
    page.locator(".actions").get_by_role("link", name="Căn cứ").click()
    expect(page.locator(".actions").get_by_role("link", name="Đường đi")).to_have_count(1)


def test_the_way_is_read_on_a_phone_and_in_english(phone):
    page = phone.sign_in(OFFICER)
    phone.open("/ca-nhan")
    person = someone(page)
    phone.open(f"/duong-di/ca-nhan/{person}/bang-khen-thu-tuong?ngay=2026-09-01")
    expect(page.locator(".path-way .drawing svg").first).to_have_attribute("role", "img")
    phone.check("duong-di-dien-thoai")
    phone.open("/ngon-ngu/en")
    phone.open(f"/duong-di/ca-nhan/{person}/bang-khen-thu-tuong?ngay=2026-09-01")
    expect(page.locator("h1")).to_contain_text("The way to")
    phone.check("duong-di-dien-thoai-en")
