//! A script of changes: one a line, when after the line before, what, and to whom.

use std::str::FromStr;
use std::time::Duration;

use super::Change;

/// Lines that a script may have.
const MOST: usize = 10_000;

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How long after the step before.
    pub after: Duration,
    /// What.
    pub change: Change,
    /// To whom; anybody that suits when left out.
    pub id: Option<String>,
}

/// What happens, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script(Vec<Step>);

impl Script {
    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

/// What is wrong with a script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// A line that is none.
    #[error("line {line} must be a time, a change and perhaps an id, such as \"5s restrict 102290129340398\": {problem}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// Too long.
    #[error("a script may have {MOST} lines")]
    TooLong,
}

impl FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.lines().count() > MOST {
            return Err(ScriptError::TooLong);
        }
        let mut steps = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let words = line.split('#').next().unwrap_or_default().trim();
            if !words.is_empty() {
                steps.push(step(words).map_err(|problem| ScriptError::Line { line: number, problem })?);
            }
        }
        Ok(Self(steps))
    }
}

fn step(words: &str) -> Result<Step, String> {
    let mut words = words.split_whitespace();
    let (after, change, id) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next());
    if words.next().is_some() {
        return Err("there are more than three words".to_owned());
    }
    let id = match id {
        Some(id) if id.bytes().all(|byte| byte.is_ascii_digit()) => Some(id.to_owned()),
        Some(_) => return Err("an id is made of digits".to_owned()),
        None => None,
    };
    let after = duration(after).ok_or("a time is a number with ms, s, m, h or d behind it")?;
    Ok(Step { after, change: change.parse()?, id })
}

fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(milliseconds).filter(|length| *length <= 400 * 86_400_000).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_with_its_comments() {
        let script: Script =
            "# begin\n\n5s restrict 102290129340398 # for three days\n250ms quality-down\n3d reinstate".parse().unwrap();
        let steps: Vec<_> = script.steps().iter().map(|step| (step.after.as_millis(), step.change, step.id.as_deref())).collect();
        assert_eq!(
            steps,
            [
                (5_000, Change::Restrict, Some("102290129340398")),
                (250, Change::QualityDown, None),
                (259_200_000, Change::Reinstate, None)
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for wrong in
            ["restrict", "5s", "5s explode", "5s restrict abc", "5s restrict 1 2", "5y restrict", "99999999999999999d restrict"]
        {
            let error = format!("1s restrict\n{wrong}").parse::<Script>().unwrap_err();
            assert!(matches!(error, ScriptError::Line { line: 2, .. }), "{wrong}: {error}");
        }
        assert_eq!("1s restrict\n".repeat(MOST + 1).parse::<Script>(), Err(ScriptError::TooLong));
    }
}
