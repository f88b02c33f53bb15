//! How the program cites the law: point, clause, article and the short name of the text.

use rules::law::{Law, Source};

use crate::language::Language;

/// Where a value stands: `khoản 1 Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15`, or
/// `clause 1, Article 22, Law 06/2022/QH15`. Notes of sources are in Vietnamese and stand in Vietnamese only.
pub fn cite(law: &Law, source: &Source, language: Language) -> String {
    let place = place(source, language);
    let text = text(law, &source.document, language);
    match (language, source.note.as_str()) {
        (Language::Vi, "") => joined([place, text], " "),
        (Language::Vi, note) => format!("{} ({note})", joined([place, text], " ")),
        (Language::En, _) => joined([place, text], ", "),
    }
}

/// The name of a text up to its number: `Nghị định số 152/2025/NĐ-CP`; the whole name where the number is not in it.
pub fn text(law: &Law, document: &str, language: Language) -> String {
    let Some(known) = law.documents.get(document) else { return document.to_owned() };
    let name = language.pick(&known.name);
    match name.find(document) {
        Some(start) => name[..start + document.len()].to_owned(),
        None => name.to_owned(),
    }
}

/// A text by its kind and number alone: `Luật số 06/2026/QH16`, `Law 06/2026/QH16`.
pub fn short(law: &Law, document: &str, language: Language) -> String {
    const KINDS: [&str; 5] = ["Luật", "Nghị định", "Quyết định", "Thông tư", "Công văn"];
    let text = text(law, document, language);
    match KINDS.into_iter().find(|kind| text.starts_with(kind) && text.ends_with(document)) {
        Some(kind) => format!("{kind} số {document}"),
        None => text,
    }
}

/// Point, clause and article in the order of each language; empty where none is known.
fn place(source: &Source, language: Language) -> String {
    // Letters are divided into numbered sections, laws and decrees into articles.
    let is_section = !source.article.is_empty() && source.article.chars().all(|letter| "IVX".contains(letter));
    let (point, clause, article) = match (language, is_section) {
        (Language::Vi, false) => ("điểm", "khoản", "Điều"),
        (Language::Vi, true) => ("điểm", "khoản", "Mục"),
        (Language::En, false) => ("point", "clause", "Article"),
        (Language::En, true) => ("point", "clause", "Section"),
    };
    let parts = [(point, &source.point), (clause, &source.clause), (article, &source.article)];
    let parts = parts.iter().filter(|(_, number)| !number.is_empty()).map(|(word, number)| format!("{word} {number}"));
    let between = match language {
        Language::Vi => " ",
        Language::En => ", ",
    };
    joined(parts, between)
}

fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use rules::law::{Law, Source};

    use super::{cite, short};
    use crate::language::Language::{En, Vi};

    const TEXTS: &str = r#"
[[document]]
id = "06/2022/QH15"
vi = "Luật Thi đua, khen thưởng số 06/2022/QH15"
en = "Law 06/2022/QH15 on Emulation and Commendation"
from = 2024-01-01
mark = "V"

[[document]]
id = "5007/BNV-TĐKT"
vi = "Công văn số 5007/BNV-TĐKT của Bộ Nội vụ"
en = "Official letter 5007/BNV-TĐKT of the Ministry of Home Affairs"
mark = "V"
"#;

    #[test]
    fn a_text_that_is_not_listed_is_cited_by_its_number() {
        let nothing = rules::load::load(&[], &[]).expect("an empty law");
        assert_eq!(cite(&nothing, &source(r#"document = "06/2022/QH15""#), Vi), "06/2022/QH15");
    }

    #[test]
    fn each_language_has_its_order() {
        let whole = source(r#"document = "06/2022/QH15", article = "22", clause = "1", point = "a""#);
        assert_eq!(cite(&law(""), &whole, Vi), "điểm a khoản 1 Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15");
        assert_eq!(cite(&law(""), &whole, En), "point a, clause 1, Article 22, Law 06/2022/QH15");
        let bare = source(r#"document = "06/2022/QH15""#);
        assert_eq!(cite(&law(""), &bare, Vi), "Luật Thi đua, khen thưởng số 06/2022/QH15");
        assert_eq!(cite(&law(""), &bare, En), "Law 06/2022/QH15");
        assert_eq!(short(&law(""), "06/2022/QH15", Vi), "Luật số 06/2022/QH15");
        assert_eq!(short(&law(""), "06/2022/QH15", En), "Law 06/2022/QH15");
    }

    #[test]
    fn sections_and_notes_are_said() {
        let letter = source(
            r#"document = "5007/BNV-TĐKT", article = "III", clause = "5", point = "c", note = "hướng dẫn nghiệp vụ""#,
        );
        let said = "điểm c khoản 5 Mục III Công văn số 5007/BNV-TĐKT (hướng dẫn nghiệp vụ)";
        assert_eq!(cite(&law(""), &letter, Vi), said);
        assert_eq!(cite(&law(""), &letter, En), "point c, clause 5, Section III, Official letter 5007/BNV-TĐKT");
    }

    /// A law of the two texts and one salary with this source.
    fn law(salary: &str) -> Law {
        rules::load::load(&[("documents.toml", TEXTS), ("base-salary.toml", salary)], &[]).expect("two texts")
    }

    fn source(written: &str) -> Source {
        let salary = format!("[[salary]]\nfrom = 2024-07-01\ndong = 1\nsource = {{ {written} }}\nmark = \"V\"\n");
        law(&salary).base_salary[0].source.clone()
    }
}
