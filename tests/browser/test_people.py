"""Stories of people: finding one without diacritics, the career strip, what is within reach, the way to decisions and reasons."""

import re
import unicodedata

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"


def first_with_honours(visitor):
    """Opens the first person who holds a certificate of the Prime Minister."""
    visitor.open("/ca-nhan?khen-thuong=bang-khen-thu-tuong")
    visitor.page.locator(".people-list tbody a").first.click()


def test_an_officer_finds_a_person_without_diacritics(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Cá nhân").click()
    assert visitor.heading() == "Cá nhân"
    visitor.check("ca-nhan")
    name = page.locator(".people-list tbody a").nth(4).inner_text()
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    page.keyboard.press("/")
    page.keyboard.type(plain)
    page.keyboard.press("Enter")
    expect(page.locator(".people-list tbody a").first).to_have_text(name)
    page.locator(".people-list tbody a").first.click()
    assert visitor.heading() == name


def test_nobody_found_says_what_to_do(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan?q=khong%20co%20ai")
    expect(page.get_by_role("heading", name="Không tìm thấy người phù hợp")).to_be_visible()
    visitor.check("ca-nhan-khong-thay")
    visitor.open("/ca-nhan?cap=khong-co")
    expect(page.locator(".wrong")).to_have_text("Giá trị này không có trong danh sách. Hãy chọn lại.")


def test_a_mark_of_the_strip_opens_its_decision(visitor):
    page = visitor.sign_in(OFFICER)
    first_with_honours(visitor)
    visitor.check("mot-ca-nhan")
    mark = page.locator(".strip .years a").last
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/quyet-dinh/"))
    assert visitor.heading().startswith("Quyết định số MH-")


def test_the_strip_can_be_read_as_a_table(visitor):
    page = visitor.sign_in(OFFICER)
    first_with_honours(visitor)
    page.locator(".strip summary").click()
    table = page.locator(".strip table")
    expect(table.get_by_role("row", name=re.compile("^Lao động tiên tiến ")).first).to_be_visible()
    visitor.check("mot-ca-nhan-bang")


def test_a_card_leads_to_its_reasons_and_the_rest_comes_on_request(visitor):
    page = visitor.sign_in(OFFICER)
    first_with_honours(visitor)
    expect(page.locator(".reach article")).to_have_count(10)
    said = page.locator(".reach .provisional").first.inner_text()
    assert said.startswith("Theo quy định đến 30/09/2026: ") and said.endswith("Luật số 06/2026/QH16 (chưa được cập nhật).")
    page.get_by_role("link", name=re.compile("^Xem thêm .* danh hiệu, hình thức")).click()
    assert page.locator(".reach article").count() > 10
    page.locator(".reach").get_by_role("link", name="Căn cứ").first.click()
    page.wait_for_url(re.compile("/can-cu/ca-nhan/"))


def test_on_an_earlier_day_the_verdicts_are_plain(visitor):
    page = visitor.sign_in(OFFICER)
    first_with_honours(visitor)
    visitor.open(page.url.replace(visitor.base, "") + "?ngay=2025-03-10")
    expect(page.locator(".reach .provisional")).to_have_count(0)
    expect(page.locator(".reach .verdict").first).to_be_visible()
    visitor.check("mot-ca-nhan-2025")


def test_a_phone_scrolls_the_strip_and_nothing_else(phone):
    page = phone.sign_in(OFFICER)
    first_with_honours(phone)
    strip = page.locator(".strip .drawing")
    wide, shown, at = strip.evaluate("e => [e.scrollWidth, e.clientWidth, e.scrollLeft]")
    assert wide > shown and at > 0, "the newest years are in sight"
    phone.check("mot-ca-nhan")
    phone.open("/ca-nhan")
    phone.check("ca-nhan")


def test_a_person_named_by_the_article_is_quoted(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan?q=huynh+vu")
    page.locator(".people-list tbody a").first.click()
    assert visitor.heading() == "Huỳnh Vũ"
    expect(page.locator(".said").first).to_have_text(
        "Người thật được bài báo nêu tên – chỉ ghi chức vụ như bài báo in"
    )
    expect(page.locator(".strip")).to_have_count(0)
    visitor.check("ca-nhan-theo-bai-bao")


def test_an_employee_opens_their_own_page_in_english(visitor):
    page = visitor.sign_in("Công chức, viên chức, người lao động")
    visitor.open("/ca-nhan")
    expect(page.locator(".people-list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "People"
    page.locator(".people-list tbody a").click()
    expect(page.get_by_role("heading", name="Standards of honours")).to_be_visible()
    visitor.check("own-page-english")
