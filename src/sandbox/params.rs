//! The parameters of a call, wherever the caller put them: query, form, multipart form or JSON body.
//! It must not know what a parameter means.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::errors::GraphError;

/// Deepest nesting that a JSON body may have.
const DEEPEST: usize = 32;

/// Deepest structure that the key of a form may spell out.
const DEEPEST_KEY: usize = 12;

/// Parameters by name. Values from a query or form are strings, values from a JSON body are as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Map<String, Value>, Option<Upload>);

/// A file in a multipart form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its content type, as the form says.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Params {
    /// Adds what a query string or a form-encoded body holds.
    pub fn add_encoded(&mut self, encoded: &[u8]) {
        for (key, value) in form_urlencoded::parse(encoded) {
            self.add_text(&key, value.into_owned());
        }
    }

    /// Adds one text. `name[]` and `name[0]` gather into a list under `name`, `name[key]` into an object, as PHP and Graph
    /// write structures in forms.
    pub fn add_text(&mut self, key: &str, value: String) {
        let path: Vec<&str> = match key.split_once('[') {
            Some((name, rest)) if !name.is_empty() && rest.ends_with(']') => {
                std::iter::once(name).chain(rest.strip_suffix(']').unwrap_or(rest).split("][")).collect()
            }
            _ => vec![key],
        };
        let (Some((name, rest)), true) = (path.split_first(), path.len() <= DEEPEST_KEY) else { return };
        put(self.0.entry(*name).or_insert(Value::Null), rest, value);
    }

    /// Adds the members of a JSON object.
    ///
    /// # Errors
    /// Code 100 when the body is no JSON object, or is nested too deeply.
    pub fn add_json(&mut self, body: &[u8]) -> Result<(), GraphError> {
        let value: Value =
            serde_json::from_slice(body).map_err(|_| GraphError::parameter("(#100) Invalid JSON in request body"))?;
        let Value::Object(members) = value else {
            return Err(GraphError::parameter("(#100) The request body must be a JSON object"));
        };
        if members.values().any(|member| deeper_than(member, DEEPEST)) {
            return Err(GraphError::parameter("(#100) The request body is nested too deeply"));
        }
        self.0.extend(members);
        Ok(())
    }

    /// Adds the text parts of a multipart form. Of the parts that are files the last one under the name `file` is kept.
    pub fn add_multipart(&mut self, body: &[u8], boundary: &str) {
        let mark = format!("--{boundary}");
        for part in pieces(body, mark.as_bytes()).skip(1) {
            let mut halves = pieces(part, b"\r\n\r\n");
            let (Some(head), Some(first)) = (halves.next(), halves.next()) else { continue };
            // A file may hold the mark of an empty line itself, so the content goes on to the end of the part.
            let start = head.len() + 4;
            let content = part.get(start..).unwrap_or(first);
            let content = content.strip_suffix(b"\r\n").unwrap_or(content);
            let head = String::from_utf8_lossy(head);
            let header =
                |wanted: &str| head.lines().find(|line| line.to_ascii_lowercase().starts_with(wanted)).unwrap_or("").to_owned();
            let disposition = header("content-disposition:");
            let quoted = |name: &str| {
                let (_, rest) = disposition.split_once(&format!("; {name}=\""))?;
                rest.split('"').next().map(str::to_owned)
            };
            let Some(name) = quoted("name") else { continue };
            if !disposition.contains("filename=") {
                self.add_text(&name, String::from_utf8_lossy(content).into_owned());
            } else if name == "file" {
                let kind = header("content-type:").split_once(':').map(|(_, kind)| kind.trim().to_owned());
                self.1 =
                    Some(Upload { kind: kind.unwrap_or_else(|| "application/octet-stream".into()), bytes: content.to_vec() });
            }
        }
    }

    /// The file that came with the form.
    pub fn upload(&self) -> Option<&Upload> {
        self.1.as_ref()
    }

    /// Sets a parameter to a text.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), Value::String(value.to_owned()));
    }

    /// Takes a parameter out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    /// Whether the parameter was given at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The raw value.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The value as text: strings as they are, other scalars and structures as JSON. `null` counts as absent.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        match self.0.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(Cow::Borrowed(text)),
            other => Some(Cow::Owned(other.to_string())),
        }
    }

    /// The value as JSON: a string that holds JSON is read, as forms carry structures that way.
    pub fn json(&self, name: &str) -> Option<Value> {
        match self.0.get(name)? {
            Value::String(text) => Some(read_or_keep(text)),
            other => Some(other.clone()),
        }
    }

    /// A truth value, as `true`, `"true"`, `1` or `"1"`.
    ///
    /// # Errors
    /// Code 100 when it is none of these.
    pub fn truth(&self, name: &str) -> Result<Option<bool>, GraphError> {
        match self.text(name).as_deref() {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(_) => Err(GraphError::parameter(format!("(#100) Param {name} must be a boolean"))),
        }
    }

    /// All parameters.
    pub fn entries(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter()
    }
}

/// What stands between marks, like `str::split`.
fn pieces<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let all = rest?;
        match all.windows(mark.len()).position(|window| window == mark) {
            Some(at) => {
                rest = all.get(at + mark.len()..);
                all.get(..at)
            }
            None => rest.take(),
        }
    })
}

/// The texts of a list, however it was written.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => match read_or_keep(text) {
            Value::Array(items) => items.iter().flat_map(texts).collect(),
            _ => text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
        },
        Value::Null => Vec::new(),
        other => vec![other.to_string()],
    }
}

/// Puts a text where a path of list places and names leads to.
fn put(place: &mut Value, path: &[&str], value: String) {
    let Some((step, rest)) = path.split_first() else {
        *place = Value::String(value);
        return;
    };
    if step.is_empty() || step.chars().all(|c| c.is_ascii_digit()) {
        if !place.is_array() {
            *place = Value::Array(Vec::new());
        }
        if let Value::Array(items) = place {
            let at = step.parse::<usize>().unwrap_or(usize::MAX);
            match items.get_mut(at) {
                Some(item) => put(item, rest, value),
                None => {
                    let mut item = Value::Null;
                    put(&mut item, rest, value);
                    items.push(item);
                }
            }
        }
        return;
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Object(members) = place {
        put(members.entry(*step).or_insert(Value::Null), rest, value);
    }
}

fn read_or_keep(text: &str) -> Value {
    let structure = text.trim_start().starts_with(['{', '[']);
    match structure.then(|| serde_json::from_str(text)) {
        Some(Ok(value)) => value,
        _ => Value::String(text.to_owned()),
    }
}

fn deeper_than(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(items) => levels == 0 || items.iter().any(|item| deeper_than(item, levels - 1)),
        Value::Object(members) => levels == 0 || members.values().any(|member| deeper_than(member, levels - 1)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multipart_form_gives_its_texts_and_its_file_byte_for_byte() {
        let mut params = Params::default();
        let file = b"\x89PNG\r\n\r\n\xff\x00--almost\r\n";
        let mut body = b"--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--B\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"name=x.png\"\r\nContent-Type: image/png\r\n\r\n"
            .to_vec();
        body.extend(file);
        body.extend(b"\r\n--B--\r\n");
        params.add_multipart(&body, "B");
        assert_eq!(params.text("messaging_product").as_deref(), Some("whatsapp"));
        let upload = params.upload().unwrap();
        assert_eq!((upload.kind.as_str(), upload.bytes.as_slice()), ("image/png", file.as_slice()));
        params.add_multipart(b"--B\r\nbroken", "B");
        assert_eq!(params.entries().count(), 1);
    }

    #[test]
    fn query_form_and_json_end_in_the_same_place() {
        let mut params = Params::default();
        params.add_encoded(b"fields=id%2Cname&status[]=APPROVED&status[]=PAUSED&n=5");
        params.add_json(br#"{"to":"155","template":{"name":"x"},"flag":true}"#).unwrap();
        assert_eq!(params.text("fields").as_deref(), Some("id,name"));
        assert_eq!(texts(params.value("status").unwrap()), ["APPROVED", "PAUSED"]);
        assert_eq!(params.json("template").unwrap()["name"], "x");
        assert_eq!(params.truth("flag").unwrap(), Some(true));
        assert_eq!(params.truth("n").unwrap_err().code, 100);
    }

    #[test]
    fn structures_in_a_form_are_read_as_json() {
        let mut params = Params::default();
        params.add_encoded(b"template=%7B%22name%22%3A%22x%22%7D&language=%5B%22en%22%5D&plain=a,b");
        assert_eq!(params.json("template").unwrap()["name"], "x");
        assert_eq!(texts(params.value("language").unwrap()), ["en"]);
        assert_eq!(texts(params.value("plain").unwrap()), ["a", "b"]);
    }

    #[test]
    fn structures_may_be_spelled_out_in_the_keys() {
        let mut params = Params::default();
        params.add_encoded(
            b"t[name]=x&t[language][code]=en&t[list][0][a]=1&t[list][0][b]=2&t[list][1][a]=3&odd[=1&[x]=2&e[]=1&e[]=2",
        );
        assert_eq!(
            params.json("t").unwrap(),
            serde_json::json!({"name": "x", "language": {"code": "en"}, "list": [{"a": "1", "b": "2"}, {"a": "3"}]})
        );
        assert_eq!(texts(params.value("e").unwrap()), ["1", "2"]);
        params.add_text(&format!("d{}", "[a]".repeat(5_000)), "x".into());
        assert!(!params.has("d"));
    }

    #[test]
    fn multipart_texts_are_read_and_files_left_out() {
        let mut params = Params::default();
        params.add_multipart(
            b"--x\r\nContent-Disposition: form-data; name=\"batch\"\r\n\r\n[]\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nzz\r\n--x--\r\n",
            "x",
        );
        assert_eq!(params.text("batch").as_deref(), Some("[]"));
        assert!(!params.has("f"));
    }

    #[test]
    fn deep_and_broken_bodies_are_refused_with_code_100() {
        let mut params = Params::default();
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(60), "]".repeat(60));
        assert_eq!(params.add_json(deep.as_bytes()).unwrap_err().code, 100);
        let deepest = format!("{{\"a\":{}", "[".repeat(100_000));
        assert_eq!(params.add_json(deepest.as_bytes()).unwrap_err().code, 100);
        assert_eq!(params.add_json(b"[1]").unwrap_err().code, 100);
        assert_eq!(params.add_json(b"\xff\xfe").unwrap_err().code, 100);
    }
}
