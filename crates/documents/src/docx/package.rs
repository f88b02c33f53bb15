//! The parts of a DOCX that are not its text: heads and feet, settings, properties, and the archive itself.

use std::io::{Cursor, Write};

use quick_xml::escape::escape;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::block::Paper;
use crate::docx::Unprinted;

const PROLOGUE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
pub const WORDS: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PARTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The archive that a DOCX is.
pub struct Package {
    archive: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub fn new() -> Self {
        Self { archive: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a part of XML.
    pub fn add(&mut self, name: &str, xml: &str) -> Result<(), Unprinted> {
        self.add_bytes(name, format!("{PROLOGUE}{xml}").as_bytes())
    }

    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), Unprinted> {
        self.archive.start_file(name, SimpleFileOptions::default()).map_err(unpacked)?;
        self.archive.write_all(bytes).map_err(unpacked)
    }

    pub fn finish(self) -> Result<Vec<u8>, Unprinted> {
        self.archive.finish().map(Cursor::into_inner).map_err(unpacked)
    }
}

/// Every part that does not grow with the text.
pub fn fixed(paper: &Paper) -> Vec<(&'static str, String)> {
    let notice = paper.notice.as_deref().unwrap_or_default();
    vec![
        ("[Content_Types].xml", types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(paper)),
        ("word/settings.xml", settings()),
        ("word/header.xml", head("hdr", &page_number())),
        ("word/header-first.xml", head("hdr", r#"<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>"#)),
        ("word/footer.xml", head("ftr", &foot(notice))),
    ]
}

/// What the text refers to: styles, settings, heads, feet and pictures.
pub fn relations(pictures: usize) -> String {
    let mut text = relation("styles", "styles", "styles.xml")
        + &relation("settings", "settings", "settings.xml")
        + &relation("header", "header", "header.xml")
        + &relation("headerFirst", "header", "header-first.xml")
        + &relation("footer", "footer", "footer.xml");
    for place in 0..pictures {
        text += &relation(&format!("picture{place}"), "image", &format!("media/picture{place}.png"));
    }
    relations_of(&text)
}

/// Where a picture lies in the archive.
pub fn picture_name(place: usize) -> String {
    format!("word/media/picture{place}.png")
}

/// A text as it may stand in XML: without the signs that XML forbids.
pub fn clean(text: &str) -> String {
    let allowed: String = text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect();
    escape(allowed.as_str()).into_owned()
}

fn relation(id: &str, sort: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{sort}" Target="{target}"/>"#)
}

fn relations_of(inner: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
    )
}

fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let core = format!(r#"<Relationship Id="core" Type="{core}" Target="docProps/core.xml"/>"#);
    relations_of(&(relation("document", "officeDocument", "word/document.xml") + &core))
}

fn types() -> String {
    let parts = [
        ("/word/document.xml", format!("{PARTS}.document.main+xml")),
        ("/word/styles.xml", format!("{PARTS}.styles+xml")),
        ("/word/settings.xml", format!("{PARTS}.settings+xml")),
        ("/word/header.xml", format!("{PARTS}.header+xml")),
        ("/word/header-first.xml", format!("{PARTS}.header+xml")),
        ("/word/footer.xml", format!("{PARTS}.footer+xml")),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
    ];
    let parts = parts.map(|(name, sort)| format!(r#"<Override PartName="{name}" ContentType="{sort}"/>"#)).concat();
    format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{parts}</Types>"#
    )
}

fn core(paper: &Paper) -> String {
    format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:description>{}</dc:description><dc:language>{}</dc:language><dcterms:created xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created></cp:coreProperties>"#,
        clean(&paper.title),
        clean(paper.notice.as_deref().unwrap_or_default()),
        clean(&paper.language),
        paper.day,
    )
}

fn settings() -> String {
    format!(
        r#"<w:settings {WORDS}><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
    )
}

fn head(tag: &str, inner: &str) -> String {
    format!("<w:{tag} {WORDS}>{inner}</w:{tag}>")
}

fn page_number() -> String {
    r#"<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#.to_owned()
}

fn foot(notice: &str) -> String {
    let style = if notice.is_empty() { "Footer" } else { "Notice" };
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"#, clean(notice))
}

fn unpacked(error: impl std::fmt::Display) -> Unprinted {
    Unprinted(error.to_string())
}
