//! From the text of a cell to a value, or to what is wrong with it.

use chrono::{Datelike, NaiveDate};

use crate::fold::fold;

/// What is wrong with the text of a cell; the words for a reader are the program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Complaint {
    NoDay,
    NoYear,
    NoSex,
    NoGrade,
    NoScope,
    NoDiscipline,
    NoDecisionNumber,
    NoIdNumber,
    /// No honour of the catalogue is like it.
    NoAward,
    /// Two honours are equally like it.
    DoubtfulAward,
}

/// A day, or as much of it as the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Day(NaiveDate),
    /// Year and month.
    Month(i32, u32),
    Year(i32),
}

impl When {
    /// The first day that it can mean.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
        }
    }

    pub fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Year(year) => year,
        }
    }
}

/// Years in which records can lie.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2145;

/// A day as offices write it: `5/1/2020`, `05.01.2020`, `2020-01-05`, `ngày 05 tháng 01 năm 2020`, `1/2020`, `1980`.
///
/// The day stands before the month, as it does everywhere in Vietnam.
pub fn when(text: &str) -> Result<When, Complaint> {
    let text = text.split_once(' ').filter(|(_, rest)| rest.contains(':')).map_or(text, |(day, _)| day);
    let folded = fold(text);
    let worded = folded.split(' ').any(|word| matches!(word, "ngay" | "thang" | "nam"));
    let parts: Vec<&str> = folded.split(' ').filter(|part| !matches!(*part, "ngay" | "thang" | "nam")).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok().filter(|_| part.len() <= 4)).collect();
    let numbers = numbers.ok_or(Complaint::NoDay)?;
    let year = |year: u32| i32::try_from(year).ok().filter(|year| YEARS.contains(year));
    let found = match (numbers.as_slice(), text.contains('-') || worded) {
        ([first, month, day], _) if *first >= 1000 => {
            year(*first).and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day)).map(When::Day)
        }
        ([day, month, last], _) if *last >= 1000 => {
            year(*last).and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day)).map(When::Day)
        }
        ([month, last], _) if *last >= 1000 && (1..=12).contains(month) => {
            year(*last).map(|year| When::Month(year, *month))
        }
        ([first, month], _) if *first >= 1000 && (1..=12).contains(month) => {
            year(*first).map(|year| When::Month(year, *month))
        }
        ([only], _) => year(*only).map(When::Year),
        _ => None,
    };
    found.ok_or(Complaint::NoDay)
}

/// A whole day.
pub fn day(text: &str) -> Result<NaiveDate, Complaint> {
    match when(text) {
        Ok(When::Day(day)) => Ok(day),
        _ => Err(Complaint::NoDay),
    }
}

/// A year: `2019`, `Năm 2019`, `2.019`, or that of a day.
pub fn year(text: &str) -> Result<i32, Complaint> {
    let dotted: String = text.chars().filter(|letter| !matches!(letter, '.' | ',')).collect();
    let plain = fold(&dotted);
    let bare = plain.strip_prefix("nam ").unwrap_or(&plain);
    match bare.parse() {
        Ok(year) if bare.len() == 4 && YEARS.contains(&year) => Ok(year),
        _ => when(text).map(When::year).map_err(|_| Complaint::NoYear),
    }
}

/// First and last year: `2015-2019`, `từ năm 2015 đến năm 2019`, `2019`.
pub fn years(text: &str) -> Result<(i32, i32), Complaint> {
    let found: Vec<i32> = fold(text)
        .split(' ')
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| YEARS.contains(year))
        .collect();
    match found.as_slice() {
        [only] => Ok((*only, *only)),
        [first, last] if first <= last => Ok((*first, *last)),
        _ => Err(Complaint::NoYear),
    }
}

/// `nam` or `nu`.
pub fn sex(text: &str) -> Result<&'static str, Complaint> {
    match fold(text).as_str() {
        "nam" | "m" | "male" | "ong" | "trai" => Ok("nam"),
        "nu" | "f" | "female" | "ba" | "gai" => Ok("nu"),
        _ => Err(Complaint::NoSex),
    }
}

/// The degree of task completion, as facts write it.
pub fn grade(text: &str) -> Result<&'static str, Complaint> {
    let folded = fold(text);
    let is = |list: &[&str]| list.contains(&folded.as_str());
    match () {
        () if is(&[
            "htxsnv",
            "htxs",
            "xs",
            "xuat sac",
            "hoan thanh xuat sac nhiem vu",
            "hoan thanh xuat sac",
            "hoan thanh xuat sac chuc trach nhiem vu",
        ]) =>
        {
            Ok("xuat-sac")
        }
        () if is(&[
            "httnv",
            "htt",
            "tot",
            "hoan thanh tot nhiem vu",
            "hoan thanh tot",
            "hoan thanh tot chuc trach nhiem vu",
        ]) =>
        {
            Ok("tot")
        }
        () if is(&["khtnv", "kht", "khong hoan thanh nhiem vu", "khong hoan thanh", "chua hoan thanh nhiem vu"]) => {
            Ok("khong-hoan-thanh")
        }
        () if is(&["htnv", "ht", "hoan thanh nhiem vu", "hoan thanh", "hoan thanh chuc trach nhiem vu"]) => {
            Ok("hoan-thanh")
        }
        () => Err(Complaint::NoGrade),
    }
}

/// How far an initiative reaches, as facts write it.
pub fn scope(text: &str) -> Result<&'static str, Complaint> {
    match fold(text).trim_start_matches("cap ").trim_start_matches("pham vi ") {
        "co so" | "don vi" | "co quan" | "so" => Ok("co-so"),
        "bo" | "bo nganh" | "tinh" | "bo ban nganh tinh" | "nganh" | "bo ban nganh" | "thanh pho" => Ok("bo"),
        "toan quoc" | "nha nuoc" | "quoc gia" | "trung uong" => Ok("toan-quoc"),
        _ => Err(Complaint::NoScope),
    }
}

/// A disciplinary measure, as facts write it.
pub fn discipline(text: &str) -> Result<&'static str, Complaint> {
    match fold(text).as_str() {
        "khien trach" => Ok("khien-trach"),
        "canh cao" => Ok("canh-cao"),
        "ha bac luong" => Ok("ha-bac-luong"),
        "giang chuc" => Ok("giang-chuc"),
        "cach chuc" => Ok("cach-chuc"),
        "bai nhiem" => Ok("bai-nhiem"),
        "buoc thoi viec" => Ok("buoc-thoi-viec"),
        "khai tru" => Ok("khai-tru"),
        _ => Err(Complaint::NoDiscipline),
    }
}

/// Number and symbol of a decision, and the day where it stands behind: `05/QĐ-VPCP ngày 05/01/2020`.
pub fn decision_number(text: &str) -> Result<(String, String, Option<NaiveDate>), Complaint> {
    let text = text.trim();
    let (number, behind) = match before_day(text) {
        Some(place) => (&text[..place], Some(&text[place..])),
        None => (text, None),
    };
    let (number, behind) = match number.split_once(['(', ';', ',']) {
        Some((number, rest)) => (number, behind.or(Some(rest))),
        None => (number, behind),
    };
    let mut bare = number.trim();
    for word in ["Quyết định", "quyết định", "QĐ", "Số:", "Số", "số:", "số", ":"] {
        bare = bare.strip_prefix(word).unwrap_or(bare).trim();
    }
    let (digits, symbol) = bare.split_once('/').ok_or(Complaint::NoDecisionNumber)?;
    let fits =
        |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || "-./&".contains(letter));
    let (digits, symbol) = (digits.trim(), symbol.trim());
    if !fits(digits) || !fits(symbol) || !digits.chars().any(|letter| letter.is_ascii_digit()) {
        return Err(Complaint::NoDecisionNumber);
    }
    let day = behind.and_then(|behind| day(behind.trim_end_matches([')', ' ', '.'])).ok());
    Ok((digits.to_owned(), symbol.to_owned(), day))
}

/// Letters within which `ngày` and the beginning of a day must stand. Looking further from every place of the longest
/// cell would take seconds.
const DAY_WITHIN: usize = 32;

/// Where a text goes on with `ngày` and something behind it.
fn before_day(text: &str) -> Option<usize> {
    let begins = |place: &usize| {
        let rest = &text[*place..];
        let end = rest.char_indices().nth(DAY_WITHIN).map_or(rest.len(), |(end, _)| end);
        fold(&rest[..end]).starts_with("ngay ")
    };
    text.char_indices().map(|(place, _)| place).find(begins)
}

/// The digits of an identity card: nine, or twelve.
pub fn id_number(text: &str) -> Result<String, Complaint> {
    let digits: String =
        text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-' | '\'')).collect();
    let plain = digits.chars().all(|letter| letter.is_ascii_digit());
    match digits.len() {
        9 | 12 if plain => Ok(digits),
        // Spreadsheets drop the zero in front.
        8 | 11 if plain => Ok(format!("0{digits}")),
        _ => Err(Complaint::NoIdNumber),
    }
}

/// An honour of the catalogue: its id and the names under which it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    pub id: String,
    pub names: Vec<String>,
}

/// The honour that a text names, in full, without marks or as offices abbreviate it.
pub fn award(text: &str, catalogue: &[Honour]) -> Result<String, Complaint> {
    let wanted = spelled_out(&fold(text));
    let score =
        |honour: &Honour| honour.names.iter().map(|name| award_likeness(&wanted, &fold(name))).max().unwrap_or(0);
    let mut scored: Vec<(u32, &str)> = catalogue.iter().map(|honour| (score(honour), honour.id.as_str())).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [] | [(0, _), ..] => Err(Complaint::NoAward),
        [(first, _), (second, _), ..] if first == second => Err(Complaint::DoubtfulAward),
        [(_, id), ..] => Ok((*id).to_owned()),
    }
}

/// Abbreviations of the field, the longest first.
const SHORT: [(&str, &str); 26] = [
    ("cstdtq", "chien si thi dua toan quoc"),
    ("cstdcs", "chien si thi dua co so"),
    ("cstdcb", "chien si thi dua bo"),
    ("cstdb", "chien si thi dua bo"),
    ("ttldxs", "tap the lao dong xuat sac"),
    ("ttldtt", "tap the lao dong tien tien"),
    ("bkttcp", "bang khen cua thu tuong chinh phu"),
    ("bkttg", "bang khen cua thu tuong chinh phu"),
    ("bktt", "bang khen cua thu tuong chinh phu"),
    ("hcdl", "huan chuong doc lap"),
    ("hcld", "huan chuong lao dong"),
    ("hcqc", "huan chuong quan cong"),
    ("hcbvtq", "huan chuong bao ve to quoc"),
    ("hccc", "huan chuong chien cong"),
    ("ldtt", "lao dong tien tien"),
    ("cstt", "chien si tien tien"),
    ("dvqt", "don vi quyet thang"),
    ("dvtt", "don vi tien tien"),
    ("cstd", "chien si thi dua"),
    ("ctdcp", "co thi dua cua chinh phu"),
    ("ahld", "anh hung lao dong"),
    ("bkb", "bang khen cua bo"),
    ("bk", "bang khen"),
    ("gk", "giay khen"),
    ("ttcp", "thu tuong chinh phu"),
    ("ttg", "thu tuong chinh phu"),
];
const CLASSES: [(&str, &str); 9] = [
    ("1", "nhat"),
    ("2", "nhi"),
    ("3", "ba"),
    ("i", "nhat"),
    ("ii", "nhi"),
    ("iii", "ba"),
    ("nhat", "nhat"),
    ("nhi", "nhi"),
    ("ba", "ba"),
];

/// The text with abbreviations written out and classes in words.
fn spelled_out(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').collect();
    let word = |(place, word): (usize, &&str)| -> String {
        let behind_class = place > 0 && words[place - 1] == "hang";
        let class = CLASSES.iter().find(|(short, _)| behind_class && short == word).map(|(_, class)| *class);
        class
            .or_else(|| SHORT.iter().find(|(short, _)| short == word).map(|(_, long)| *long))
            .unwrap_or(word)
            .to_owned()
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// Words that stand in some names and in others not, and tell nothing apart.
const FILLERS: [&str; 8] = ["cua", "danh", "hieu", "tang", "cap", "huan", "chuong", "hang"];

/// How much a text is like a name: 0 where a telling word of either is missing in the other.
fn award_likeness(wanted: &str, name: &str) -> u32 {
    if wanted == name {
        return 1_000;
    }
    let telling = |text: &str| -> Vec<String> {
        text.split(' ').filter(|word| !FILLERS.contains(word)).map(str::to_owned).collect()
    };
    let (own, known) = (telling(wanted), telling(name));
    let same = own.iter().filter(|word| known.contains(word)).count();
    match () {
        () if own.is_empty() || same == 0 => 0,
        () if own == known => 900,
        // What is written may leave out the end of a long name, and no more.
        () if same == own.len() && own.len() >= 2 && known.starts_with(&own) => {
            500 + 10 * own.len() as u32 - (known.len() - own.len()) as u32
        }
        () => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Complaint, Honour, When, award, day, decision_number, grade, id_number, when, year, years};

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for text in ["", "31/02/2020", "2020", "1/2020", "hôm qua", "5/13/2020", "05/01/20", "12345678"] {
            assert_eq!(day(text), Err(Complaint::NoDay), "{text}");
        }
        assert_eq!((year("20"), year("khoảng 2019")), (Err(Complaint::NoYear), Err(Complaint::NoYear)));
        assert_eq!(years("2019-2015"), Err(Complaint::NoYear));
    }

    #[test]
    fn a_day_is_read_in_every_way_of_writing() {
        let fifth = "2020-01-05".parse().expect("a day");
        for text in [
            "5/1/2020",
            "05.01.2020",
            "05-01-2020",
            "2020-01-05",
            "2020/1/5",
            "ngày 05 tháng 01 năm 2020",
            "2020-01-05 07:30",
        ] {
            assert_eq!(day(text), Ok(fifth), "{text}");
        }
        assert_eq!((when("1/2020"), when("tháng 01 năm 2020")), (Ok(When::Month(2020, 1)), Ok(When::Month(2020, 1))));
        assert_eq!((when("1980"), year("2.019"), year("Năm 2019")), (Ok(When::Year(1980)), Ok(2019), Ok(2019)));
        assert_eq!(years("từ năm 2015 đến năm 2019"), Ok((2015, 2019)));
    }

    #[test]
    fn grades_are_read_in_full_and_abbreviated() {
        assert_eq!((grade("HTXSNV"), grade("Hoàn thành tốt nhiệm vụ")), (Ok("xuat-sac"), Ok("tot")));
        assert_eq!(
            (grade("Không hoàn thành nhiệm vụ"), grade("Khá")),
            (Ok("khong-hoan-thanh"), Err(Complaint::NoGrade))
        );
    }

    #[test]
    fn a_decision_is_split_into_number_symbol_and_day() {
        let split =
            |text| decision_number(text).map(|(number, symbol, day)| (number, symbol, day.map(|day| day.to_string())));
        let plain = ("05".to_owned(), "QĐ-VPCP".to_owned(), None);
        for text in ["05/QĐ-VPCP", "Số: 05/QĐ-VPCP", "QĐ số 05/QĐ-VPCP", "Quyết định số 05/QĐ-VPCP"] {
            assert_eq!(split(text), Ok(plain.clone()), "{text}");
        }
        let dated = ("05".to_owned(), "QĐ-VPCP".to_owned(), Some("2020-01-05".to_owned()));
        for text in ["05/QĐ-VPCP ngày 05/01/2020", "05/QĐ-VPCP (5/1/2020)", "05/QĐ-VPCP, 05.01.2020"] {
            assert_eq!(split(text), Ok(dated.clone()), "{text}");
        }
        assert_eq!(split("không số"), Err(Complaint::NoDecisionNumber));
        assert_eq!(split("/QĐ-VPCP"), Err(Complaint::NoDecisionNumber));
    }

    #[test]
    fn the_zero_that_a_spreadsheet_dropped_is_put_back() {
        assert_eq!(id_number("1080012345"), Err(Complaint::NoIdNumber));
        assert_eq!(
            (id_number("01080012345"), id_number("001 080 012 345")),
            (Ok("001080012345".into()), Ok("001080012345".into()))
        );
    }

    #[test]
    fn an_honour_is_found_by_name_and_abbreviation_and_never_guessed() {
        let honour = |id: &str, name: &str| Honour { id: id.to_owned(), names: vec![name.to_owned()] };
        let catalogue = [
            honour("lao-dong-tien-tien", "Lao động tiên tiến"),
            honour("tap-the-lao-dong-tien-tien", "Tập thể lao động tiên tiến"),
            honour("chien-si-thi-dua-co-so", "Chiến sĩ thi đua cơ sở"),
            honour("bang-khen-thu-tuong", "Bằng khen của Thủ tướng Chính phủ"),
            honour("huan-chuong-lao-dong-ba", "Huân chương Lao động hạng Ba"),
            honour("huan-chuong-lao-dong-nhi", "Huân chương Lao động hạng Nhì"),
        ];
        let found = |text| award(text, &catalogue);
        assert_eq!(found("LĐTT"), Ok("lao-dong-tien-tien".into()));
        assert_eq!(found("TTLĐTT"), Ok("tap-the-lao-dong-tien-tien".into()));
        assert_eq!(found("Danh hiệu CSTĐ cơ sở"), Ok("chien-si-thi-dua-co-so".into()));
        assert_eq!(found("BKTTg"), Ok("bang-khen-thu-tuong".into()));
        assert_eq!(found("Bằng khen Thủ tướng"), Ok("bang-khen-thu-tuong".into()));
        assert_eq!(found("HCLĐ hạng III"), Ok("huan-chuong-lao-dong-ba".into()));
        assert_eq!(found("Huân chương Lao động"), Err(Complaint::DoubtfulAward));
        assert_eq!(found("Kỷ niệm chương"), Err(Complaint::NoAward));
    }
}
