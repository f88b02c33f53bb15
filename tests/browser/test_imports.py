"""Stories of bringing a list in: columns recognised, people told apart side by side, entered at once, given back, undone."""

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
PATIENCE = 30_000


def messy(folder, name, unit):
    """A list as offices send them: lines above the head, marks left out, a sum and a signature below, and mistakes."""
    lines = [
        "VĂN PHÒNG CHÍNH PHỦ;;;;",
        "DANH SÁCH ĐÁNH GIÁ, XẾP LOẠI;;;;",
        "TT;Ho va ten;Năm sinh;Đơn vị công tác;Mức xếp loại",
        f"1;{name};;{unit};HTTNV",
        f"2;Ngô Văn Mới Đến;05/06/1990;{unit};Hoàn thành xuất sắc nhiệm vụ",
        "3;Lê Thị Lạc;1985;Vụ Không Có;HTNV",
        f"4;Phạm Văn Nhầm;31/02/1980;{unit};Khá",
        "Tổng cộng;;;;4",
        ";;;Người lập biểu;",
    ]
    path = folder / "xep-loai-2026.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def sent(visitor, path):
    """Sends a file of grades of 2026 and has it read as found."""
    page = visitor.page
    page.goto(visitor.base + "/nhap-du-lieu")
    page.get_by_label("Nội dung các dòng").select_option(label="Mức độ hoàn thành nhiệm vụ")
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_label("Nội dung cột B")).to_have_value("ho-ten")
    expect(page.get_by_label("Nội dung cột E")).to_have_value("xep-loai")
    return page


def test_a_messy_list_comes_in_side_by_side_goes_back_and_is_undone(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/ca-nhan")
    first = page.locator("tbody tr").first
    name, unit = first.locator("th a").inner_text(), first.locator("td").nth(1).inner_text()
    page.goto(visitor.base + "/nhap-du-lieu")
    visitor.check("nhap-du-lieu")
    page = sent(visitor, messy(tmp_path, name, unit))
    visitor.check("nhap-du-lieu-cot")
    page.get_by_label("Năm của các dòng không ghi năm").fill("2026")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("link", name="Xem và xác nhận")).to_be_visible(timeout=PATIENCE)
    visitor.check("nhap-du-lieu-cac-dong")
    doubtful = page.locator("#d-4")
    expect(doubtful).to_contain_text("cùng tên, ở")
    doubtful.get_by_role("button", name="Đúng người này").first.click()
    expect(page.locator("#d-4")).to_contain_text("Sẵn sàng")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp kèm cột lỗi").click()
    back = download.value.path().read_text(encoding="utf-8-sig")
    assert "không có đơn vị «Vụ Không Có»" in back
    assert "«Khá» không phải là mức xếp loại" in back
    page.get_by_role("link", name="Xem và xác nhận").click()
    visitor.check("nhap-du-lieu-xac-nhan")
    page.get_by_role("button", name="Ghi phần đúng").click()
    expect(page.get_by_role("heading", name="Hoàn tác lần ghi này")).to_be_visible(timeout=PATIENCE)
    visitor.check("nhap-du-lieu-ket-qua")
    page.goto(visitor.base + "/ca-nhan?q=ngo+van+moi+den")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_label("Lý do hoàn tác").fill("nhập nhầm tệp")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", name="Đã hoàn tác")).to_be_visible(timeout=PATIENCE)
    page.goto(visitor.base + "/ca-nhan?q=ngo+van+moi+den&tat-ca=1")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_the_rows_are_told_apart_on_a_telephone_too(phone, tmp_path):
    page = phone.sign_in(OFFICER)
    page.goto(phone.base + "/ca-nhan")
    first = page.locator("tbody tr").first
    name, unit = first.locator("th a").inner_text(), first.locator("td").nth(1).inner_text()
    page = sent(phone, messy(tmp_path, name, unit))
    phone.check("nhap-du-lieu-cot")
    page.get_by_label("Năm của các dòng không ghi năm").fill("2026")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("link", name="Xem và xác nhận")).to_be_visible(timeout=PATIENCE)
    phone.check("nhap-du-lieu-cac-dong")
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("Đã bỏ").first).to_be_visible()
