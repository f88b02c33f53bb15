"""Stories of the award decisions: finding one, reading its lines, at a desk and with a telephone."""

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
EMPLOYEE = "Công chức, viên chức, người lao động"


def test_an_officer_finds_a_decision_and_reads_who_is_honoured(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Quyết định khen thưởng").click()
    assert visitor.heading() == "Quyết định khen thưởng"
    expect(page.locator("tbody tr")).to_have_count(50)
    visitor.check("quyet-dinh")
    page.get_by_label("Nội dung").fill("huan chuong lao dong")
    page.get_by_label("Năm", exact=True).fill("2017")
    page.get_by_role("button", name="Lọc").click()
    page.locator("tbody th a").first.click()
    assert visitor.heading().startswith("Quyết định số MH-")
    expect(page.get_by_role("heading", level=2).filter(has_text="Huân chương Lao động").first).to_be_visible()
    visitor.check("mot-quyet-dinh")
    page.locator(".crumbs").get_by_role("link", name="Quyết định khen thưởng").click()
    assert visitor.heading() == "Quyết định khen thưởng"


def test_a_year_that_is_none_is_told_beside_its_field(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/quyet-dinh?nam=20x")
    expect(page.get_by_label("Năm", exact=True)).to_have_value("20x")
    expect(page.get_by_label("Năm", exact=True)).to_have_accessible_description("Ghi năm bằng bốn chữ số, ví dụ 2020.")
    visitor.check("quyet-dinh-sai-nam")


def test_the_pages_follow_one_another_to_the_end(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/quyet-dinh?tu=2018-01-01&den=2021-12-31")
    seen = page.locator("tbody th a").all_inner_texts()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("link", name="Về đầu danh sách")).to_be_visible()
    assert page.locator("tbody th a").all_inner_texts() != seen
    page.get_by_role("link", name="Về đầu danh sách").click()
    expect(page.locator("tbody th a")).to_have_text(seen)


def test_a_telephone_shows_every_decision_without_scrolling_sideways(phone):
    page = phone.sign_in(OFFICER)
    page.goto(phone.base + "/quyet-dinh?nam=2019")
    phone.check("quyet-dinh")
    page.locator("tbody th a").first.click()
    phone.check("mot-quyet-dinh")


def test_an_employee_sees_only_decisions_that_name_them(visitor):
    page = visitor.sign_in(EMPLOYEE)
    page.goto(visitor.base + "/quyet-dinh")
    assert visitor.heading() == "Quyết định khen thưởng"
    expect(page.locator(".rail").get_by_role("link", name="Báo cáo, thống kê")).to_have_count(0)
    visitor.check("quyet-dinh-cua-minh")


def test_the_pages_are_read_in_english(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/quyet-dinh?nam=2019")
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "Award decisions"
    page.locator("tbody th a").first.click()
    assert visitor.heading().startswith("Decision MH-")
    visitor.check("decision")
