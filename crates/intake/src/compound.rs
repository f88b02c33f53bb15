//! What an old workbook asks of memory, told from its bytes before it is read: the chains of its sectors come to an end, and its sheets hold no more cells than may be unpacked.
//!
//! The reader behind [`crate::xls`] follows a chain of sectors wherever it leads and makes room for the whole rectangle
//! between the cells of a sheet that lie furthest apart; a file of a few kilobytes could ask it for all memory there is.

use std::collections::BTreeMap;

use calamine::Data;

use crate::package::damaged;
use crate::refusal::{Limits, Refusal};

/// Numbers of sectors from here on are marks: the end of a chain, a free sector, a part of the table itself.
const MARKS: u32 = 0xffff_fffa;
const END: u32 = 0xffff_fffe;
/// The numbers of the sectors of the table that lie in the header.
const HEADER: usize = 512;
const TABLE: std::ops::Range<usize> = 76..HEADER;
/// A shorter stream lies in small sectors of its own.
const LEAST: usize = 4_096;
const SMALL: usize = 64;
const ENTRY: usize = 128;
/// The last column of such a sheet and one more; the rows likewise.
const COLUMNS: u64 = 256;
const ROWS: u64 = 65_536;

/// Refuses a file that asks for more than the limits allow.
pub(crate) fn check(bytes: &[u8], limits: Limits) -> Result<(), Refusal> {
    let endless = || damaged("Workbook", "its sectors do not come to an end");
    let file = Compound::open(bytes).ok_or_else(endless)?;
    let most = limits.unpacked / size_of::<Data>() as u64;
    for name in ["Workbook", "Book"] {
        if let Some(entry) = file.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) {
            let stream = file.stream(entry).ok_or_else(endless)?;
            if cells(&stream).is_none_or(|cells| cells > most) {
                return Err(Refusal::Bomb);
            }
        }
    }
    Ok(())
}

/// A file of streams that lie in chains of sectors.
struct Compound<'b> {
    bytes: &'b [u8],
    /// Bytes of a sector, and of the header before the first.
    size: usize,
    /// From each sector to the next of its chain.
    next: Vec<u32>,
    small: Vec<u8>,
    small_next: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    /// None where a chain does not end or a length is beyond the file.
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let size = match word(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file =
            Compound { bytes, size, next: Vec::new(), small: Vec::new(), small_next: Vec::new(), entries: Vec::new() };
        for sector in file.table()? {
            file.next.extend(numbers(file.sector(sector)?));
        }
        let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
        let entries = directory.chunks_exact(ENTRY).map(|entry| Entry::read(entry, size == 512));
        file.entries = entries.collect::<Option<_>>()?;
        let small_table = usize::try_from(number(bytes, 64)?).ok()?.checked_mul(size)?;
        if small_table > 0 {
            let root = file.entries.first()?;
            if small_table > bytes.len() || root.length > bytes.len() {
                return None;
            }
            file.small = file.chain(root.start, root.length)?;
            file.small_next = numbers(&file.chain(number(bytes, 60)?, small_table)?).collect();
        }
        Some(file)
    }

    /// The sectors of the table that says which sector follows which.
    fn table(&self) -> Option<Vec<u32>> {
        let mut table: Vec<u32> = numbers(self.bytes.get(TABLE)?).collect();
        let mut further = number(self.bytes, 68)?;
        let mut left = self.bytes.len() / self.size;
        while further < MARKS {
            left = left.checked_sub(1)?;
            table.extend(numbers(self.sector(further)?));
            further = table.pop()?;
        }
        table.retain(|sector| *sector < MARKS);
        (table.len() <= self.bytes.len() / self.size).then_some(table)
    }

    /// A sector; the last of a file may be cut short.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let begin = (number as usize).checked_add(1)?.checked_mul(self.size)?;
        self.bytes.get(begin..self.bytes.len().min(begin + self.size)).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain, at the most so many; none where it holds more sectors than there are, or goes on behind
    /// one that is cut short.
    fn chain(&self, start: u32, most: usize) -> Option<Vec<u8>> {
        let sector = |number: u32| Some((self.sector(number)?, follower(&self.next, number)));
        chain(start, most, self.size, self.bytes.len(), sector)
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.length > self.bytes.len() {
            return None;
        }
        if entry.length >= LEAST {
            return self.chain(entry.start, entry.length);
        }
        let sector = |number: u32| {
            let begin = (number as usize).checked_mul(SMALL)?;
            let end = self.small.len().min(begin + SMALL);
            Some((self.small.get(begin..end)?, follower(&self.small_next, number)))
        };
        chain(entry.start, entry.length, SMALL, self.small.len(), sector)
    }
}

impl Entry {
    fn read(entry: &[u8], short: bool) -> Option<Self> {
        let letters = entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let letters: Vec<u16> = letters.take_while(|letter| *letter != 0).collect();
        let high = if short { 0 } else { u64::from(number(entry, 124)?) };
        let length = usize::try_from(high << 32 | u64::from(number(entry, 120)?)).ok()?;
        Some(Entry { name: String::from_utf16_lossy(&letters), start: number(entry, 116)?, length })
    }
}

/// What follows a sector; the end where the table does not tell.
fn follower(table: &[u32], number: u32) -> u32 {
    table.get(number as usize).copied().unwrap_or(END)
}

fn chain<'b>(
    start: u32,
    most: usize,
    size: usize,
    there: usize,
    sector: impl Fn(u32) -> Option<(&'b [u8], u32)>,
) -> Option<Vec<u8>> {
    let (mut bytes, mut at, mut left) = (Vec::new(), start, there / size + 1);
    while at != END && bytes.len() < most {
        left = left.checked_sub(1)?;
        if bytes.len() % size != 0 {
            return None;
        }
        let (sector, next) = sector(at)?;
        bytes.extend(sector);
        at = next;
    }
    bytes.truncate(most);
    Some(bytes)
}

/// How many cells the rectangles of all sheets hold; none where a sheet is larger than such a sheet can be.
fn cells(stream: &[u8]) -> Option<u64> {
    let (mut known, mut sum) = (BTreeMap::new(), 0_u64);
    // Sheets lie one behind the other: to read all of them takes no more steps than the stream has bytes.
    let mut left = stream.len();
    let sheets = records(stream).take_while(|record| record.kind != EOF).filter(|record| record.kind == SHEET);
    for sheet in sheets {
        let start = number(sheet.body, 0)? as usize;
        let area = match known.get(&start) {
            Some(area) => *area,
            None => *known.entry(start).or_insert(area(stream.get(start..).unwrap_or_default(), &mut left)?),
        };
        sum = sum.checked_add(area)?;
    }
    Some(sum)
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MANY: u16 = 0x00bd;
/// Numbers, texts, truths and formulas.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd, 0x0006, MANY];

/// The first and the last row or column.
type Span = (u16, u16);

/// The rectangle around the cells of the sheet that begins here.
fn area(sheet: &[u8], left: &mut usize) -> Option<u64> {
    let (mut rows, mut columns) = (None, None);
    let widened = |range: Option<Span>, at: u16| range.map_or((at, at), |(low, high)| (low.min(at), high.max(at)));
    let (mut begun, mut depth) = (false, 0_usize);
    for record in records(sheet) {
        *left = left.checked_sub(4 + record.body.len())?;
        match record.kind {
            BOF if begun => depth += 1,
            BOF => begun = true,
            EOF if depth == 0 => break,
            EOF => depth -= 1,
            _ if depth > 0 => {}
            DIMENSIONS => dimensions(record.body)?,
            kind if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (word(record.body, 0), word(record.body, 2)) else { continue };
                let many = if kind == MANY { record.body.len().saturating_sub(6) / 6 } else { 1 };
                let last = u64::from(column) + (many as u64).saturating_sub(1);
                let last = u16::try_from(last).ok().filter(|last| u64::from(*last) < COLUMNS)?;
                rows = Some(widened(rows, row));
                columns = Some(widened(Some(widened(columns, column)), last));
            }
            _ => {}
        }
    }
    let length = |range: Option<Span>| range.map_or(0, |(low, high)| u64::from(high - low) + 1);
    Some(length(rows) * length(columns))
}

/// None where a sheet says of itself that it is larger than it can be, or ends before it begins.
fn dimensions(body: &[u8]) -> Option<()> {
    let wide = body.len() >= 14;
    let rows = match wide {
        true => (u64::from(number(body, 0)?), u64::from(number(body, 4)?)),
        false => (u64::from(word(body, 0)?), u64::from(word(body, 2)?)),
    };
    let at = if wide { 8 } else { 4 };
    let columns = (u64::from(word(body, at)?), u64::from(word(body, at + 2)?));
    // The last row and column are counted one too far; a first column that makes no sense counts as the first of all.
    let columns = if columns.0 < columns.1.min(COLUMNS) { columns.1 - columns.0 } else { columns.1 };
    (rows.1 == 0 || rows.0 < rows.1 && (rows.1 - rows.0) * columns <= ROWS * COLUMNS).then_some(())
}

struct Record<'b> {
    kind: u16,
    body: &'b [u8],
}

/// The records that begin here, up to one that is cut short.
fn records(mut stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (kind, length) = (word(stream, 0)?, usize::from(word(stream, 2)?));
        let body = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some(Record { kind, body })
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
