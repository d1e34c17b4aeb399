//! Runs a fuzzer on any toolchain, without coverage: random mutations of a small corpus for some seconds.
//!
//! `run template|markup|picture [SECONDS] [SEED]`. A finding is printed with its seed and stops the run.

use std::{
    panic::catch_unwind,
    process::ExitCode,
    time::{Duration, Instant},
};

const TEMPLATES: [&str; 6] = [
    r#"{"name":"a","category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://x.test/a.jpg"]}},{"type":"BODY","text":"Hi {{1}}, *bold* _{{2}}_ `code`\n- one\n> two","example":{"body_text":[["Ana","40%"]]}},{"type":"FOOTER","text":"Reply STOP"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://x.test/{{1}}","example":["https://x.test/a"]},{"type":"QUICK_REPLY","text":"No"},{"type":"COPY_CODE","example":"SAVE"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+4930901820"}]}]}"#,
    r#"{"name":"c","category":"MARKETING","components":[{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"One {{1}}"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"},{"type":"URL","text":"Shop","url":"https://x.test/{{1}}"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"日本語 👨‍👩‍👧‍👦 שלום لإلغاء"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}]}]}"#,
    r#"{"name":"l","category":"MARKETING","components":[{"type":"HEADER","format":"GIF"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BODY","text":"Hi {{first_name}}"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":["A"]},{"type":"FLOW","text":"Form"},{"type":"CATALOG","text":"C"},{"type":"MPM","text":"M"},{"type":"VOICE_CALL","text":"V"},{"type":"ORDER_DETAILS","text":"O"}]}],"parameter_format":"NAMED"}"#,
    r#"{"data":[{"name":"o","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":5},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","text":"Copy","autofill_text":"Fill"}]}]}]}"#,
    r#"{"name":"p","components":[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"\u001b[2J\u202ehostile\u0000\u200d\t\r\n"},{"type":"CALL_PERMISSION_REQUEST"},{"type":"HOLOGRAM"}]}"#,
    r#"[{"name":"d","components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"HEADER","format":"TEXT","text":"{{1}} *x*"},{"type":"BODY","text":"{{{1}}} {{}} {{a b}} {{2}}"}]}]"#,
];

const TEXTS: [&str; 6] = [
    "*bold* _italic_ ~gone~ ```mono``` `code`",
    "- one\n* two\n1. three\n> four\n999. five",
    "*_~nested~_* *_crossed*_ **x** _ _ * a*",
    "`*not bold*` ```_nor_ `this` ``` ` alone",
    "日*本*語 👨‍👩‍👧 *שלום* é́́́́́́",
    "\u{1b}[1m*x*\r\n\t> y\u{2028}- z",
];

const PICTURES: [&[u8]; 3] = [
    include_bytes!("../../tests/data/halves.jpg"),
    include_bytes!("../../tests/data/grey.jpg"),
    include_bytes!("../../tests/data/ramp.png"),
];

/// What a fuzzer does with an input; a broken promise panics.
type Target = fn(&[u8]);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse::<u64>().ok());
    let bytes = |texts: &[&'static str]| texts.iter().map(|text| text.as_bytes()).collect();
    // How many bytes before the text choose sizes and the like.
    let (target, head, corpus): (Target, usize, Vec<&[u8]>) = match arguments.first().map(String::as_str) {
        Some("template") => (wabadeck_fuzz::template, wabadeck_fuzz::TEMPLATE_HEAD, bytes(&TEMPLATES)),
        Some("markup") => (wabadeck_fuzz::markup, 0, bytes(&TEXTS)),
        Some("picture") => (wabadeck_fuzz::picture, 0, PICTURES.to_vec()),
        _ => {
            println!("run template|markup|picture [SECONDS] [SEED]");
            return ExitCode::from(2);
        }
    };
    let mut random = Random(number(2).unwrap_or(1) | 1);
    let until = Instant::now() + Duration::from_secs(number(1).unwrap_or(30));
    let mut rounds = 0_u64;
    while Instant::now() < until {
        let seed = random.0;
        let mut input = random.bytes(head);
        let mut text = random.choice(&corpus).to_vec();
        for _ in 0..random.below(12) {
            mutate(&mut text, &mut random, &corpus);
        }
        input.extend(text);
        if catch_unwind(|| target(&input)).is_err() {
            println!("seed {seed}: {:?}", String::from_utf8_lossy(&input));
            return ExitCode::FAILURE;
        }
        rounds += 1;
    }
    println!("{rounds} inputs, nothing found");
    ExitCode::SUCCESS
}

/// Changes a text in one of the ways in which texts go wrong.
fn mutate(text: &mut Vec<u8>, random: &mut Random, corpus: &[&[u8]]) {
    const WORDS: [&str; 14] = [
        "{{1}}",
        "*",
        "`",
        "\\n",
        "\\u001b[2J",
        "\\u202e",
        "👨‍👩‍👧‍👦",
        "日本語",
        "שלום",
        "null",
        "[]",
        "\"\"",
        "\\u0301\\u0301\\u0301",
        "9999999999",
    ];
    let at = random.below(text.len() + 1);
    match random.below(6) {
        0 => drop(text.splice(at..at, random.choice(&WORDS).bytes())),
        1 => {
            let end = (at + random.below(20)).min(text.len());
            text.drain(at..end);
        }
        2 => {
            let end = (at + random.below(60)).min(text.len());
            let copy = text.get(at..end).unwrap_or_default().to_vec();
            text.splice(at..at, copy);
        }
        3 => {
            let other = random.choice(corpus);
            let from = random.below(other.len());
            let to = (from + random.below(80)).min(other.len());
            text.splice(at..at, other.get(from..to).unwrap_or_default().to_vec());
        }
        4 => drop(text.splice(at..at, "x".repeat(random.below(300)).into_bytes())),
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte = byte.wrapping_add(random.below(255) as u8);
            }
        }
    }
}

/// xorshift: the same seed gives the same run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }

    fn choice<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}
