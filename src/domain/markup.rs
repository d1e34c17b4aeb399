//! WhatsApp's text formatting: lines of styled spans, as chat clients show a message's body.
//!
//! Meta publishes no grammar. These are the rules that WhatsApp's help pages and clients show: `*bold*`, `_italic_`,
//! `~strike~`, three backticks around monospace, one around inline code; `- ` or `* `, `1. ` and `> ` at the start of a
//! line. A marker touches text on its inner side and none on its outer side, does not reach over a line's end, may hold
//! other markers, and is printed as it stands when it has no partner. Inside code nothing else counts.

use std::ops::Range;

use super::placeholder::{Fill, Filled, Piece, pieces};

#[cfg(test)]
mod tests;

/// How a span looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub strike: bool,
    /// Monospace: three backticks.
    pub mono: bool,
    /// Inline code: one backtick.
    pub code: bool,
}

impl Style {
    fn with(self, marker: char) -> Self {
        match marker {
            '*' => Self { bold: true, ..self },
            '_' => Self { italic: true, ..self },
            _ => Self { strike: true, ..self },
        }
    }

    fn has(self, marker: char) -> bool {
        match marker {
            '*' => self.bold,
            '_' => self.italic,
            _ => self.strike,
        }
    }
}

/// Text that looks one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it says, without the markers.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Bytes of the source it comes from.
    pub range: Range<usize>,
    /// What a variable put there, if one did.
    pub fill: Option<Fill>,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Plain text.
    Paragraph,
    /// An item of a list with bullets.
    Bullet,
    /// An item of a numbered list, with its number as written.
    Numbered(String),
    /// A quotation.
    Quote,
}

/// One line of the message, empty ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub spans: Vec<Span>,
}

/// Reads formatting.
pub fn parse(text: &str) -> Vec<Block> {
    parse_filled(&Filled::plain(text))
}

/// Reads formatting after variables were filled: spans do not reach over the edges of values.
pub fn parse_filled(filled: &Filled) -> Vec<Block> {
    let text = filled.text.as_str();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let (kind, skipped) = line_kind(line);
        let mut reader = Reader::new(text, start + skipped..end);
        let (from, to) = (reader.next, reader.end);
        reader.emphasis(from, to, Style::default());
        let mut spans = reader.spans;
        if !filled.fills.is_empty() {
            spans = spans.into_iter().flat_map(|span| split(span, filled)).collect();
        }
        blocks.push(Block { kind, spans });
        start = end + 1;
    }
    blocks
}

/// The names of variables whose values change how the text is formatted: a `*` in a value that pairs up with another,
/// a value that begins with a space after a marker, a first line that becomes a list.
pub fn formatting_changed_by_values(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Vec<&str> {
    let pieces = pieces(text);
    let neutral = looks(&pieces, |_| None);
    let mut culprits = Vec::new();
    for piece in &pieces {
        if let Piece::Variable(name) = piece
            && !culprits.contains(name)
            && let Some(own) = value(name).filter(|own| !own.is_empty())
            && looks(&pieces, |other| (other == *name).then(|| own.clone())) != neutral
        {
            culprits.push(*name);
        }
    }
    culprits
}

/// How every byte of the literal text looks, and every value as a whole; a value without a given text is a letter.
/// `None` for what is not shown.
fn looks(pieces: &[Piece<'_>], value: impl Fn(&str) -> Option<String>) -> Vec<Option<(BlockKind, Style)>> {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for piece in pieces {
        let start = text.len();
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Variable(name) => text.push_str(&value(name).unwrap_or_else(|| "x".to_owned())),
        }
        ranges.push((matches!(piece, Piece::Variable(_)), start..text.len()));
    }
    let mut shown: Vec<Option<(BlockKind, Style)>> = vec![None; text.len()];
    for block in parse(&text) {
        for span in block.spans {
            if let Some(bytes) = shown.get_mut(span.range) {
                bytes.fill(Some((block.kind.clone(), span.style)));
            }
        }
    }
    let mut looks = Vec::new();
    for (is_value, range) in ranges {
        let bytes = shown.get(range).unwrap_or_default();
        match bytes {
            [first, rest @ ..] if is_value && rest.iter().all(|byte| byte == first) => looks.push(first.clone()),
            bytes => looks.extend_from_slice(bytes),
        }
    }
    looks
}

/// Cuts a span where values begin and end.
fn split(span: Span, filled: &Filled) -> Vec<Span> {
    let mut edges = vec![span.range.start, span.range.end];
    for (range, _) in &filled.fills {
        edges.extend([range.start, range.end]);
    }
    edges.retain(|edge| (span.range.start..=span.range.end).contains(edge));
    edges.sort_unstable();
    edges.dedup();
    edges
        .iter()
        .zip(edges.iter().skip(1))
        .filter_map(|(from, to)| {
            Some(Span {
                text: filled.text.get(*from..*to)?.to_owned(),
                style: span.style,
                range: *from..*to,
                fill: filled.fill_at(*from),
            })
        })
        .collect()
}

/// What the line is, and how many bytes say so.
fn line_kind(line: &str) -> (BlockKind, usize) {
    if line.starts_with("> ") {
        return (BlockKind::Quote, 2);
    }
    if line.starts_with("- ") || line.starts_with("* ") {
        return (BlockKind::Bullet, 2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match (line.get(..digits), line.get(digits..)) {
        (Some(number), Some(rest)) if (1..=3).contains(&digits) && rest.starts_with(". ") => {
            (BlockKind::Numbered(number.to_owned()), digits + 2)
        }
        _ => (BlockKind::Paragraph, 0),
    }
}

/// Reads one line.
struct Reader<'a> {
    text: &'a str,
    next: usize,
    end: usize,
    line: Range<usize>,
    code: Vec<Code>,
    spans: Vec<Span>,
}

/// Text in backticks: where it stands with them, without them, and whether there are three.
struct Code {
    outer: Range<usize>,
    inner: Range<usize>,
    mono: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, line: Range<usize>) -> Self {
        Self { text, next: line.start, end: line.end, code: find_code(text, line.clone()), line, spans: Vec::new() }
    }

    /// Reads `from..to` with what is already around it.
    fn emphasis(&mut self, from: usize, to: usize, style: Style) {
        let mut at = from;
        let mut plain = from;
        // Markers known to have no partner further on: looked for once each.
        let mut lonely = String::new();
        while at < to {
            if let Some((outer, inner, mono)) = self.code_at(at) {
                self.push(plain..at, style);
                let style = Style { mono, code: !mono, ..style };
                self.push(inner, style);
                at = outer.end;
                plain = at;
                continue;
            }
            let Some(character) = self.char_at(at) else { break };
            let length = character.len_utf8();
            if matches!(character, '*' | '_' | '~')
                && !style.has(character)
                && !lonely.contains(character)
                && self.opens(at, character)
            {
                if let Some(close) = self.partner(at + length, to, character) {
                    self.push(plain..at, style);
                    self.emphasis(at + length, close, style.with(character));
                    at = close + length;
                    plain = at;
                    continue;
                }
                lonely.push(character);
            }
            at += length;
        }
        self.push(plain..to, style);
    }

    /// Whether a marker here can begin something.
    fn opens(&self, at: usize, marker: char) -> bool {
        let before = self.char_before(at);
        let after = self.char_at(at + marker.len_utf8());
        before.is_none_or(|before| !before.is_alphanumeric())
            && after.is_some_and(|after| !after.is_whitespace() && after != marker)
    }

    /// Where the partner of a marker stands: it touches text before it and none after it.
    fn partner(&self, from: usize, to: usize, marker: char) -> Option<usize> {
        let mut at = from;
        while at < to {
            if let Some((outer, _, _)) = self.code_at(at) {
                at = outer.end;
                continue;
            }
            let character = self.char_at(at)?;
            if character == marker && at > from {
                let before = self.char_before(at);
                let after = self.char_at(at + marker.len_utf8());
                if before.is_some_and(|before| !before.is_whitespace()) && after.is_none_or(|after| !after.is_alphanumeric()) {
                    return Some(at);
                }
            }
            at += character.len_utf8();
        }
        None
    }

    fn code_at(&self, at: usize) -> Option<(Range<usize>, Range<usize>, bool)> {
        let found = self.code.binary_search_by_key(&at, |code| code.outer.start).ok().and_then(|index| self.code.get(index))?;
        Some((found.outer.clone(), found.inner.clone(), found.mono))
    }

    /// The character here, if the line has one.
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.line.end)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(self.line.start..at)?.chars().next_back()
    }

    fn push(&mut self, range: Range<usize>, style: Style) {
        if let Some(text) = self.text.get(range.clone()).filter(|text| !text.is_empty()) {
            self.spans.push(Span { text: text.to_owned(), style, range, fill: None });
        }
    }
}

/// Text in backticks, from left to right: three around something, else one.
fn find_code(text: &str, line: Range<usize>) -> Vec<Code> {
    let mut found = Vec::new();
    let mut at = line.start;
    while let Some(rest) = text.get(at..line.end) {
        let Some(offset) = rest.find('`') else { break };
        let open = at + offset;
        let Some(code) = code_of(text, open, line.end, 3).or_else(|| code_of(text, open, line.end, 1)) else {
            // Backticks without a partner are text; step over the whole run of them.
            let run = text.get(open..line.end).map_or(1, |rest| rest.bytes().take_while(|byte| *byte == b'`').count());
            at = open + run;
            continue;
        };
        at = code.outer.end;
        found.push(code);
    }
    found
}

fn code_of(text: &str, open: usize, end: usize, ticks: usize) -> Option<Code> {
    let marker = "```".get(..ticks)?;
    let inner_start = open + ticks;
    let rest = text.get(open..end)?.strip_prefix(marker)?;
    let length = rest.find(marker)?;
    let inner = rest.get(..length)?;
    (!inner.trim().is_empty()).then_some(Code {
        outer: open..inner_start + length + ticks,
        inner: inner_start..inner_start + length,
        mono: ticks == 3,
    })
}
