//! A file of the disk as an answer: to be kept and not shown inside a page, a part at a time.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use futures_util::stream;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::error::Error;

/// Bytes read from the disk at once.
const CHUNK: usize = 64 << 10;

/// The answer that sends an open file of this size, in bytes, under this name.
pub fn sent(file: File, size: i64, media_type: &str, name: &str) -> Result<Response, Error> {
    let chunks = stream::try_unfold(file, async |mut file| {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((chunk, file)))
    });
    let mut response = Response::new(Body::from_stream(chunks));
    let header = |value: &str| HeaderValue::from_str(value).map_err(|error| Error::Internal(error.to_string()));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, header(media_type)?);
    answer.insert(CONTENT_LENGTH, size.into());
    answer.insert(CONTENT_DISPOSITION, header(&disposition(name))?);
    Ok(response)
}

/// RFC 6266: always kept as a file, under its own name with its marks.
fn disposition(file_name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let encoded: String = file_name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(disposition("a\"; b\r\n.pdf"), "attachment; filename*=UTF-8''a%22%3B%20b%0D%0A.pdf");
        assert_eq!(disposition("QĐ 12.pdf"), "attachment; filename*=UTF-8''Q%C4%90%2012.pdf");
    }
}
