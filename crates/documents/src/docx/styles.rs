//! The styles of a DOCX, by the names under which a typist finds them in Word.

use crate::docx::package::{WORDS, clean};
use crate::layout::LAYOUT;

/// A style of paragraphs.
struct Style {
    id: &'static str,
    name: &'static str,
    /// In points.
    size: f64,
    /// Any of `b` and `i`.
    face: &'static str,
    align: &'static str,
    /// In points.
    before: f64,
    after: f64,
    /// In millimetres.
    first_line: f64,
    /// More of `w:pPr`, after the gaps.
    more: &'static str,
}

const PLAIN: Style = Style {
    id: "Normal",
    name: "Normal",
    size: LAYOUT.body,
    face: "",
    align: "both",
    before: 0.0,
    after: LAYOUT.gap,
    first_line: 0.0,
    more: "",
};
const MIDDLE: Style = Style { align: "center", before: 0.0, after: 0.0, ..PLAIN };

const STYLES: &[Style] = &[
    PLAIN,
    Style { id: "BodyText", name: "Body Text", first_line: LAYOUT.first_line, ..PLAIN },
    Style { id: "Nation", name: "Quốc hiệu", size: LAYOUT.nation, face: "b", ..MIDDLE },
    Style { id: "Motto", name: "Tiêu ngữ", size: LAYOUT.motto, face: "b", ..MIDDLE },
    Style { id: "Parent", name: "Cơ quan chủ quản", size: LAYOUT.issuer, ..MIDDLE },
    Style { id: "Issuer", name: "Cơ quan ban hành", size: LAYOUT.issuer, face: "b", ..MIDDLE },
    Style { id: "Number", name: "Số, ký hiệu", size: LAYOUT.number, before: 4.0, ..MIDDLE },
    Style { id: "PlaceDay", name: "Địa danh, ngày", size: LAYOUT.place_and_day, face: "i", before: 4.0, ..MIDDLE },
    Style { id: "Title", name: "Title", size: LAYOUT.kind, face: "b", before: 10.0, more: OUTLINE_1, ..MIDDLE },
    Style { id: "Subtitle", name: "Subtitle", size: LAYOUT.kind, face: "b", ..MIDDLE },
    Style { id: "RuleLine", name: "Đường kẻ", size: 1.0, before: 2.0, ..MIDDLE },
    Style { id: "Addressee", name: "Kính gửi", align: "center", before: 8.0, ..PLAIN },
    Style { id: "Authority", name: "Thẩm quyền ban hành", face: "b", before: 8.0, after: 8.0, ..MIDDLE },
    Style { id: "Basis", name: "Căn cứ", face: "i", first_line: LAYOUT.first_line, ..PLAIN },
    Style {
        id: "Resolved", name: "Quyết định", face: "b", before: 8.0, after: 8.0, more: "<w:keepNext/>", ..MIDDLE
    },
    Style { id: "Article", name: "Điều", first_line: LAYOUT.first_line, ..PLAIN },
    Style { id: "Heading1", name: "heading 1", face: "b", before: 6.0, more: HEADING_1, ..PLAIN },
    Style { id: "Heading2", name: "heading 2", face: "b", first_line: LAYOUT.first_line, more: HEADING_2, ..PLAIN },
    Style { id: "Lead", name: "Kết luận", face: "b", align: "left", more: FRAMED, ..PLAIN },
    Style { id: "List", name: "List", ..PLAIN },
    Style {
        id: "Caption",
        name: "caption",
        size: LAYOUT.table,
        face: "b",
        align: "left",
        before: 8.0,
        more: "<w:keepNext/>",
        ..PLAIN
    },
    Style { id: "TableText", name: "Ô bảng", size: LAYOUT.table, align: "left", after: 0.0, ..PLAIN },
    Style { id: "TableHead", name: "Đầu bảng", size: LAYOUT.table, face: "b", more: "<w:keepNext/>", ..MIDDLE },
    Style { id: "Figure", name: "Hình", before: 2.0, after: 8.0, ..MIDDLE },
    Style {
        id: "RecipientsLabel",
        name: "Nơi nhận",
        size: LAYOUT.recipients_label,
        face: "bi",
        align: "left",
        after: 0.0,
        ..PLAIN
    },
    Style { id: "Recipient", name: "Người nhận", size: LAYOUT.recipients, align: "left", after: 0.0, ..PLAIN },
    Style { id: "Capacity", name: "Quyền hạn, chức vụ", size: LAYOUT.capacity, face: "b", ..MIDDLE },
    Style { id: "Signer", name: "Họ và tên người ký", size: LAYOUT.capacity, face: "b", ..MIDDLE },
    Style { id: "AnnexLabel", name: "Phụ lục", size: LAYOUT.annex, face: "b", more: OUTLINE_1, ..MIDDLE },
    Style { id: "AnnexTitle", name: "Tên phụ lục", size: LAYOUT.annex, face: "b", ..MIDDLE },
    Style { id: "AnnexGuidance", name: "Kèm theo", size: LAYOUT.annex, face: "i", ..MIDDLE },
    Style { id: "Header", name: "header", size: LAYOUT.page_number, ..MIDDLE },
    Style { id: "Footer", name: "footer", size: LAYOUT.recipients, ..MIDDLE },
    Style { id: "Notice", name: "Lưu ý", size: LAYOUT.recipients, face: "b", more: FRAMED, ..MIDDLE },
];
const OUTLINE_1: &str = r#"<w:outlineLvl w:val="0"/>"#;
const HEADING_1: &str = r#"<w:keepNext/><w:outlineLvl w:val="0"/>"#;
const HEADING_2: &str = r#"<w:keepNext/><w:outlineLvl w:val="1"/>"#;
const FRAMED: &str = r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="4"/><w:left w:val="single" w:sz="6" w:space="4"/><w:bottom w:val="single" w:sz="6" w:space="4"/><w:right w:val="single" w:sz="6" w:space="4"/></w:pBdr>"#;

/// The part `styles.xml`; `language` is that of the spelling.
pub fn all(language: &str) -> String {
    let styles: String = STYLES.iter().map(Style::xml).collect();
    let language = clean(if language == "vi" { "vi-VN" } else { "en-GB" });
    format!(
        r#"<w:styles {WORDS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>{styles}{TABLES}</w:styles>"#
    )
}

const TABLES: &str = r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>"#;

impl Style {
    fn xml(&self) -> String {
        let default = if self.id == "Normal" { r#" w:default="1""# } else { "" };
        let based = if self.id == "Normal" { "" } else { r#"<w:basedOn w:val="Normal"/>"# };
        let face: String = self.face.chars().map(|sign| format!("<w:{sign}/>")).collect();
        // Word reads these in the order of its schema.
        let parts = |tag: &str| self.more.contains(tag);
        let keep = if parts("keepNext") { "<w:keepNext/>" } else { "" };
        let frame = if parts("pBdr") { FRAMED } else { "" };
        let outline = self.more.find("<w:outlineLvl").map_or("", |place| &self.more[place..]);
        let line = if self.id == "RuleLine" {
            r#"w:line="60" w:lineRule="exact""#.to_owned()
        } else {
            format!(r#"w:line="{:.0}" w:lineRule="auto""#, LAYOUT.line * 240.0)
        };
        format!(
            r#"<w:style w:type="paragraph"{default} w:styleId="{}"><w:name w:val="{}"/>{based}<w:qFormat/><w:pPr>{keep}{frame}<w:spacing w:before="{:.0}" w:after="{:.0}" {line}/><w:ind w:firstLine="{}"/><w:jc w:val="{}"/>{outline}</w:pPr><w:rPr>{face}<w:sz w:val="{:.0}"/></w:rPr></w:style>"#,
            self.id,
            self.name,
            self.before * 20.0,
            self.after * 20.0,
            twips(self.first_line),
            self.align,
            self.size * 2.0,
        )
    }
}

/// Millimetres in twentieths of a point.
pub fn twips(millimetres: f64) -> i64 {
    (millimetres / 25.4 * 1440.0).round() as i64
}
