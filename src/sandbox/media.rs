//! Files for the examples of templates, and a few that count as uploaded: little pictures painted from their names, and bytes
//! that only have a size. It must not read or keep anything.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::call::{LATEST, Reply};
use super::errors::GraphError;
use super::seed;
use super::server::json_response;

/// Where the examples of the embedded templates point; those who ask for a template get this sandbox's address instead.
const EXAMPLES: &str = "https://cdn.example.com/";
/// Columns and rows of a picture.
const SIZE: (u32, u32) = (600, 314);
/// Ids of files that count as uploaded begin so, and have one digit more.
const UPLOADED: &str = "145678901234567";

/// Puts the sandbox's own address in the place of the examples'.
pub fn localised(value: Value, media: &str) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix(EXAMPLES) {
            Some(name) => Value::String(format!("{media}{name}")),
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(|item| localised(item, media)).collect(),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, localised(member, media))).collect(),
        other => other,
    }
}

/// What Graph says of an uploaded file; `None` for an id that is none's.
pub fn uploaded(id: &str, media: &str) -> Option<Value> {
    id.strip_prefix(UPLOADED).filter(|rest| rest.len() == 1)?;
    let file = painted(id);
    Some(json!({
        "messaging_product": "whatsapp",
        "url": format!("{media}uploaded/{id}"),
        "mime_type": "image/png",
        "sha256": crate::secrets::hex(&<sha2::Sha256 as sha2::Digest>::digest(&file)),
        // As text, as Meta writes it.
        "file_size": file.len().to_string(),
        "id": id,
    }))
}

/// `GET /sandbox/media/…`. Uploaded files are opened with a token, as Meta's are.
pub fn answer(method: &str, path: &[&str], has_token: bool) -> Response<Body> {
    let refuse = |error: GraphError| json_response(Reply::from(error), LATEST, false);
    if !matches!(method, "GET" | "HEAD") {
        return refuse(GraphError::new(405, 100, "Files are only read"));
    }
    let name = path.join("/");
    let (bytes, kind) = match (path, name.rsplit('.').next()) {
        (["uploaded", _], _) if !has_token => {
            return refuse(GraphError::new(401, 190, "An access token is required to request this resource."));
        }
        (["uploaded", id], _) => (painted(id), "image/png"),
        (_, Some("png")) => (painted(&name), "image/png"),
        (_, Some("mp4")) => (padded(&name, b"\0\0\0\x18ftypmp42", 180_000, 2_400_000), "video/mp4"),
        (_, Some("pdf")) => (padded(&name, b"%PDF-1.7\n", 40_000, 900_000), "application/pdf"),
        _ => return refuse(GraphError::new(404, 100, "There is no such file")),
    };
    file(kind, bytes)
}

/// A file as an answer.
pub fn file(kind: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert("x-wabadeck-sandbox", HeaderValue::from_static("1"));
    response
}

/// Bytes that begin like a file and have a size by its name.
fn padded(name: &str, beginning: &[u8], least: u64, most: u64) -> Vec<u8> {
    let size = least + seed::below(seed::mix(seed::of_text(name)), most - least);
    let mut bytes = beginning.to_vec();
    bytes.resize(usize::try_from(size).unwrap_or(0), 0);
    bytes
}

/// The colours of a painting: sky above, sky below, sun, far hills, near hills.
const PALETTES: [[[u8; 3]; 5]; 5] = [
    [[41, 98, 168], [206, 227, 241], [255, 236, 170], [92, 141, 137], [38, 92, 84]],
    [[108, 52, 110], [247, 178, 121], [255, 241, 190], [139, 74, 96], [64, 36, 66]],
    [[20, 110, 120], [226, 240, 214], [255, 250, 220], [120, 160, 92], [52, 104, 60]],
    [[176, 68, 44], [250, 214, 150], [255, 246, 214], [160, 92, 60], [96, 52, 40]],
    [[34, 44, 92], [150, 130, 190], [240, 236, 255], [84, 80, 140], [30, 32, 70]],
];

/// A landscape, the same for the same name: something to look at, with a middle and edges to see what a crop leaves away.
fn painted(name: &str) -> Vec<u8> {
    let drawn = seed::mix(seed::of_text(name));
    let palette = seed::pick(drawn, &PALETTES).copied().unwrap_or_default();
    let [above, below, sun, far, near] = palette;
    let part = |what: u64| seed::below(seed::draw(drawn, 1, what), 1_000) as f32 / 1_000.0;
    let (width, height) = (SIZE.0 as f32, SIZE.1 as f32);
    let centre = (width * (0.25 + 0.5 * part(1)), height * (0.3 + 0.2 * part(2)));
    let radius = height * (0.1 + 0.08 * part(3));
    let hill = |x: f32, base: f32, size: f32, shift: f32| {
        base - size * (x / width * 6.0 + shift).sin() * (x / width * 2.3 + shift).cos()
    };
    let mut pixels = Vec::with_capacity(SIZE.0 as usize * SIZE.1 as usize * 3);
    for row in 0..SIZE.1 {
        for column in 0..SIZE.0 {
            let (x, y) = (column as f32, row as f32);
            let ground = |base: f32, size: f32, shift: f32| y > hill(x, height * base, height * size, shift);
            let pixel = if ground(0.86, 0.08, 6.0 * part(5)) {
                near
            } else if ground(0.68, 0.12, 6.0 * part(4)) {
                far
            } else if (x - centre.0).hypot(y - centre.1) < radius {
                sun
            } else {
                mixed(above, below, y / (height * 0.7))
            };
            pixels.extend(pixel);
        }
    }
    encoded(&pixels).unwrap_or_default()
}

fn mixed(one: [u8; 3], other: [u8; 3], share: f32) -> [u8; 3] {
    let share = share.clamp(0.0, 1.0);
    let mut mixed = one;
    for (own, other) in mixed.iter_mut().zip(other) {
        *own = (f32::from(*own) * (1.0 - share) + f32::from(other) * share).round() as u8;
    }
    mixed
}

fn encoded(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIZE.0, SIZE.1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_point_to_the_sandbox_and_other_addresses_stay() {
        let value =
            json!({"example": {"header_handle": ["https://cdn.example.com/a/b.png"]}, "url": "https://shop.example.com/"});
        let localised = localised(value, "http://127.0.0.1:1/sandbox/media/");
        assert_eq!(localised["example"]["header_handle"][0], "http://127.0.0.1:1/sandbox/media/a/b.png");
        assert_eq!(localised["url"], "https://shop.example.com/");
    }

    #[test]
    fn a_name_always_has_the_same_file_and_uploaded_ones_want_a_token() {
        assert_eq!(painted("a.png"), painted("a.png"));
        assert_ne!(painted("a.png"), painted("b.png"));
        assert_eq!(answer("GET", &["uploaded", "1456789012345671"], false).status(), 401);
        assert_eq!(answer("GET", &["uploaded", "1456789012345671"], true).status(), 200);
        assert_eq!(answer("GET", &["nothing"], true).status(), 404);
        assert_eq!(answer("POST", &["a.png"], true).status(), 405);
    }
}
