"""Stories of bringing a list in: columns recognised, people told apart side by side, entered at once, given back, undone."""

import pathlib
import re
import zipfile

from playwright.sync_api import expect

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "crates/intake/tests/files/messy.xlsx"
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
        "TT;Họ và tên;Năm sinh;Đơn vị công tác;Mức xếp loại",
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
    expect(page.get_by_text("Đã bỏ qua 3 dòng không phải là dữ liệu: 1 dòng tiêu đề lặp lại, 1 dòng cộng, 1 dòng")).to_be_visible()
    page.get_by_role("link", name="Xem từng dòng và lý do").click()
    expect(page.locator("#d-8")).to_contain_text("dòng tiêu đề lặp lại: «TT, Họ và tên")
    visitor.check("nhap-du-lieu-bo-qua")
    page.locator("#d-9").get_by_role("button", name="Đọc dòng này như một dòng dữ liệu").click()
    page.get_by_role("link", name="Có lỗi").click()
    expect(page.locator("#d-9")).to_contain_text("thiếu")
    page.get_by_role("link", name="Tất cả").click()
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


def last_cells(workbook, sheet: int) -> dict[int, str]:
    """The text of the last cell of each row of a sheet, by the number of the row, as any program unpacks it."""
    with zipfile.ZipFile(workbook) as packed:
        assert packed.testzip() is None
        rows = packed.read(f"xl/worksheets/sheet{sheet}.xml").decode("utf-8")
    last = {}
    for number, cells in re.findall(r'<row [^>]*?r="(\d+)"[^>]*>(.*?)</row>', rows, re.DOTALL):
        found = re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", cells, re.DOTALL)
        last[int(number)] = "".join(re.findall(r"<t[^>]*>(.*?)</t>", found[-1])) if found else ""
    return last


def test_a_workbook_with_every_fault_comes_in_with_progress_goes_back_with_a_column_and_is_undone(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/nhap-du-lieu")
    page.get_by_label("Nội dung các dòng").select_option(label="Cá nhân")
    page.get_by_label("Tệp", exact=True).set_input_files(WORKBOOK)
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_label("Trang tính", exact=True).locator("option:checked")).to_have_text("Danh sách")
    expect(page.get_by_label("Bảng mã chữ", exact=True).locator("option:checked")).to_have_text("Tự nhận biết: Unicode")
    page.get_by_label("Trang tính", exact=True).select_option(label="Danh sach cu")
    page.get_by_role("button", name="Xem lại các cột").click()
    expect(page.get_by_label("Bảng mã chữ", exact=True).locator("option:checked")).to_have_text(
        "Tự nhận biết: TCVN3 (ABC, .VnTime)"
    )
    names = page.locator("tbody tr", has_text="Ho ten").locator("td").first
    expect(names).to_have_text("Vũ Thị Hường · Bùi Đức Ước")
    page.get_by_label("Bảng mã chữ", exact=True).select_option(label="Unicode")
    page.get_by_role("button", name="Xem lại các cột").click()
    expect(names).not_to_contain_text("Hường")
    visitor.check("nhap-du-lieu-bang-ma")
    page.get_by_label("Bảng mã chữ", exact=True).select_option(index=0)
    page.get_by_label("Trang tính", exact=True).select_option(label="Danh sách")
    page.get_by_role("button", name="Xem lại các cột").click()
    expect(page.get_by_label("Tiêu đề từ dòng")).to_have_value("6")
    expect(page.get_by_label("Nội dung cột B")).to_have_value("ho-ten")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("#d-14")).to_contain_text("«31/02/1979» không phải là ngày", timeout=PATIENCE)
    visitor.check("nhap-du-lieu-so-tinh")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp kèm cột lỗi").click()
    assert download.value.suggested_filename == "messy.xlsx"
    said = last_cells(download.value.path(), 2)
    assert said[6] == "Lỗi cần sửa (vinhdanh)"
    assert "«31/02/1979» không phải là ngày" in said[14], said
    assert last_cells(download.value.path(), 3) == last_cells(WORKBOOK, 3)

    page.get_by_role("button", name="Chọn lại cột").click()
    page.get_by_label("Trang tính", exact=True).select_option(label="Danh sach cu")
    page.get_by_role("button", name="Xem lại các cột").click()
    # The units of the list are no units of this office.
    page.get_by_label("Nội dung cột D").select_option(label="Không đọc")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("#d-2")).to_contain_text("Vũ Thị Hường", timeout=PATIENCE)
    page.get_by_role("link", name="Xem và xác nhận").click()
    page.get_by_role("button", name="Ghi").first.click()
    expect(page.get_by_role("heading", name="Hoàn tác lần ghi này")).to_be_visible(timeout=PATIENCE)
    page.goto(visitor.base + "/ca-nhan?q=bui+duc+uoc&tat-ca=1")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_label("Lý do hoàn tác").fill("danh sách của cơ quan khác")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", name="Đã hoàn tác")).to_be_visible(timeout=PATIENCE)
    page.goto(visitor.base + "/ca-nhan?q=bui+duc+uoc&tat-ca=1")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_a_long_list_shows_how_far_it_is_and_stops_when_asked(visitor, tmp_path):
    lines = "".join(f"Nguyễn Văn Thử {n},{1960 + n % 40},HTTNV\n" for n in range(150_000))
    path = tmp_path / "dai.csv"
    path.write_text("Họ và tên,Năm sinh,Mức xếp loại\n" + lines, encoding="utf-8")
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/nhap-du-lieu")
    page.get_by_label("Nội dung các dòng").select_option(label="Mức độ hoàn thành nhiệm vụ")
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    page.get_by_role("button", name="Gửi tệp").click()
    page.get_by_label("Năm của các dòng không ghi năm").fill("2026")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    visitor.check("nhap-du-lieu-dang-doc")
    page.get_by_role("button", name="Dừng lại").click()
    expect(page.get_by_role("button", name="Đọc tệp")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("Đã bỏ").first).to_be_visible()


def test_a_file_of_two_hundred_megabytes_is_refused_beside_its_field(visitor, tmp_path):
    path = tmp_path / "to.xlsx"
    with path.open("wb") as large:
        large.truncate(200 << 20)
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/nhap-du-lieu")
    page.get_by_label("Nội dung các dòng").select_option(label="Cá nhân")
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    page.get_by_role("button", name="Gửi tệp").click()
    field = page.get_by_label("Tệp", exact=True)
    expect(field).to_have_accessible_description("Tệp lớn hơn 64 MB. Hãy chia thành nhiều tệp.")
    visitor.check("nhap-du-lieu-qua-lon")


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
