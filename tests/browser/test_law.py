"""Stories of the law: the shelf, one honour from date to date, the texts, and why a person is or is not eligible."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
BASE_TITLE = "/danh-muc/chien-si-thi-dua-co-so"


def someone(page):
    """The id of the first person on the list."""
    href = page.locator("tbody a[href^='/ca-nhan/']").first.get_attribute("href")
    return re.fullmatch(r"/ca-nhan/([0-9a-f-]{36})(\?.*)?", href).group(1)


def test_an_officer_finds_an_honour_without_diacritics(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Văn bản, tiêu chuẩn").click()
    assert visitor.heading() == "Danh mục danh hiệu, hình thức khen thưởng"
    visitor.check("danh-muc")
    page.get_by_label("Tên danh hiệu, hình thức").fill("chien si thi dua co so")
    page.get_by_role("button", name="Lọc").click()
    rows = page.locator(".shelf tbody tr:not(.group)")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    assert visitor.heading() == "Chiến sĩ thi đua cơ sở"
    visitor.check("danh-hieu")


def test_choosing_a_change_date_strikes_the_values_of_before(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open(f"{BASE_TITLE}?ngay=2015-01-01")
    expect(page.locator(".changes [aria-current]")).to_have_text("15/10/2014")
    page.locator(".changes").get_by_role("link", name="01/01/2024").click()
    expect(page.locator(".changes [aria-current]")).to_have_text("01/01/2024")
    assert page.url.endswith(f"{BASE_TITLE}?ngay=2024-01-01")
    expect(page.locator("del").first).to_have_text("Tiêu chuẩn theo Luật năm 2003 khi chưa sửa đổi")
    expect(page.locator(".tools .chosen-day summary")).to_contain_text("01/01/2024")
    visitor.check("danh-hieu-moc-2024")
    page.go_back()
    expect(page.locator(".changes [aria-current]")).to_have_text("15/10/2014")


def test_the_rows_and_the_cases_of_an_honour_lie_behind_their_own_tabs(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open(BASE_TITLE)
    page.get_by_role("link", name="Thẩm quyền, tiền thưởng, hồ sơ").click()
    expect(page.locator(".bonuses .now").first).to_contain_text("2.530.000 đồng")
    visitor.check("danh-hieu-ho-so")
    page.get_by_role("link", name="Ví dụ kiểm chứng").click()
    rows = page.locator(".cases tbody tr")
    expect(page.locator(".cases .law-loaded")).to_have_count(rows.count())
    visitor.check("danh-hieu-vi-du")


def test_the_texts_say_what_waits_for_the_law_of_2026(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/van-ban")
    missing = page.locator("section", has=page.get_by_role("heading", name="Chưa được cập nhật"))
    amending = missing.locator(".texts > li", has_text="06/2026/QH16")
    amending.locator("summary").click()
    expect(amending.get_by_role("link", name="Chiến sĩ thi đua cơ sở", exact=True)).to_be_visible()
    visitor.check("van-ban")


def test_why_a_person_is_eligible_is_told_with_records_articles_and_another_day(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan")
    person = someone(page)
    visitor.open(f"/can-cu/ca-nhan/{person}/lao-dong-tien-tien?ngay=2026-10-05")
    assert visitor.heading() == "Lao động tiên tiến"
    expect(page.locator(".sentence")).to_have_text(re.compile("^Theo quy định đến 30/09/2026: "))
    expect(page.locator(".why-verdict .verdict")).to_have_text("Chưa đủ căn cứ kết luận")
    visitor.check("can-cu-2026")
    page.get_by_label("Ngày xét").fill("2026-01-15")
    page.get_by_role("button", name="Xét lại").click()
    expect(page.locator(".why-verdict dd").first).to_have_text("15/01/2026")
    article = page.locator(".why-tree .cite a").first
    assert article.get_attribute("href") == "/danh-muc/lao-dong-tien-tien?ngay=2026-01-15"
    page.get_by_label("Ngày nhận hồ sơ").fill("2026-02-01")
    page.get_by_role("button", name="Xét lại").click()
    expect(page.locator("#w-nhan")).to_have_text("Ngày nhận hồ sơ không thể sau ngày xét.")
    visitor.check("can-cu-sai")


def test_why_prints_as_a_letter(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan")
    visitor.open(f"/can-cu/ca-nhan/{someone(page)}/lao-dong-tien-tien?ngay=2026-01-15")
    expect(page.locator(".paper-head")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".paper-head")).to_contain_text("Văn phòng Chính phủ")
    expect(page.locator(".paper-foot")).to_be_visible()
    for left_out in [".top", ".rail", ".head .actions", "form.filters"]:
        expect(page.locator(left_out)).to_be_hidden()


def test_the_pages_of_the_law_fit_a_telephone(phone):
    page = phone.sign_in(OFFICER)
    for path in ["/danh-muc", "/van-ban", BASE_TITLE, f"{BASE_TITLE}?phan=ho-so", f"{BASE_TITLE}?phan=vi-du"]:
        phone.open(path)
        phone.check(re.sub(r"\W+", "-", path).strip("-"))
    phone.open("/ca-nhan")
    phone.open(f"/can-cu/ca-nhan/{someone(page)}/huan-chuong-lao-dong-ba?ngay=2026-01-15")
    phone.check("can-cu-huan-chuong")


def test_a_change_date_is_chosen_without_scripts(without_scripts):
    page = without_scripts.sign_in(OFFICER)
    without_scripts.open(BASE_TITLE)
    page.locator(".changes").get_by_role("link", name="01/10/2017").click()
    expect(page.locator(".changes [aria-current]")).to_have_text("01/10/2017")


def test_the_law_is_read_in_english(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/danh-muc")
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "Titles and forms of commendation"
    visitor.check("law-english")
    visitor.open(f"{BASE_TITLE}?ngay=2025-01-15")
    assert visitor.heading() == "Emulation fighter at grassroots level"
    visitor.check("award-english")
    visitor.open("/van-ban")
    assert visitor.heading() == "Texts"
    visitor.check("texts-english")
    visitor.open("/ca-nhan")
    visitor.open(f"/can-cu/ca-nhan/{someone(page)}/lao-dong-tien-tien?ngay=2026-01-15")
    assert visitor.heading() == "Advanced worker"
    visitor.check("why-english")
