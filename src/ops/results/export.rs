//! Recipients for retargeting elsewhere (R38), as CSV in a file that only its owner can read.

use std::{io::Write, path::Path};

use jiff::ToSpan;

use crate::store::{Retarget, RetargetReason};

/// The rows as CSV (RFC 4180), with a head.
pub fn csv(reason: RetargetReason, rows: &[Retarget]) -> String {
    let mut csv = String::from("recipient,code,advice,failed_at,not_before,failures,account,template\r\n");
    for row in rows {
        let (advice, not_before) = match reason {
            // Meta: retries within 24 hours can block the recipient for longer.
            RetargetReason::Wait => ("another channel or later", row.at.checked_add(24.hours()).map(|at| at.to_string())),
            RetargetReason::Never => ("never again", Ok(String::new())),
        };
        let cells = [
            row.recipient.clone(),
            reason.code().to_string(),
            advice.to_owned(),
            row.at.to_string(),
            not_before.unwrap_or_default(),
            row.times.to_string(),
            row.account.to_string(),
            row.template.clone(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        csv.push_str(&cells.join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell that no spreadsheet takes for a formula, and that keeps to its line.
fn quoted(cell: &str) -> String {
    let clean = crate::text::clean(cell);
    let is_formula = clean.starts_with(['=', '+', '-', '@']);
    let guarded = if is_formula { format!("'{clean}") } else { clean.into_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// Writes a new file for its owner alone. One that is there already is left as it is.
///
/// # Errors
/// What the system says.
pub fn write_private(path: &Path, content: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixtures::after;

    fn row(recipient: &str, template: &str) -> Retarget {
        Retarget { recipient: recipient.to_owned(), account: "1".into(), template: template.to_owned(), at: after(0), times: 2 }
    }

    #[test]
    fn r38_each_reason_says_what_may_be_done_and_from_when() {
        let wait = csv(RetargetReason::Wait, &[row("49301", "offer")]);
        let line = "49301,131049,another channel or later,2026-09-21T14:13:20Z,2026-09-22T14:13:20Z,2,1,offer\r\n";
        assert!(wait.ends_with(line), "{wait}");
        let never = csv(RetargetReason::Never, &[row("49301", "offer")]);
        assert!(never.ends_with("49301,131050,never again,2026-09-21T14:13:20Z,,2,1,offer\r\n"), "{never}");
        assert_eq!(csv(RetargetReason::Never, &[]).lines().count(), 1);
    }

    #[test]
    fn hostile_cells_are_no_formulas_and_no_further_lines() {
        let csv = csv(RetargetReason::Wait, &[row("=cmd|'/c calc'!A1", "a\",\"b\r\n=1+1")]);
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(csv.contains("\n'=cmd"), "{csv}");
        assert!(csv.trim_end().ends_with("b =1+1\"") || csv.trim_end().ends_with("b=1+1\""), "{csv}");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_for_its_owner_alone_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/wait.csv");
        write_private(&path, "a").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(write_private(&path, "b").unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a");
    }
}
