//! The text of a DOCX, block by block.

use crate::block::{Align, Block, Closing, Frame, Row, Table, Tone, addressed, ended, received};
use crate::docx::Unprinted;
use crate::docx::package::{WORDS, clean};
use crate::docx::styles::twips;
use crate::layout::LAYOUT;
use crate::{picture, rule};

/// How a list's line stands in for each step, in millimetres.
const STEP: f64 = 6.0;
/// English metric units of a millimetre.
const EMU: f64 = 36_000.0;

/// The text as it grows.
#[derive(Default)]
pub struct Body {
    xml: String,
    pub pictures: Vec<Vec<u8>>,
}

impl Body {
    /// Adds a block; what stands before the signature keeps to it.
    pub fn block(&mut self, block: &Block, is_before_signature: bool) -> Result<(), Unprinted> {
        let keep = if is_before_signature { "<w:keepNext/>" } else { "" };
        match block {
            Block::Frame(frame) => self.frame(frame),
            Block::Kind { kind, about } => {
                self.add("Title", kind);
                self.add("Subtitle", about);
                self.xml += &ruled(rule::under(about), LAYOUT.text_width());
            }
            Block::Addressees { label, names } => self.addressees(label, &addressed(names)),
            Block::Authority { text } => self.add("Authority", text),
            Block::Bases { texts } => ended(texts).iter().for_each(|text| self.add("Basis", text)),
            Block::Resolved { text } => self.add("Resolved", text),
            Block::Article { number, text } => {
                let runs = format!("{}{}", run("<w:b/>", &format!("{number} ")), run("", text));
                self.xml += &paragraph("Article", keep, &runs);
            }
            Block::Heading { level, text } => self.add(if *level == 1 { "Heading1" } else { "Heading2" }, text),
            Block::Paragraph { text } => self.xml += &paragraph("BodyText", keep, &run("", text)),
            Block::Lead { text } => self.add("Lead", text),
            Block::List { items } => {
                for item in items {
                    let left = twips(LAYOUT.first_line + STEP * f64::from(item.depth));
                    let indent = format!(r#"{keep}<w:ind w:left="{left}"/>"#);
                    self.xml += &paragraph("List", &indent, &run("", &format!("- {}", item.text)));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Figure { svg, caption, says } => self.figure(svg, caption, says)?,
            Block::Closing(closing) => self.closing(closing),
            Block::Annex { label, title, guidance } => {
                self.xml += &format!("<w:p><w:pPr><w:pStyle w:val=\"RuleLine\"/>{}</w:pPr></w:p>", section());
                self.add("AnnexLabel", label);
                self.add("AnnexTitle", title);
                self.add("AnnexGuidance", guidance);
                self.xml += &ruled(rule::under(guidance), LAYOUT.text_width());
            }
        }
        Ok(())
    }

    /// The whole part `document.xml`.
    pub fn document(&self) -> String {
        format!(
            r#"<w:document {WORDS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{}{}</w:body></w:document>"#,
            self.xml,
            section()
        )
    }

    /// Adds a paragraph of one style, where it says anything.
    fn add(&mut self, style: &str, text: &str) {
        if !text.is_empty() {
            self.xml += &paragraph(style, "", &run("", text));
        }
    }

    fn addressees(&mut self, label: &str, lines: &[String]) {
        match lines {
            [only] => self.add("Addressee", &format!("{label} {only}")),
            _ => {
                self.add("Addressee", label);
                lines.iter().for_each(|line| self.add("List", line));
            }
        }
    }

    fn frame(&mut self, frame: &Frame) {
        let rules = rule::of_frame(frame);
        let (left, right) = (LAYOUT.left_part, LAYOUT.text_width() - LAYOUT.left_part);
        let issuer = styled("Parent", &frame.parent) + &styled("Issuer", &frame.issuer) + &ruled(rules.issuer, left);
        let nation = styled("Nation", &frame.nation) + &styled("Motto", &frame.motto) + &ruled(rules.motto, right);
        let number = styled("Number", &frame.number);
        let place = styled("PlaceDay", &frame.place_and_day);
        self.halves(&[(issuer, nation), (number, place)]);
    }

    fn closing(&mut self, closing: &Closing) {
        let mut left = styled("RecipientsLabel", &closing.label);
        left.extend(received(&closing.recipients).iter().map(|line| styled("Recipient", line)));
        let mut right: String = closing.capacity.iter().map(|line| styled("Capacity", line)).collect();
        let room = format!(r#"<w:spacing w:before="{}"/>"#, twips(LAYOUT.signature));
        right += &paragraph("Signer", &room, &run("", &closing.signer));
        self.halves(&[(left, right)]);
    }

    /// Rows without lines, whose halves are those of the head and of the end of a paper.
    fn halves(&mut self, rows: &[(String, String)]) {
        let (left, right) = (twips(LAYOUT.left_part), twips(LAYOUT.text_width() - LAYOUT.left_part));
        let rows: String = rows
            .iter()
            .map(|(one, other)| {
                format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}{}</w:tr>", cell(left, "", one), cell(right, "", other))
            })
            .collect();
        self.xml += &format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{BARE}</w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>{rows}</w:tbl>"#,
            left + right,
        );
        // Word asks for a paragraph between tables and at the end of a text.
        self.xml += r#"<w:p><w:pPr><w:pStyle w:val="RuleLine"/></w:pPr></w:p>"#;
    }

    fn table(&mut self, table: &Table) {
        self.add("Caption", &table.caption);
        let sum: f64 = table.columns.iter().map(|column| column.width).sum();
        let widths: Vec<i64> =
            table.columns.iter().map(|column| twips(LAYOUT.text_width() * column.width / sum)).collect();
        let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
        let head: String = table
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| cell(*width, MIDDLE, &filled("TableHead", "", "", &column.name)))
            .collect();
        self.xml += &format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"#,
            widths.iter().sum::<i64>(),
        );
        table.rows.iter().for_each(|row| self.xml += &line(table, row, &widths));
        self.xml += r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="RuleLine"/></w:pPr></w:p>"#;
    }

    fn figure(&mut self, svg: &str, caption: &str, says: &str) -> Result<(), Unprinted> {
        let (bytes, wide, high) =
            picture::bitmap(svg).ok_or_else(|| Unprinted(format!("the figure cannot be drawn: {caption}")))?;
        let width = LAYOUT.text_width() * EMU;
        let height = width * f64::from(high) / f64::from(wide);
        let (place, says) = (self.pictures.len(), clean(says));
        self.pictures.push(bytes);
        self.add("Caption", caption);
        let run = format!(
            r#"<w:r><w:drawing><wp:inline><wp:extent cx="{width:.0}" cy="{height:.0}"/><wp:docPr id="{id}" name="{id}" descr="{says}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="{id}" descr="{says}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture{place}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width:.0}" cy="{height:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#,
            id = place + 1,
        );
        self.xml += &paragraph("Figure", "", &run);
        Ok(())
    }
}

/// Cells without margins, so that a line in them is as long as it was measured.
const BARE: &str = r#"<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>"#;
const MIDDLE: &str = r#"<w:vAlign w:val="center"/>"#;

fn line(table: &Table, row: &Row, widths: &[i64]) -> String {
    let cells: String = if row.tone == Tone::Heading {
        let span = format!(r#"<w:gridSpan w:val="{}"/>{MIDDLE}"#, widths.len());
        let text = row.cells.first().map_or("", String::as_str);
        cell(widths.iter().sum(), &span, &filled("TableText", "<w:keepNext/>", "<w:b/>", text))
    } else {
        let face = if row.tone == Tone::Total { "<w:b/>" } else { "" };
        let cells = row.cells.iter().zip(&table.columns).zip(widths);
        cells
            .map(|((text, column), width)| {
                cell(*width, MIDDLE, &filled("TableText", aligned(column.align), face, text))
            })
            .collect()
    };
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
}

fn aligned(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Center => r#"<w:jc w:val="center"/>"#,
        Align::Right => r#"<w:jc w:val="right"/>"#,
    }
}

/// A4 with the margins of the Decree; the page's number stands from the second page on.
fn section() -> String {
    let half = |length: f64| twips(length / 2.0);
    format!(
        r#"<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="first" r:id="headerFirst"/><w:footerReference w:type="default" r:id="footer"/><w:footerReference w:type="first" r:id="footer"/><w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>"#,
        twips(LAYOUT.paper.0),
        twips(LAYOUT.paper.1),
        twips(LAYOUT.top),
        twips(LAYOUT.right),
        twips(LAYOUT.bottom),
        twips(LAYOUT.left),
        half(LAYOUT.top),
        half(LAYOUT.bottom),
    )
}

/// A line drawn in the middle of a width: an empty paragraph whose upper edge is as long as the line.
fn ruled(length: f64, width: f64) -> String {
    if length <= 0.0 {
        return String::new();
    }
    let side = twips((width - length) / 2.0);
    let properties = format!(
        r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="1"/></w:pBdr><w:ind w:left="{side}" w:right="{side}"/>"#
    );
    paragraph("RuleLine", &properties, "")
}

/// A cell; it must hold a paragraph.
fn cell(width: i64, properties: &str, inner: &str) -> String {
    let inner = if inner.is_empty() { "<w:p/>" } else { inner };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>"#)
}

fn styled(style: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { filled(style, "", "", text) }
}

fn filled(style: &str, properties: &str, face: &str, text: &str) -> String {
    paragraph(style, properties, &run(face, text))
}

fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>"#)
}

/// Letters of one face; line ends stay.
fn run(face: &str, text: &str) -> String {
    let face = if face.is_empty() { String::new() } else { format!("<w:rPr>{face}</w:rPr>") };
    let lines: Vec<String> =
        text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, clean(line))).collect();
    format!("<w:r>{face}{}</w:r>", lines.join("<w:br/>"))
}
