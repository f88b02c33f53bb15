"""Stories of households: one is entered, found in its own list, asked for its title and told on its page."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
NAME = "Hộ ông Nguyễn Văn Thử Nghiệm"


def test_a_household_is_entered_listed_and_asked_for_its_title(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan")
    page.get_by_role("link", name="Hộ gia đình", exact=True).click()
    visitor.check("ho-gia-dinh-trong")
    page.get_by_role("link", name="Ghi hộ gia đình mới").click()
    visitor.check("ghi-ho-gia-dinh")
    page.locator("[name=full_name]").fill(NAME)
    page.locator("[name=address]").fill("Tổ dân phố số 3, phường Mẫu")
    page.locator("[name=unit]").select_option(index=1)
    page.locator("[name=from_day]").fill("01/01/2015")
    page.locator("[name=ly-do]").fill("Danh sách của phường")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(re.compile("/ho-so"))
    visitor.check("ho-so-ho-gia-dinh")
    expect(page.get_by_role("link", name="Chức vụ", exact=True)).to_have_count(0)
    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link", name="Hộ gia đình").click()
    expect(page.locator("table")).to_contain_text("Tổ dân phố số 3, phường Mẫu")
    visitor.check("ho-gia-dinh")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("h1")).to_have_text(NAME)
    visitor.check("mot-ho-gia-dinh")
    household = page.url.split("?")[0].rsplit("/", 1)[1]
    visitor.open(f"/can-cu/ca-nhan/{household}/gia-dinh-van-hoa?ngay=2025-12-05")
    expect(page.locator(".verdict").first).to_contain_text("Chưa đủ căn cứ")
    visitor.check("vi-sao-ho-gia-dinh")
