//! Enters many fictitious names into an empty database and says how long the first twenty of a search take: for measuring by hand.

use std::error::Error;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate};
use store::access::Viewer;
use store::error::StoreError;
use store::page::Page;
use store::people::{self, Filter};
use store::records::{NewOffice, NewPerson};
use store::words::Role;
use store::{Store, search};
use uuid::Uuid;

const OFFICE: i32 = 1;
const PART: usize = 20_000;
const QUERIES: usize = 2_000;
/// About as common among a thousand as in the country.
const SURNAMES: [(&str, u32); 20] = [
    ("Nguyễn", 384),
    ("Trần", 121),
    ("Lê", 95),
    ("Phạm", 70),
    ("Hoàng", 51),
    ("Phan", 45),
    ("Vũ", 39),
    ("Đặng", 21),
    ("Bùi", 20),
    ("Đỗ", 14),
    ("Hồ", 13),
    ("Ngô", 13),
    ("Dương", 10),
    ("Lý", 5),
    ("Đinh", 10),
    ("Trịnh", 9),
    ("Mai", 8),
    ("Đào", 8),
    ("Lương", 7),
    ("Tạ", 5),
];
const MIDDLES: [(&str, u32); 24] = [
    ("Thị", 300),
    ("Văn", 250),
    ("Thị Thu", 40),
    ("Thị Thanh", 40),
    ("Thị Ngọc", 30),
    ("Đức", 40),
    ("Minh", 40),
    ("Ngọc", 30),
    ("Thanh", 30),
    ("Quốc", 20),
    ("Hữu", 25),
    ("Xuân", 25),
    ("Đình", 20),
    ("Công", 15),
    ("Quang", 20),
    ("Thành", 15),
    ("Hoàng", 15),
    ("Bảo", 10),
    ("Gia", 10),
    ("Hải", 10),
    ("Mạnh", 10),
    ("Việt", 10),
    ("Thuỳ", 10),
    ("Kim", 10),
];
const GIVEN: &str = "An Anh Ánh Ân Bách Bảo Bích Bình Cẩm Cao Chi Chiến Chinh Công Cúc Cương Cường Dung Dũng Duy \
    Duyên Dương Đan Đạt Đăng Điệp Định Đoàn Đông Đức Giang Hà Hải Hạnh Hào Hảo Hằng Hân Hậu Hiên Hiền Hiển Hiếu Hiệp \
    Hoa Hoà Hoài Hoan Hoàng Hồng Huệ Hùng Huy Huyền Hưng Hương Hướng Hường Hữu Kha Khang Khánh Khải Khiêm Khoa Khôi \
    Kiên Kiệt Kiều Lam Lan Lâm Lệ Liên Linh Loan Long Lộc Lợi Luân Lương Ly Mai Mạnh Mẫn Minh My Mỹ Nam Nga Ngà Ngân \
    Nghĩa Ngọc Nguyên Nguyệt Nhàn Nhân Nhật Nhi Nhung Như Oanh Phát Phong Phú Phúc Phương Phượng Quang Quân Quế Quốc \
    Quý Quyên Quyết Quỳnh Sang Sáng Sinh Sơn Sương Tài Tâm Tân Thái Thanh Thành Thảo Thạch Thắng Thiện Thìn Thịnh Thoa \
    Thông Thơ Thu Thuận Thuỷ Thuý Thư Thương Tiên Tiến Tín Toàn Toán Trang Trâm Trí Trinh Trọng Trúc Trung Trường Tú \
    Tuấn Tuệ Tùng Tuyên Tuyền Tuyết Tường Uyên Vân Vi Việt Vinh Vũ Vượng Vy Xuân Yên Yến";

/// The same numbers in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    fn weighted<'a>(&mut self, words: &[(&'a str, u32)]) -> &'a str {
        let all: u32 = words.iter().map(|(_, weight)| weight).sum();
        let mut place = self.below(all as usize) as u32;
        for (word, weight) in words {
            if place < *weight {
                return word;
            }
            place -= weight;
        }
        ""
    }

    fn name(&mut self, given: &[&str]) -> String {
        let (surname, middle) = (self.weighted(&SURNAMES), self.weighted(&MIDDLES));
        format!("{surname} {middle} {}", given[self.below(given.len())])
    }
}

/// Makes a question of words.
type Ask = fn(&[&str]) -> String;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, people] = arguments.as_slice() else {
        println!("names sqlite:FILE PEOPLE");
        return Ok(());
    };
    let given: Vec<&str> = GIVEN.split_whitespace().collect();
    let store = store::open_to_fill(url).await?;
    store.migrate().await?;
    if store.is_empty(OFFICE).await? {
        enter(&store, people.parse()?, &given).await?;
    }
    measure(&store, &given).await?;
    Ok(store.close().await?)
}

async fn enter(store: &Store, people: usize, given: &[&str]) -> Result<(), StoreError> {
    let (begun, mut draw) = (Instant::now(), Draw(1));
    let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default();
    for from in (0..people).step_by(PART) {
        let part = PART.min(people - from);
        let write = async |step: &mut store::step::Step| {
            step.found_later();
            if from == 0 {
                let (id, code, name) = (step.id(), "MINH-HOA".to_owned(), "Cơ quan minh hoạ".to_owned());
                step.add(NewOffice { id, code, name, name_en: None, illustrative: true })?;
            }
            for _ in 0..part {
                step.add(NewPerson { fictitious: true, ..NewPerson::named(step.id(), draw.name(given)) })?;
            }
            Ok(())
        };
        store.step(OFFICE, None, at, "names", write).await?;
    }
    println!("{people} entered in {:.0?}", begun.elapsed());
    let begun = Instant::now();
    search::rebuild(store, OFFICE).await?;
    println!("index made in {:.0?}", begun.elapsed());
    Ok(())
}

/// Each kind of query many times with other names: the first twenty, and a page of the list.
async fn measure(store: &Store, given: &[&str]) -> Result<(), StoreError> {
    let officer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let kinds: [(&str, Ask); 6] = [
        ("a surname", |words| words[0].to_owned()),
        ("a given name", |words| words[words.len() - 1].to_owned()),
        ("surname and given name", |words| format!("{} {}", words[0], words[words.len() - 1])),
        ("a whole name", |words| words.join(" ")),
        ("a whole name without marks", |words| store::names::fold(&words.join(" "))),
        ("a beginning", |words| {
            let letters: Vec<char> = store::names::fold(&words.join(" ")).chars().collect();
            letters[..=letters.len() / 2].iter().collect()
        }),
    ];
    for (kind, query) in kinds {
        let (mut draw, mut found, mut listed) = (Draw(2), Vec::new(), Vec::new());
        for _ in 0..QUERIES {
            let name = draw.name(given);
            let query = query(&name.split(' ').collect::<Vec<_>>());
            let begun = Instant::now();
            people::search(store, &officer, &query, day, 20).await?;
            found.push(begun.elapsed());
            let filter = Filter { name: Some(query), ..Filter::everyone(day) };
            let begun = Instant::now();
            people::list(store, &officer, &filter, Page::first(50)).await?;
            listed.push(begun.elapsed());
        }
        println!("{kind:28} first 20: {}; a page of 50: {}", told(found), told(listed));
    }
    Ok(())
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied().unwrap_or_default();
    format!("p50 {:.2?}, p99 {:.2?}, most {:.2?}", at(50), at(99), at(100))
}
