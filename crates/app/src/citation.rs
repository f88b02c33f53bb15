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

    use super::cite;
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
        assert_eq!(cite(&law(), &source("1/2000", "", "", "", ""), Vi), "1/2000");
    }

    #[test]
    fn each_language_has_its_order() {
        let whole = source("06/2022/QH15", "22", "1", "a", "");
        assert_eq!(cite(&law(), &whole, Vi), "điểm a khoản 1 Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15");
        assert_eq!(cite(&law(), &whole, En), "point a, clause 1, Article 22, Law 06/2022/QH15");
        let bare = source("06/2022/QH15", "", "", "", "");
        assert_eq!(cite(&law(), &bare, Vi), "Luật Thi đua, khen thưởng số 06/2022/QH15");
        assert_eq!(cite(&law(), &bare, En), "Law 06/2022/QH15");
    }

    #[test]
    fn sections_and_notes_are_said() {
        let letter = source("5007/BNV-TĐKT", "III", "5", "c", "hướng dẫn");
        assert_eq!(cite(&law(), &letter, Vi), "điểm c khoản 5 Mục III Công văn số 5007/BNV-TĐKT (hướng dẫn)");
        assert_eq!(cite(&law(), &letter, En), "point c, clause 5, Section III, Official letter 5007/BNV-TĐKT");
    }

    fn law() -> Law {
        rules::load::load(&[("documents.toml", TEXTS)], &[]).expect("two texts")
    }

    fn source(document: &str, article: &str, clause: &str, point: &str, note: &str) -> Source {
        let [document, article, clause, point, note] = [document, article, clause, point, note].map(str::to_owned);
        Source { document, article, clause, point, note }
    }
}
