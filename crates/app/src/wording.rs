//! How the words of records are said on a page, in the visitor's language.

use rules::facts::{Grade, Group, Sex, Sort};
use store::units::Unit;
use store::words::{Certainty, LineageKind, PostForm, PostLevel};

use crate::language::Language;

/// The name of a unit in a language: the English one where the page is English and there is one.
pub fn unit_name(language: Language, name: &str, name_en: Option<&str>) -> String {
    match (language, name_en) {
        (Language::En, Some(name)) => name.to_owned(),
        _ => name.to_owned(),
    }
}

/// What a unit is called on the day of which it was read.
pub fn name_of(language: Language, unit: &Unit) -> String {
    unit_name(language, &unit.name, unit.name_en.as_deref())
}

/// What sort of unit it is; a sort that has no word of its own is a unit.
pub fn unit_kind(language: Language, kind: &str) -> String {
    let key = format!("unit-kind-{kind}");
    language.text(if language.has(&key) { &key } else { "unit-kind" }).into_owned()
}

/// The yearly grade in words, beginning with a capital letter.
pub fn grade(language: Language, grade: Grade) -> String {
    capital(language.pick(&rules::words::grade(grade)))
}

/// The yearly grade in the few letters that fit a year of the career strip.
pub fn grade_letters(language: Language, grade: Grade) -> String {
    let key = match grade {
        Grade::XuatSac => "career-grade-excellent",
        Grade::Tot => "career-grade-good",
        Grade::HoanThanh => "career-grade-done",
        Grade::KhongHoanThanh => "career-grade-not-done",
    };
    language.text(key).into_owned()
}

/// The sex in words.
pub fn sex(language: Language, sex: Sex) -> String {
    language.text(sex_key(sex)).into_owned()
}

/// The key of the word for a sex.
pub fn sex_key(sex: Sex) -> &'static str {
    match sex {
        Sex::Nam => "person-sex-male",
        Sex::Nu => "person-sex-female",
    }
}

/// The key of the word for a level of posts.
pub fn level_key(level: PostLevel) -> &'static str {
    match level {
        PostLevel::LanhDaoVu => "person-level-department",
        PostLevel::LanhDaoPhong => "person-level-division",
        PostLevel::TrucTiep => "person-level-staff",
    }
}

/// The group of staff in words.
pub fn group(language: Language, group: Group) -> String {
    let key = match group {
        Group::CanBo => "person-group-cadre",
        Group::CongChuc => "person-group-civil-servant",
        Group::VienChuc => "person-group-public-employee",
        Group::HopDong => "person-group-contract",
        Group::TapSu => "person-group-probation",
        Group::CongNhan => "person-group-worker",
        Group::NongDan => "person-group-farmer",
        Group::LucLuongVuTrang => "person-group-armed-forces",
        Group::Khac => "person-group-other",
    };
    language.text(key).into_owned()
}

/// Initiative or subject of research.
pub fn sort(language: Language, sort: Sort) -> String {
    let key = match sort {
        Sort::SangKien => "person-initiative",
        Sort::DeTai => "person-research",
    };
    language.text(key).into_owned()
}

/// A post as printed, with how it is held where that is not in full.
pub fn post(language: Language, label: &str, form: PostForm) -> String {
    let key = match form {
        PostForm::ChinhThuc => return label.to_owned(),
        PostForm::PhuTrach => "person-post-in-charge",
        PostForm::Quyen => "person-post-acting",
        PostForm::Ham => "person-post-in-rank",
    };
    language.text_with(key, &[("post", &label)])
}

/// The key of the sentence that tells how a unit came from another.
pub fn lineage_key(kind: LineageKind) -> &'static str {
    match kind {
        LineageKind::DoiTen => "unit-lineage-renamed",
        LineageKind::SapNhap => "unit-lineage-merged",
        LineageKind::ChiaTach => "unit-lineage-split",
        LineageKind::Chuyen => "unit-lineage-moved",
    }
}

/// The key of what a reader must know of a record that was not checked; empty for one that was.
pub fn certainty_key(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::DaDoiChieu => "",
        Certainty::CanDoiChieu => "unit-name-to-check",
        Certainty::MinhHoa => "unit-name-illustrative",
    }
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use store::words::PostForm;

    use super::{capital, post, unit_kind, unit_name};
    use crate::language::Language::{En, Vi};

    #[test]
    fn a_sort_of_unit_without_a_word_is_a_unit() {
        assert_eq!(unit_kind(Vi, "ban"), "Đơn vị");
        assert_eq!(unit_kind(Vi, "vu"), "Vụ");
        assert_eq!(unit_kind(En, "vu"), "Department");
    }

    #[test]
    fn the_english_name_stands_on_english_pages_only() {
        assert_eq!(unit_name(Vi, "Vụ Pháp luật", Some("Department of Law")), "Vụ Pháp luật");
        assert_eq!(unit_name(En, "Vụ Pháp luật", Some("Department of Law")), "Department of Law");
        assert_eq!(unit_name(En, "Vụ Pháp luật", None), "Vụ Pháp luật");
    }

    #[test]
    fn a_post_that_is_not_held_in_full_says_so() {
        assert_eq!(post(Vi, "Vụ trưởng", PostForm::ChinhThuc), "Vụ trưởng");
        assert_eq!(post(Vi, "Vụ trưởng", PostForm::Quyen), "Quyền Vụ trưởng");
        assert_eq!(capital("đoàn thể"), "Đoàn thể");
    }
}
