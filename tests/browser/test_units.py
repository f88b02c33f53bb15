"""Stories of units: the tree of a day, one unit from its names to its members, and who may not see it."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"


def unit(visitor, name, day=""):
    """Opens a unit from the tree of a day."""
    visitor.open(f"/tap-the{day}")
    visitor.page.locator(".units").get_by_role("link", name=name, exact=True).click()


def test_the_tree_follows_the_day(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Tập thể").click()
    assert visitor.heading() == "Tập thể"
    expect(page.locator(".units tbody th").first).to_have_text("Vụ Tổng hợp")
    visitor.check("tap-the")
    visitor.open("/tap-the?ngay=2015-06-01")
    expect(page.locator(".units").get_by_role("link", name="Vụ Kinh tế ngành", exact=True)).to_be_visible()
    expect(page.locator(".units").get_by_role("link", name="Vụ Công nghiệp", exact=True)).to_have_count(0)


def test_a_unit_tells_from_which_it_was_split(visitor):
    page = visitor.sign_in(OFFICER)
    unit(visitor, "Vụ Nông nghiệp")
    expect(page.locator(".lineage")).to_contain_text("Vụ Nông nghiệp được tách ra từ Vụ Kinh tế ngành")
    page.locator(".lineage").get_by_role("link", name="Vụ Kinh tế ngành").click()
    assert visitor.heading() == "Vụ Kinh tế ngành"
    expect(page.locator(".notice")).to_contain_text("không còn hoạt động")
    visitor.check("tap-the-da-chia-tach")


def test_a_unit_shows_flags_years_members_and_honours(visitor):
    page = visitor.sign_in(OFFICER)
    unit(visitor, "Vụ Tổ chức cán bộ")
    assert visitor.heading() == "Vụ Tổ chức cán bộ"
    expect(page.locator(".yearly tbody th").first).to_have_text("2025")
    expect(page.locator(".strip .rows")).to_contain_text("Cờ thi đua")
    visitor.check("mot-tap-the")
    page.get_by_role("link", name=re.compile("^Xem thêm .* người$")).click()
    expect(page.locator("section[aria-labelledby=thanh-vien] tbody tr")).to_have_count(27)


def test_a_phone_reads_a_unit(phone):
    page = phone.sign_in(OFFICER)
    unit(phone, "Vụ Tổ chức cán bộ")
    phone.check("mot-tap-the")
    phone.open("/tap-the")
    phone.check("tap-the")
    page.locator(".bottom").get_by_role("link", name="Cá nhân").click()
    assert phone.heading() == "Cá nhân"


def test_a_head_sees_their_own_unit_and_is_told_where_sight_ends(visitor):
    page = visitor.sign_in("Thủ trưởng đơn vị")
    visitor.open("/tap-the")
    own = page.locator(".units tbody a").first.get_attribute("href")
    visitor.open(own)
    assert visitor.heading() == page.locator(".crumbs [aria-current]").inner_text()
    visitor.open("/tap-the/00000000-0000-7000-8000-000000000000")
    expect(page.locator("main")).to_contain_text("ngoài phạm vi Ông (Bà) được xem")


def test_units_in_english(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ngon-ngu/en?ve=/tap-the")
    assert visitor.heading() == "Units"
    page.locator(".units tbody a").first.click()
    expect(page.get_by_role("heading", name="Results by year")).to_be_visible()
    visitor.check("unit-english")
