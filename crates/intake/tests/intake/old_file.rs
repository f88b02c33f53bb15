//! A small writer of workbooks of the years before 2007: one stream of records in a compound file.

/// One record of a workbook.
#[derive(Debug, Clone)]
pub struct Record {
    pub kind: u16,
    pub body: Vec<u8>,
}

const DIMENSIONS: u16 = 0x0200;
const SECTOR: usize = 512;
/// A stream that is shorter lies elsewhere in a compound file; this one is filled up to it.
const LEAST: usize = 4_096;
const END: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;

/// A compound file with these records as its workbook.
pub fn workbook(records: &[Record]) -> Vec<u8> {
    let mut stream = Vec::new();
    for record in records {
        stream.extend(record.kind.to_le_bytes());
        stream.extend((record.body.len() as u16).to_le_bytes());
        stream.extend(&record.body);
    }
    compound(stream)
}

/// A list of one sheet: a head and one line.
pub fn list() -> Vec<u8> {
    sheets(1, &[label(0, 0, "Ho ten"), label(0, 1, "Nam"), label(1, 0, "Mau"), number(1, 1, 2024.0)])
}

/// So many sheets, all of them these records.
pub fn sheets(count: usize, cells: &[Record]) -> Vec<u8> {
    let begin = |kind: u16| Record {
        kind: 0x0809,
        body: [0x0600, kind, 0, 0, 0, 0, 0, 0].iter().flat_map(|word: &u16| word.to_le_bytes()).collect(),
    };
    let end = || Record { kind: 0x000a, body: Vec::new() };
    let named = |place: usize, start: u32| {
        let mut body = start.to_le_bytes().to_vec();
        body.extend([0, 0, 5, 0]);
        body.extend(format!("List{place}").bytes());
        Record { kind: 0x0085, body }
    };
    let sheet: Vec<Record> = [begin(0x0010)].into_iter().chain(cells.iter().cloned()).chain([end()]).collect();
    let length = |records: &[Record]| records.iter().map(|record| 4 + record.body.len()).sum::<usize>() as u32;
    let head = |start: u32| -> Vec<Record> {
        let starts = (0..count).map(|place| named(place, start + place as u32 * length(&sheet)));
        [begin(0x0005)].into_iter().chain(starts).chain([end()]).collect()
    };
    let start = length(&head(0));
    workbook(&head(start).into_iter().chain((0..count).flat_map(|_| sheet.clone())).collect::<Vec<_>>())
}

/// A cell with a text.
pub fn label(row: u16, column: u16, text: &str) -> Record {
    let mut body: Vec<u8> = [row, column, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    body.extend((text.len() as u16).to_le_bytes());
    body.push(0);
    body.extend(text.bytes());
    Record { kind: 0x0204, body }
}

fn number(row: u16, column: u16, number: f64) -> Record {
    let mut body: Vec<u8> = [row, column, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    body.extend(number.to_le_bytes());
    Record { kind: 0x0203, body }
}

/// What a sheet says of its own size: first and last row, first and last column, the last ones one too far.
pub fn dimensions(rows: (u32, u32), columns: (u16, u16)) -> Record {
    let rows = [rows.0, rows.1].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    let columns = [columns.0, columns.1, 0].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    Record { kind: DIMENSIONS, body: [rows, columns].concat() }
}

/// The same file where one sector is followed by another.
pub fn followed(mut file: Vec<u8>, sector: usize, next: u32) -> Vec<u8> {
    let at = SECTOR + 4 * sector;
    file[at..at + 4].copy_from_slice(&next.to_le_bytes());
    file
}

fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    let said = stream.len().max(LEAST) as u32;
    stream.resize(stream.len().max(LEAST).next_multiple_of(SECTOR), 0);
    let sectors = (stream.len() / SECTOR) as u32;
    // The table of sectors, the directory, then the stream.
    let mut table: Vec<u32> = vec![0xffff_fffd, END];
    table.extend((0..sectors).map(|place| if place + 1 == sectors { END } else { place + 3 }));
    table.resize(SECTOR / 4, FREE);
    let mut file = header();
    file.extend(table.iter().flat_map(|next| next.to_le_bytes()));
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry("Workbook", 2, FREE, 2, said));
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file.extend(stream);
    file
}

fn header() -> Vec<u8> {
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.extend([0; 16]);
    for word in [0x003e_u16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        header.extend(word.to_le_bytes());
    }
    // No directory sectors are counted in files of this age; one table sector; the directory in sector 1.
    for word in [0_u32, 1, 1, 0, LEAST as u32, END, 0, END, 0, 0] {
        header.extend(word.to_le_bytes());
    }
    header.resize(SECTOR, 0xff);
    header
}

fn entry(name: &str, kind: u8, child: u32, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(64, 0);
    entry.extend((name.len() as u16 * 2 + 2).to_le_bytes());
    entry.extend([kind, 1]);
    for word in [FREE, FREE, child] {
        entry.extend(word.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}
