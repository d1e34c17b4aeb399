//! Keeps calls inside Meta's limits (Meta: rate limiting).
//!
//! Reads the usage headers of every answer, slows down from 75 %, and makes no call for a subject that rests: calling on
//! while limited makes the rest longer. A subject is an account, a portfolio, or the app as a whole.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use hyper::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::wire::lenient;

/// From this share of a limit on, calls are spread out.
const SLOW_FROM: u32 = 75;
/// The longest pause that spreading out adds before one call.
const LONGEST_SPACING: Duration = Duration::from_secs(2);
/// The first rest when Meta names no time, and the longest.
const FIRST_REST: Duration = Duration::from_secs(60);
const LONGEST_REST: Duration = Duration::from_secs(60 * 60);
/// The longest rest that a header is believed: its limits count hours, so more is a mistake that would never end.
const LONGEST_REGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// Whom a limit counts for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The app that the token belongs to.
    App,
    /// An account or a portfolio, by id.
    Object(String),
}

/// How much of a limit is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Whose limit.
    pub subject: Subject,
    /// Percent used, the highest of calls and time; can exceed 100.
    pub percent: u32,
    /// When calls are possible again, while they are not.
    pub resting_until: Option<Timestamp>,
}

#[derive(Debug, Default)]
struct State {
    percent: u32,
    rest: Option<(Instant, Timestamp)>,
    rests: u32,
    next: Option<Instant>,
}

/// What the calls so far have used up.
#[derive(Debug, Default)]
pub struct Throttle {
    states: Mutex<HashMap<Subject, State>>,
}

/// What to do before a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Call after this pause, which is usually zero.
    After(Duration),
    /// Do not call before that time.
    Rest {
        /// Who rests.
        subject: Subject,
        /// How long from now.
        remaining: Duration,
        /// Until when.
        until: Timestamp,
    },
}

#[derive(Deserialize)]
struct AppUsage {
    #[serde(default, deserialize_with = "lenient::scalar")]
    call_count: Option<i64>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    total_time: Option<i64>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    total_cputime: Option<i64>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    estimated_time_to_regain_access: Option<i64>,
}

impl AppUsage {
    fn percent(&self) -> u32 {
        let all = [self.call_count, self.total_time, self.total_cputime];
        let highest = all.into_iter().flatten().max().unwrap_or(0);
        u32::try_from(highest.max(0)).unwrap_or(u32::MAX)
    }
}

impl Throttle {
    fn states(&self) -> std::sync::MutexGuard<'_, HashMap<Subject, State>> {
        match self.states.lock() {
            Ok(states) => states,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    /// Whether a call for the subject may be made now, and after which pause.
    pub fn admit(&self, subject: &Subject, now: Instant) -> Admission {
        let mut states = self.states();
        let mut pause = Duration::ZERO;
        for subject in [&Subject::App, subject] {
            let Some(state) = states.get_mut(subject) else { continue };
            if let Some((end, until)) = state.rest {
                if end > now {
                    return Admission::Rest { subject: subject.clone(), remaining: end - now, until };
                }
                state.rest = None;
            }
            if state.percent >= SLOW_FROM {
                let share = state.percent.min(100) - SLOW_FROM;
                let spacing = LONGEST_SPACING * (share + 1) / (100 - SLOW_FROM + 1);
                let next = state.next.map_or(now, |next| next.max(now));
                state.next = Some(next + spacing);
                pause = pause.max(next - now);
            }
        }
        Admission::After(pause)
    }

    /// Takes in the usage headers of an answer for the subject.
    pub fn note(&self, subject: &Subject, headers: &HeaderMap, now: Instant, time: Timestamp) {
        if let Some(usage) = header(headers, "x-app-usage")
            && let Ok(usage) = serde_json::from_str::<AppUsage>(usage)
        {
            self.set(&Subject::App, &usage, now, time);
        }
        if let Some(usage) = header(headers, "x-business-use-case-usage")
            && let Ok(usage) = serde_json::from_str::<HashMap<String, Vec<AppUsage>>>(usage)
        {
            for (id, uses) in usage {
                for usage in &uses {
                    let keyed = Subject::Object(id.clone());
                    self.set(&keyed, usage, now, time);
                    // Meta keys some of them by another id than the one that was asked: the asked one counts all the same.
                    if matches!(subject, Subject::Object(_)) && *subject != keyed {
                        self.set(subject, usage, now, time);
                    }
                }
            }
        }
    }

    fn set(&self, subject: &Subject, usage: &AppUsage, now: Instant, time: Timestamp) {
        let minutes = usage.estimated_time_to_regain_access.unwrap_or(0).max(0).unsigned_abs();
        if minutes > 0 {
            self.rest(subject, Duration::from_secs(minutes.saturating_mul(60)).min(LONGEST_REGAIN), now, time);
        }
        let mut states = self.states();
        let state = states.entry(subject.clone()).or_default();
        state.percent = usage.percent();
        if state.percent < SLOW_FROM {
            state.rests = 0;
            state.next = None;
        }
    }

    /// Until when the subject itself rests, while it does.
    pub fn resting(&self, subject: &Subject, now: Instant) -> Option<Timestamp> {
        let states = self.states();
        let (end, until) = states.get(subject)?.rest?;
        (end > now).then_some(until)
    }

    /// Takes in that Meta refused a call because of a limit (its code, or 0), and how long it said to wait; returns the rest.
    ///
    /// Without a time from Meta the rest doubles from one minute to an hour; throughput codes rest for seconds.
    pub fn refused(
        &self,
        subject: &Subject,
        code: i64,
        retry_after: Option<Duration>,
        now: Instant,
        time: Timestamp,
    ) -> Duration {
        let subject = match code {
            4 | 17 | 32 | 613 => &Subject::App,
            _ => subject,
        };
        let already = {
            let mut states = self.states();
            let state = states.entry(subject.clone()).or_default();
            state.rests = state.rests.saturating_add(1);
            let rest = match (retry_after, code) {
                (Some(said), _) => said,
                (None, 130_429) => Duration::from_secs(2) * state.rests.min(15),
                (None, _) => FIRST_REST * 2_u32.saturating_pow(state.rests.saturating_sub(1).min(6)),
            };
            match state.rest {
                Some((end, _)) if end > now + rest => return end - now,
                _ => rest.min(LONGEST_REST),
            }
        };
        self.rest(subject, already, now, time);
        already
    }

    fn rest(&self, subject: &Subject, rest: Duration, now: Instant, time: Timestamp) {
        let until = SignedDuration::try_from(rest).ok().and_then(|rest| time.checked_add(rest).ok());
        let Some((end, until)) = now.checked_add(rest).zip(until) else { return };
        tracing::warn!(?subject, seconds = rest.as_secs(), "A limit of Meta's is used up; resting");
        let mut states = self.states();
        states.entry(subject.clone()).or_default().rest = Some((end, until));
    }

    /// What is used, for those whose usage is known, in order.
    pub fn usage(&self, now: Instant) -> Vec<Usage> {
        let states = self.states();
        let mut usage: Vec<_> = states
            .iter()
            .map(|(subject, state)| Usage {
                subject: subject.clone(),
                percent: state.percent,
                resting_until: state.rest.filter(|(end, _)| *end > now).map(|(_, until)| until),
            })
            .collect();
        usage.sort_by(|left, right| left.subject.cmp(&right.subject));
        usage
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `Retry-After`, in seconds or as a date (RFC 9110).
pub fn retry_after(headers: &HeaderMap, time: Timestamp) -> Option<Duration> {
    let value = header(headers, "retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Duration::try_from(date.duration_since(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn object(id: &str) -> Subject {
        Subject::Object(id.to_owned())
    }

    struct Clock {
        throttle: Throttle,
        now: Instant,
        time: Timestamp,
    }

    impl Clock {
        fn new() -> Self {
            Self { throttle: Throttle::default(), now: Instant::now(), time: Timestamp::UNIX_EPOCH }
        }

        fn note(&self, subject: &Subject, pairs: &[(&'static str, &str)]) {
            self.throttle.note(subject, &headers(pairs), self.now, self.time);
        }

        fn pause(&self, subject: &Subject) -> Duration {
            match self.throttle.admit(subject, self.now) {
                Admission::After(pause) => pause,
                rest @ Admission::Rest { .. } => panic!("{rest:?}"),
            }
        }
    }

    #[test]
    fn below_three_quarters_nothing_is_slowed() {
        let clock = Clock::new();
        clock.note(&object("1"), &[("x-app-usage", r#"{"call_count":74,"total_time":"10"}"#)]);
        assert_eq!(clock.pause(&object("1")), Duration::ZERO);
        assert_eq!(clock.pause(&object("1")), Duration::ZERO);
    }

    #[test]
    fn from_three_quarters_on_calls_are_spread_out() {
        let clock = Clock::new();
        clock.note(&object("1"), &[("x-app-usage", r#"{"call_count":10,"total_cputime":90}"#)]);
        assert_eq!(clock.pause(&object("1")), Duration::ZERO);
        let second = clock.pause(&object("2"));
        assert!(second > Duration::from_millis(500), "{second:?}");
        assert!(clock.pause(&object("1")) > second);
    }

    #[test]
    fn a_regain_time_of_centuries_is_a_day() {
        let clock = Clock::new();
        for minutes in [99_999_999, i64::MAX] {
            let usage = format!(r#"{{"7":[{{"call_count":100,"estimated_time_to_regain_access":{minutes}}}]}}"#);
            clock.note(&object("7"), &[("x-business-use-case-usage", &usage)]);
            let Admission::Rest { remaining, .. } = clock.throttle.admit(&object("7"), clock.now) else { panic!("should rest") };
            assert_eq!(remaining, LONGEST_REGAIN);
        }
    }

    #[test]
    fn regain_time_is_in_minutes_and_rests_only_its_own_subject() {
        let clock = Clock::new();
        let usage = r#"{"7":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":3}]}"#;
        clock.note(&object("7"), &[("x-business-use-case-usage", usage)]);
        match clock.throttle.admit(&object("7"), clock.now) {
            Admission::Rest { remaining, until, .. } => {
                assert_eq!(remaining, Duration::from_secs(180));
                assert_eq!(until, Timestamp::from_second(180).unwrap());
            }
            admission => panic!("{admission:?}"),
        }
        assert_eq!(clock.pause(&object("8")), Duration::ZERO);
        let later = clock.now + Duration::from_secs(181);
        assert!(matches!(clock.throttle.admit(&object("7"), later), Admission::After(_)));
    }

    #[test]
    fn an_app_limit_rests_everybody_and_grows_without_a_time_from_meta() {
        let clock = Clock::new();
        let first = clock.throttle.refused(&object("1"), 4, None, clock.now, clock.time);
        assert_eq!(first, Duration::from_secs(60));
        assert!(matches!(clock.throttle.admit(&object("2"), clock.now), Admission::Rest { .. }));
        let later = clock.now + Duration::from_secs(61);
        let second = clock.throttle.refused(&object("1"), 4, None, later, clock.time);
        assert_eq!(second, Duration::from_secs(120));
    }

    #[test]
    fn retry_after_is_obeyed_in_both_spellings() {
        let seconds = headers(&[("retry-after", "17")]);
        assert_eq!(retry_after(&seconds, Timestamp::UNIX_EPOCH), Some(Duration::from_secs(17)));
        let date = headers(&[("retry-after", "Thu, 01 Jan 1970 00:01:00 GMT")]);
        assert_eq!(retry_after(&date, Timestamp::UNIX_EPOCH), Some(Duration::from_secs(60)));
        let clock = Clock::new();
        let said = Some(Duration::from_secs(17));
        let rest = clock.throttle.refused(&object("1"), 80_008, said, clock.now, clock.time);
        assert_eq!(rest, Duration::from_secs(17));
        assert!(matches!(clock.throttle.admit(&object("1"), clock.now), Admission::Rest { .. }));
        assert_eq!(clock.pause(&object("2")), Duration::ZERO);
    }

    #[test]
    fn every_limit_rests_the_app_or_the_one_it_counts_for() {
        for (code, app) in
            [(4, true), (17, true), (32, true), (613, true), (80_007, false), (80_008, false), (130_429, false), (0, false)]
        {
            let clock = Clock::new();
            let rest = clock.throttle.refused(&object("1"), code, None, clock.now, clock.time);
            assert!(rest >= Duration::from_secs(2), "{code}: {rest:?}");
            assert!(matches!(clock.throttle.admit(&object("1"), clock.now), Admission::Rest { .. }), "{code}");
            let others_rest = matches!(clock.throttle.admit(&object("2"), clock.now), Admission::Rest { .. });
            assert_eq!(others_rest, app, "{code}");
        }
    }

    #[test]
    fn headers_that_make_no_sense_are_passed_over() {
        let clock = Clock::new();
        clock.note(&object("1"), &[("x-app-usage", "lots"), ("x-business-use-case-usage", "[1,2]")]);
        assert_eq!(clock.pause(&object("1")), Duration::ZERO);
        assert!(clock.throttle.usage(clock.now).is_empty());
    }
}
