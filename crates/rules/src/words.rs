//! Words in both languages of the program, and how counts and days are said in them.

use chrono::Datelike;
use serde::Serialize;

use crate::facts::{Day, Discipline, Grade, Group, Hold, Kind, Leave, Scope, Year};

/// One text in Vietnamese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

impl Words {
    /// The two texts.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Words { vi: vi.into(), en: en.into() }
    }

    /// A text that is alike in both languages, such as a number of a decision.
    pub fn same(text: &str) -> Self {
        Words::new(text, text)
    }
}

/// Names joined by "hoặc" and "or".
pub fn either(names: &[Words]) -> Words {
    let join = |texts: Vec<&str>, or: &str| match texts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {or} {last}", rest.join(", ")),
        None => String::new(),
    };
    Words::new(
        join(names.iter().map(|name| name.vi.as_str()).collect(), "hoặc"),
        join(names.iter().map(|name| name.en.as_str()).collect(), "or"),
    )
}

/// A count as official Vietnamese writes it: two digits at least.
pub fn count_vi(count: u32) -> String {
    format!("{count:02}")
}

/// `1 year`, `2 years`.
pub fn count_en(count: u32, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Years as a short list with ranges: `2019, 2021–2023`.
pub fn years(list: &[Year]) -> String {
    let mut runs: Vec<(Year, Year)> = Vec::new();
    for &year in list {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => runs.push((year, year)),
        }
    }
    let text = |&(from, to): &(Year, Year)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    runs.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// A day as each language writes it: `23/11/2026`, `23 November 2026`.
pub fn day(day: Day) -> Words {
    Words::new(
        format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year()),
    )
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub fn grade(grade: Grade) -> Words {
    match grade {
        Grade::KhongHoanThanh => Words::new("không hoàn thành nhiệm vụ", "tasks not completed"),
        Grade::HoanThanh => Words::new("hoàn thành nhiệm vụ", "tasks completed"),
        Grade::Tot => Words::new("hoàn thành tốt nhiệm vụ", "tasks completed well"),
        Grade::XuatSac => Words::new("hoàn thành xuất sắc nhiệm vụ", "tasks completed with excellence"),
    }
}

pub fn scope(scope: Scope) -> Words {
    match scope {
        Scope::CoSo => Words::new("cấp cơ sở", "the base unit"),
        Scope::Bo => Words::new("bộ, ban, ngành, tỉnh", "the ministry or province"),
        Scope::ToanQuoc => Words::new("toàn quốc", "the whole country"),
    }
}

pub fn kind(kind: Kind) -> Words {
    match kind {
        Kind::CongTrang => Words::new("công trạng", "regular merit"),
        Kind::DotXuat => Words::new("đột xuất", "sudden achievement"),
        Kind::PhongTrao => Words::new("phong trào thi đua", "an emulation movement"),
        Kind::CongHien => Words::new("quá trình cống hiến", "long service in leading posts"),
        Kind::NienHan => Words::new("niên hạn", "length of service"),
        Kind::DoiNgoai => Words::new("đối ngoại", "external relations"),
    }
}

pub fn group(group: Group) -> Words {
    match group {
        Group::CanBo => Words::new("cán bộ", "officials"),
        Group::CongChuc => Words::new("công chức", "civil servants"),
        Group::VienChuc => Words::new("viên chức", "public employees"),
        Group::HopDong => Words::new("người làm việc theo hợp đồng", "contract staff"),
        Group::TapSu => Words::new("người tập sự", "staff on probation"),
        Group::CongNhan => Words::new("công nhân", "workers"),
        Group::NongDan => Words::new("nông dân", "farmers"),
        Group::LucLuongVuTrang => Words::new("lực lượng vũ trang", "the armed forces"),
        Group::Khac => Words::new("người lao động khác", "other labourers"),
    }
}

pub fn discipline(discipline: Discipline) -> Words {
    match discipline {
        Discipline::KhienTrach => Words::new("khiển trách", "reprimand"),
        Discipline::CanhCao => Words::new("cảnh cáo", "warning"),
        Discipline::HaBacLuong => Words::new("hạ bậc lương", "reduced pay step"),
        Discipline::GiangChuc => Words::new("giáng chức", "demotion"),
        Discipline::CachChuc => Words::new("cách chức", "removal from post"),
        Discipline::BaiNhiem => Words::new("bãi nhiệm", "recall from office"),
        Discipline::BuocThoiViec => Words::new("buộc thôi việc", "dismissal"),
        Discipline::KhaiTru => Words::new("khai trừ", "expulsion"),
    }
}

pub fn hold(hold: Hold) -> Words {
    match hold {
        Hold::KyLuat => Words::new("đang xem xét kỷ luật", "discipline being considered"),
        Hold::DieuTra => Words::new("đang bị điều tra", "under investigation"),
        Hold::ThanhTra => Words::new("đang thanh tra, kiểm tra", "under inspection"),
        Hold::KiemToan => Words::new("đang kiểm toán", "under audit"),
        Hold::KhieuNai => {
            Words::new("có khiếu nại, tố cáo đang xác minh", "a complaint or denunciation being verified")
        }
        Hold::BaoChi => Words::new("báo chí nêu, đang xác minh", "a press report being verified"),
    }
}

pub fn leave(leave: Leave) -> Words {
    match leave {
        Leave::ThaiSan => Words::new("thai sản", "maternity"),
        Leave::DaoTao => Words::new("đào tạo, bồi dưỡng", "training"),
        Leave::CuuNguoi => Words::new("điều trị do cứu người, cứu tài sản", "treatment after a rescue"),
        Leave::Om => Words::new("nghỉ ốm", "sick leave"),
        Leave::KhongLuong => Words::new("nghỉ không lương", "unpaid leave"),
        Leave::BietPhai => Words::new("biệt phái", "secondment"),
        Leave::Khac => Words::new("nghỉ khác", "other leave"),
    }
}

/// A text with a capital at its head.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
