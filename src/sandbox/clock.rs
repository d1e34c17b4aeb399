//! The sandbox's clock: real time, plus what a test or the control endpoint has moved it by.
//! It must not sleep.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Time in unix seconds, movable forwards.
#[derive(Debug, Default)]
pub struct Clock {
    moved: AtomicI64,
}

impl Clock {
    /// Now, in unix seconds.
    pub fn now(&self) -> i64 {
        self.now_millis() / 1_000
    }

    /// Now, in unix milliseconds.
    pub fn now_millis(&self) -> i64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX));
        real.saturating_add(self.moved.load(Ordering::Relaxed).saturating_mul(1_000))
    }

    /// Moves it forwards by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.moved.fetch_add(seconds.clamp(0, 400 * DAY), Ordering::Relaxed);
    }
}

/// `YYYY-MM-DD` of a unix time, in UTC.
pub fn date(unix: i64) -> String {
    jiff::Timestamp::from_second(unix).map_or_else(|_| String::new(), |time| time.strftime("%Y-%m-%d").to_string())
}

/// `YYYY-MM-DDTHH:MM:SS+0000` of a unix time, as Graph writes times.
pub fn timestamp(unix: i64) -> String {
    jiff::Timestamp::from_second(unix).map_or_else(|_| String::new(), |time| time.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string())
}

/// Replaces `${unix:-2d}`, `${date:+5d}` and `${time:-3h}` in every text by times counted from `now`.
/// A text that is nothing but `${unix:…}` becomes a number.
pub fn place(value: &mut Value, now: i64) {
    match value {
        Value::String(text) if text.contains("${") => *value = placed(text, now),
        Value::Array(items) => items.iter_mut().for_each(|item| place(item, now)),
        Value::Object(members) => members.values_mut().for_each(|member| place(member, now)),
        _ => {}
    }
}

fn placed(text: &str, now: i64) -> Value {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("${") {
        out.push_str(before);
        let Some((mark, after)) = tail.split_once('}') else {
            out.push_str("${");
            rest = tail;
            continue;
        };
        rest = after;
        match mark.split_once(':').and_then(|(kind, offset)| Some((kind, now + seconds(offset)?))) {
            Some(("unix", time)) if out.is_empty() && rest.is_empty() => return json!(time),
            Some(("unix", time)) => out.push_str(&time.to_string()),
            Some(("date", time)) => out.push_str(&date(time)),
            Some(("time", time)) => out.push_str(&timestamp(time)),
            _ => {
                out.push_str("${");
                out.push_str(mark);
                out.push('}');
            }
        }
    }
    out.push_str(rest);
    Value::String(out)
}

fn seconds(offset: &str) -> Option<i64> {
    let unit = offset.chars().next_back()?;
    let number: i64 = offset.strip_suffix(unit)?.trim_start_matches('+').parse().ok()?;
    let size = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => DAY,
        _ => return None,
    };
    number.checked_mul(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_placed_around_now() {
        let mut value = json!({"a": "${unix:-2d}", "b": "until ${date:+1d}.", "c": ["${time:0s}"], "d": "${x}"});
        place(&mut value, 1_700_000_000);
        assert_eq!(value["a"], 1_700_000_000 - 2 * DAY);
        assert_eq!(value["b"], "until 2023-11-15.");
        assert_eq!(value["c"][0], "2023-11-14T22:13:20+0000");
        assert_eq!(value["d"], "${x}");
    }

    #[test]
    fn clock_moves_forwards_only() {
        let clock = Clock::default();
        let before = clock.now();
        clock.advance(-50);
        assert!(clock.now() - before < 5);
        clock.advance(31);
        assert!(clock.now() - before >= 31);
    }
}
