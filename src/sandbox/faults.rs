//! Faults on request: what networks, proxies and Meta do on bad days. A fault is armed by its specification, strikes the
//! calls it matches, and says what to do with them. It must not carry anything out itself.
//!
//! A specification is `name[=value][,option=value…]`:
//!
//! | name | value | what happens |
//! |---|---|---|
//! | `latency` | `200ms`, `2s` | every answer waits |
//! | `jitter` | `100ms` | every answer waits for up to that |
//! | `429` | seconds, 30 | HTTP 429 with `Retry-After` and no Graph error |
//! | `status` | 503 | that HTTP status with a transient Graph error |
//! | `token` | subcode, 463 | code 190 |
//! | `rate` | minutes, 5 | code 80008 with the regain time in the usage header |
//! | `code` | a code | that code as a Graph error |
//! | `html` | status, 502 | an HTML page |
//! | `empty` | status, 500 | no body at all |
//! | `truncate` | | the body breaks off in the middle |
//! | `reset` | | the connection is reset |
//! | `trickle` | `20ms` | the body comes in small pieces, each after that pause |
//! | `type` | `text/html` | a wrong content type |
//! | `enum` | a word | an enum value nobody knows (in `field=…`, else the onboarding status) |
//! | `drop` | a field | the field is unknown: code 100 |
//! | `batch-null` | index, 0, or `all` | that item of a batch is `null` |
//! | `duplicate` | | pages repeat the last row of the page before |
//! | `endless` | | the last page points to the first one again |
//! | `reduce` | rows, 25 | code 1 "reduce the amount of data" for larger pages |
//!
//! Options: `path=` part of the path, `method=`, `count=` how often it strikes, `after=` how many calls it lets pass first,
//! `nth=` only every so many calls, `probability=` 0 to 1.

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::seed;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Every answer waits.
    Latency(Duration),
    /// Every answer waits for up to that.
    Jitter(Duration),
    /// HTTP 429 with so many seconds in `Retry-After`.
    TooMany(u64),
    /// An HTTP status with a transient Graph error.
    Status(u16),
    /// Code 190 with a subcode.
    Token(i64),
    /// Code 80008 with so many minutes to regain access.
    Rate(i64),
    /// A Graph error with that code.
    Code(i64),
    /// An HTML page with that status.
    Html(u16),
    /// An empty body with that status.
    Empty(u16),
    /// A body that breaks off.
    Truncate,
    /// A connection that is reset.
    Reset,
    /// A body in small pieces with a pause before each.
    Trickle(Duration),
    /// A wrong content type.
    ContentType(String),
    /// An enum value that nobody knows.
    UnknownEnum {
        /// Field that gets it.
        field: String,
        /// The value.
        value: String,
    },
    /// A field that is no longer known.
    DropField(String),
    /// A batch item that is `null`; `None` means all.
    BatchNull(Option<usize>),
    /// Pages that repeat a row.
    Duplicate,
    /// Pages without end.
    Endless,
    /// Pages above so many rows are too much.
    Reduce(usize),
}

/// A fault and when it strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only for paths that contain this.
    pub path: Option<String>,
    /// Only for this method.
    pub method: Option<String>,
    /// Strikes so often.
    pub count: Option<u64>,
    /// Lets so many matching calls pass first.
    pub after: u64,
    /// Strikes every so many matching calls.
    pub nth: Option<u64>,
    /// Strikes with this probability.
    pub probability: Option<f64>,
    specification: String,
}

/// A fault specification that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the fault {0:?} was not understood: {1}; write name[=value][,option=value], for example status=503,path=phone_numbers,count=2"
)]
pub struct FaultError(String, String);

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let wrong = |why: &str| FaultError(text.chars().take(120).collect(), why.to_owned());
        let mut parts = text.trim().split(',').map(str::trim);
        let (name, value) = split(parts.next().unwrap_or(""));
        let mut fault = Self {
            kind: FaultKind::Reset,
            path: None,
            method: None,
            count: None,
            after: 0,
            nth: None,
            probability: None,
            specification: text.trim().to_owned(),
        };
        let mut field = "marketing_messages_onboarding_status".to_owned();
        for part in parts {
            let (option, value) = split(part);
            let value = value.ok_or_else(|| wrong(&format!("the option {option} has no value")))?;
            let number = || value.parse::<u64>().map_err(|_| wrong(&format!("{option} must be a number")));
            match option {
                "path" => fault.path = Some(value.to_owned()),
                "method" => fault.method = Some(value.to_ascii_uppercase()),
                "count" => fault.count = Some(number()?),
                "after" => fault.after = number()?,
                "nth" => fault.nth = Some(number()?.max(1)),
                "field" => value.clone_into(&mut field),
                "probability" => {
                    let share: f64 = value.parse().map_err(|_| wrong("probability must be a number"))?;
                    fault.probability = Some(share.clamp(0.0, 1.0));
                }
                _ => return Err(wrong(&format!("there is no option {option}"))),
            }
        }
        let number = |default: i64| match value {
            None => Ok(default),
            Some(text) => text.parse::<i64>().map_err(|_| wrong(&format!("{name} takes a number"))),
        };
        let status = |default: i64| {
            let status = number(default)?;
            u16::try_from(status).ok().filter(|status| (100..600).contains(status)).ok_or_else(|| wrong("that is no HTTP status"))
        };
        let rows = |default: i64| usize::try_from(number(default)?).map_err(|_| wrong("that is no number of rows"));
        let time =
            |default: u64| duration(value, default).ok_or_else(|| wrong(&format!("{name} takes a time such as 200ms or 2s")));
        fault.kind = match name {
            "latency" => FaultKind::Latency(time(200)?),
            "jitter" => FaultKind::Jitter(time(100)?),
            "429" => FaultKind::TooMany(number(30)?.unsigned_abs()),
            "status" => FaultKind::Status(status(503)?),
            "token" => FaultKind::Token(number(463)?),
            "rate" => FaultKind::Rate(number(5)?),
            "code" => FaultKind::Code(number(2)?),
            "html" => FaultKind::Html(status(502)?),
            "empty" => FaultKind::Empty(status(500)?),
            "truncate" => FaultKind::Truncate,
            "reset" => FaultKind::Reset,
            "trickle" => FaultKind::Trickle(time(20)?),
            "type" => FaultKind::ContentType(value.unwrap_or("text/html").to_owned()),
            "enum" => FaultKind::UnknownEnum { field, value: value.unwrap_or("SOMETHING_NEW").to_owned() },
            "drop" => FaultKind::DropField(value.ok_or_else(|| wrong("drop needs a field"))?.to_owned()),
            "batch-null" if value == Some("all") => FaultKind::BatchNull(None),
            "batch-null" => FaultKind::BatchNull(Some(rows(0)?)),
            "duplicate" => FaultKind::Duplicate,
            "endless" => FaultKind::Endless,
            "reduce" => FaultKind::Reduce(rows(25)?),
            _ => return Err(wrong(&format!("there is no fault {name}"))),
        };
        Ok(fault)
    }
}

fn split(part: &str) -> (&str, Option<&str>) {
    part.split_once('=').map_or((part, None), |(name, value)| (name.trim(), Some(value.trim())))
}

fn duration(text: Option<&str>, default: u64) -> Option<Duration> {
    let Some(text) = text else { return Some(Duration::from_millis(default)) };
    let (number, size) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1),
        (None, Some(number)) => (number, 1_000),
        (None, None) => (text, 1),
    };
    let millis = number.trim().parse::<u64>().ok()?.checked_mul(size)?;
    Some(Duration::from_millis(millis.min(600_000)))
}

#[derive(Debug)]
struct Armed {
    id: u64,
    fault: Fault,
    matched: u64,
    struck: u64,
}

/// The faults that are armed.
#[derive(Debug, Default)]
pub struct Faults {
    armed: Mutex<(u64, Vec<Armed>)>,
}

impl Faults {
    /// Arms a fault and answers its number.
    pub fn arm(&self, fault: Fault) -> u64 {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        armed.0 += 1;
        let id = armed.0;
        armed.1.push(Armed { id, fault, matched: 0, struck: 0 });
        id
    }

    /// Takes back one fault, or all; answers how many there were.
    pub fn disarm(&self, id: Option<u64>) -> usize {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let before = armed.1.len();
        armed.1.retain(|entry| id.is_some_and(|id| entry.id != id));
        before - armed.1.len()
    }

    /// What goes wrong with a call. Of faults that only concern a part of the work (`inner`), or only the transport
    /// (`!inner`), the others do not count the call.
    pub fn strike(&self, method: &str, path: &str, inner: bool) -> Vec<FaultKind> {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut struck = Vec::new();
        for entry in &mut armed.1 {
            let fault = &entry.fault;
            let concerns = fault.path.as_ref().is_none_or(|part| path.contains(part.as_str()))
                && fault.method.as_ref().is_none_or(|wanted| wanted == method)
                && !(inner && transport(&fault.kind));
            if !concerns {
                continue;
            }
            entry.matched += 1;
            let turn = entry.matched > fault.after
                && fault.count.is_none_or(|count| entry.struck < count)
                && fault.nth.is_none_or(|nth| (entry.matched - fault.after).is_multiple_of(nth))
                && fault.probability.is_none_or(|share| chance(entry.id, entry.matched) < share);
            if turn {
                entry.struck += 1;
                struck.push(fault.kind.clone());
            }
        }
        struck
    }

    /// All armed faults, for the control endpoint.
    pub fn told(&self) -> Vec<Value> {
        let armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |entry: &Armed| json!({"id": entry.id, "fault": entry.fault.specification, "matched": entry.matched, "struck": entry.struck});
        armed.1.iter().map(told).collect()
    }
}

/// A share between 0 and 1 that is the same for the same fault and call.
fn chance(id: u64, matched: u64) -> f64 {
    let drawn = u32::try_from(seed::draw(0xFA_17, id, matched) >> 32).unwrap_or(0);
    f64::from(drawn) / f64::from(u32::MAX)
}

/// Faults of the connection, which an item of a batch cannot have.
fn transport(kind: &FaultKind) -> bool {
    use FaultKind as K;
    matches!(
        kind,
        K::Latency(_)
            | K::Jitter(_)
            | K::Html(_)
            | K::Empty(_)
            | K::Truncate
            | K::Reset
            | K::Trickle(_)
            | K::ContentType(_)
            | K::BatchNull(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        text.parse().unwrap()
    }

    #[test]
    fn specifications_are_read() {
        assert_eq!(fault("latency=2s").kind, FaultKind::Latency(Duration::from_secs(2)));
        assert_eq!(fault("429").kind, FaultKind::TooMany(30));
        assert_eq!(fault("batch-null=all").kind, FaultKind::BatchNull(None));
        let limited = fault("status=500, path=phone_numbers, count=2, after=1, method=get");
        assert_eq!((limited.kind, limited.count, limited.after), (FaultKind::Status(500), Some(2), 1));
        let new = fault("enum=FUTURE,field=quality_rating");
        assert_eq!(new.kind, FaultKind::UnknownEnum { field: "quality_rating".into(), value: "FUTURE".into() });
    }

    #[test]
    fn broken_specifications_say_why() {
        for text in
            ["", "moon", "latency=soon", "status=9", "drop", "reset,count", "reset,count=x", "reset,when=now", "status=-1"]
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
        assert!("moon".parse::<Fault>().unwrap_err().to_string().contains("there is no fault moon"));
    }

    #[test]
    fn count_after_and_nth_choose_the_calls() {
        let faults = Faults::default();
        faults.arm(fault("status=500,path=/a,after=2,count=2"));
        let hits: Vec<bool> = (0..6).map(|_| !faults.strike("GET", "/a", false).is_empty()).collect();
        assert_eq!(hits, [false, false, true, true, false, false]);
        assert!(faults.strike("GET", "/b", false).is_empty());
        assert_eq!(faults.disarm(None), 1);
        faults.arm(fault("reset,nth=3"));
        let hits: Vec<bool> = (0..6).map(|_| !faults.strike("GET", "/", false).is_empty()).collect();
        assert_eq!(hits, [false, false, true, false, false, true]);
    }

    #[test]
    fn probability_is_about_right_and_repeatable() {
        let run = || {
            let faults = Faults::default();
            faults.arm(fault("reset,probability=0.25"));
            (0..400).filter(|_| !faults.strike("GET", "/", false).is_empty()).count()
        };
        assert!((60..140).contains(&run()), "{}", run());
        assert_eq!(run(), run());
    }

    #[test]
    fn faults_of_the_connection_pass_by_items_of_a_batch() {
        let faults = Faults::default();
        faults.arm(fault("reset"));
        faults.arm(fault("code=4"));
        assert_eq!(faults.strike("GET", "/1", true), [FaultKind::Code(4)]);
    }
}
