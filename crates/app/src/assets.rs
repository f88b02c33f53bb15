//! Style sheets, scripts, fonts and icons: embedded, compressed once, served under a hash of their content for a year.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets");
static SHELF: LazyLock<Shelf> = LazyLock::new(fill);

/// Every file that a page may ask for.
struct Shelf {
    hash: String,
    files: BTreeMap<&'static str, Asset>,
}

struct Asset {
    kind: &'static str,
    plain: Vec<u8>,
    gzip: Option<Vec<u8>>,
}

/// The address of a file: `app.css`, `app.js`, `tabler.min.css`, `htmx.min.js`, `icons.svg` or a font.
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", SHELF.hash)
}

/// The ids of the icons in the sprite.
pub fn icons() -> Vec<&'static str> {
    let sprite = embedded("icons.svg");
    sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// `GET /assets/{hash}/{name}`: a file under an old hash is answered too, but not kept.
pub async fn show(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = SHELF.files.get(name.as_str()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = if hash == SHELF.hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let zipped = asset.gzip.as_ref().filter(|_| takes_gzip(&headers));
    let mut response = zipped.unwrap_or(&asset.plain).clone().into_response();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if zipped.is_some() {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

fn fill() -> Shelf {
    let mut files = BTreeMap::new();
    for folder in ["vendor", "fonts"] {
        for file in FOLDER.get_dir(folder).expect("a folder of assets").files() {
            let name = file.path().file_name().and_then(|name| name.to_str()).expect("a file name");
            files.insert(name, asset(name, file.contents().to_vec()));
        }
    }
    files.insert("icons.svg", asset("icons.svg", embedded("icons.svg").into()));
    files.insert("favicon.svg", asset("favicon.svg", embedded("favicon.svg").into()));
    files.insert("app.css", asset("app.css", joined("css")));
    files.insert("app.js", asset("app.js", joined("js")));
    let mut digest = Sha256::new();
    for (name, file) in &files {
        digest.update(name.as_bytes());
        digest.update(&file.plain);
    }
    let hash = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Shelf { hash, files }
}

fn embedded(name: &str) -> &'static str {
    FOLDER.get_file(name).and_then(|file| file.contents_utf8()).expect("an embedded text")
}

/// The files of a folder one after another, in the order of their names.
fn joined(folder: &str) -> Vec<u8> {
    let mut files: Vec<_> = FOLDER.get_dir(folder).expect("a folder of assets").files().collect();
    files.sort_by_key(|file| file.path());
    files.iter().flat_map(|file| [file.contents(), b"\n"].concat()).collect()
}

fn asset(name: &str, plain: Vec<u8>) -> Asset {
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };
    // A woff2 font is compressed already.
    let gzip = (kind != "font/woff2").then(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain).expect("memory takes what is written");
        encoder.finish().expect("memory takes what is written")
    });
    Asset { kind, plain, gzip }
}

#[cfg(test)]
mod tests {
    use super::SHELF;

    #[test]
    fn a_first_visit_loads_at_most_250_kilobytes() {
        let weight: usize =
            SHELF.files.values().map(|asset| asset.gzip.as_ref().map_or(asset.plain.len(), Vec::len)).sum();
        assert!(weight <= 240_000, "{weight} bytes");
    }
}
