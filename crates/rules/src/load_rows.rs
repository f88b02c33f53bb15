//! Reads what every row of the law carries: its days, its source and its mark.

use crate::facts::Day;
use crate::law::{Mark, Row, Source};
use crate::reader::{Fault, Reader};
use crate::words::Words;

/// A value with the days, source and mark of its row.
pub(crate) fn dated<T>(reader: &Reader<'_>, value: T, layer: &str) -> Result<Row<T>, Fault> {
    let (from, until) = (reader.day("from")?, reader.opt_day("until")?);
    ordered(reader, from, until)?;
    Ok(Row { from, until, value, source: source(reader)?, mark: mark(reader)?, layer: layer.to_owned() })
}

/// Refuses an end before its beginning.
pub(crate) fn ordered(reader: &Reader<'_>, from: Day, until: Option<Day>) -> Result<(), Fault> {
    if until.is_some_and(|until| until < from) {
        return Err(reader.fault_at("until", Words::new("“until” trước “from”", "`until` lies before `from`")));
    }
    Ok(())
}

/// The `source` of a row.
pub(crate) fn source(reader: &Reader<'_>) -> Result<Source, Fault> {
    let Some(table) = reader.opt_table("source")? else {
        return Err(reader.fault(Words::new("thiếu nguồn (“source”)", "`source` is missing")).hint(
            "thêm source = { document = \"…\", article = \"…\" }",
            "add source = { document = \"…\", article = \"…\" }",
        ));
    };
    let part = |key: &'static str| Ok::<_, Fault>(table.opt_text(key)?.unwrap_or_default());
    let (file, line) = table.place();
    let source = Source {
        file,
        line,
        document: table.text("document")?,
        article: part("article")?,
        clause: part("clause")?,
        point: part("point")?,
        note: part("note")?,
    };
    table.finish()?;
    Ok(source)
}

/// The `mark` of a row, mapped once to what it allows.
pub(crate) fn mark(reader: &Reader<'_>) -> Result<Mark, Fault> {
    match reader.text("mark")?.as_str() {
        "V" | "V*" => Ok(Mark::Verified),
        "V2" | "R+" | "R-H" => Ok(Mark::Unverified),
        "R-" | "R-M" | "R-L" | "?" => Ok(Mark::Never),
        other => Err(reader
            .fault_at("mark", Words::new(format!("không có ký hiệu “{other}”"), format!("no mark `{other}`")))
            .hint(
                "viết một trong: V, V*, V2, R+, R-H, R-, R-M, R-L, ?",
                "write one of: V, V*, V2, R+, R-H, R-, R-M, R-L, ?",
            )),
    }
}
