"""Stories of entry: a person, a post and a grade go in, a slip is corrected and told before and after, two units merge."""

import re

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
WHY = "Nhập từ hồ sơ giấy năm 2019"


def fill(page, **fields):
    """Fills a form by the names of its fields and gives the reason."""
    for name, value in fields.items():
        control = page.locator(f"[name={name}]")
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.locator("[name=ly-do]").fill(WHY)


def test_a_person_a_post_and_a_grade_are_entered_and_a_slip_is_told_before_and_after(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/ca-nhan")
    page.get_by_role("link", name="Ghi cá nhân mới").click()
    visitor.check("ghi-ca-nhan")
    unit = page.locator("[name=unit] option").nth(1).get_attribute("value")
    fill(page, full_name="Trịnh Thị Thử Nghiệm", sex="nu", born="2/5/1980", excluded_from_roster="0", unit=unit)
    page.locator("[name=from_day]").fill("31/02/2010")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".wrong")).to_contain_text("Không đọc được ngày")
    expect(page.locator("[name=full_name]")).to_have_value("Trịnh Thị Thử Nghiệm")
    visitor.check("ghi-ca-nhan-sai")
    page.locator("[name=from_day]").fill("01/02/2010")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(re.compile("/ho-so"))
    visitor.check("ho-so-ca-nhan")
    page.get_by_role("link", name="Chức vụ", exact=True).click()
    fill(page, label="Trưởng phòng", side="chinh-quyen", form="chinh-thuc", level="lanh-dao-phong", position="1")
    page.locator("[name=from_day]").fill("01/01/2015")
    visitor.check("ghi-chuc-vu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("link", name="Xếp loại", exact=True).click()
    fill(page, year="2024", grade="tot")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".records").get_by_role("link", name="Sửa").click()
    fill(page, grade="xuat-sac")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".head").get_by_role("link", name="Lịch sử thay đổi").click()
    told = page.locator(".record-changes .corrected")
    expect(told).to_contain_text("Mức xếp loại: Hoàn thành tốt nhiệm vụ → Hoàn thành xuất sắc nhiệm vụ")
    expect(told).to_contain_text(WHY)
    visitor.check("lich-su-thay-doi")


def test_two_units_merge(visitor):
    page = visitor.sign_in(OFFICER)
    visitor.open("/tap-the")
    page.get_by_role("link", name="Sáp nhập, chia tách").click()
    visitor.check("sap-nhap")
    boxes = page.locator(".ticks input")
    # Two units in which nobody of the other stories sits.
    name = page.locator(".ticks label").nth(11).inner_text()
    boxes.nth(11).check()
    page.locator("[name=sau]").select_option(boxes.nth(12).get_attribute("value"))
    page.locator("[name=ngay-hieu-luc]").fill("01/10/2026")
    page.locator("[name=giu]").select_option("1")
    page.locator("[name=ly-do]").fill("Quyết định sắp xếp tổ chức")
    page.get_by_role("button", name="Thực hiện").click()
    page.wait_for_url(re.compile("loai=ke-tuc"))
    expect(page.locator(".records tbody")).to_contain_text(name.rsplit(" (", 1)[0])
    visitor.check("ke-tuc")


def test_a_form_on_a_telephone(phone):
    page = phone.sign_in(OFFICER)
    phone.open("/ca-nhan")
    page.locator(".people-list tbody a").first.click()
    page.get_by_role("link", name="Ghi thêm, sửa").click()
    phone.check("ho-so-dien-thoai")
    page.get_by_role("link", name="Xếp loại", exact=True).first.click()
    phone.check("xep-loai-dien-thoai")
