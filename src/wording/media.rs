//! Files in people's words: how large they are, and why one cannot be shown.

use crate::{
    domain::media::{MediaFacts, MediaProblem},
    i18n::{Language, Texts},
    text,
};

/// Bytes as people read them, in steps of a thousand: `640 B`, `184 kB`, `2.4 MB`.
pub fn bytes(texts: &Texts, bytes: u64) -> String {
    let (point, unit) = match texts.language() {
        Language::English => (".", "B"),
        Language::French => (",", "o"),
    };
    match bytes {
        0..=999 => format!("{bytes}\u{a0}{unit}"),
        1_000..=999_499 => format!("{}\u{a0}k{unit}", (bytes + 500) / 1_000),
        _ => {
            let tenths = bytes.saturating_add(50_000) / 100_000;
            if tenths >= 1_000 {
                return format!("{}\u{a0}M{unit}", tenths / 10);
            }
            format!("{}{point}{}\u{a0}M{unit}", tenths / 10, tenths % 10)
        }
    }
}

/// How large it is, in pixels and in bytes, as far as that is known.
pub fn size(texts: &Texts, facts: &MediaFacts) -> Option<String> {
    let pixels = facts.pixels.map(|(width, height)| format!("{width}×{height}"));
    let parts: Vec<String> = pixels.into_iter().chain(facts.bytes.map(|own| bytes(texts, own))).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Why it cannot be shown.
pub fn problem(texts: &Texts, problem: &MediaProblem) -> String {
    let said = |id: &str| texts.get(id).into_owned();
    match problem {
        MediaProblem::NotAFile => said("media-not-a-file"),
        MediaProblem::NotEncrypted => said("media-not-encrypted"),
        MediaProblem::NotReached => said("media-not-reached"),
        MediaProblem::TooSlow => said("media-too-slow"),
        MediaProblem::Refused(404 | 410) => said("media-gone"),
        MediaProblem::Refused(status) => texts.with("media-refused", &[("status", (*status).into())]),
        MediaProblem::TooLarge(0) => said("media-too-large"),
        MediaProblem::TooLarge(own) => texts.with("media-too-large-by", &[("size", bytes(texts, *own).into())]),
        MediaProblem::TooManyPixels(width, height) => {
            texts.with("media-too-many-pixels", &[("size", format!("{width}×{height}").into())])
        }
        MediaProblem::NotAPicture(kind) if kind.is_empty() => said("media-not-a-picture"),
        MediaProblem::NotAPicture(kind) => {
            texts.with("media-not-a-picture-but", &[("kind", text::clean(kind).into_owned().into())])
        }
        MediaProblem::Damaged => said("media-damaged"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        let (english, french) = (Texts::new(Language::English), Texts::new(Language::French));
        for (own, in_english, in_french) in [
            (0, "0 B", "0 o"),
            (999, "999 B", "999 o"),
            (184_320, "184 kB", "184 ko"),
            (999_600, "1.0 MB", "1,0 Mo"),
            (2_449_999, "2.4 MB", "2,4 Mo"),
            (104_857_600, "104 MB", "104 Mo"),
        ] {
            assert_eq!(bytes(&english, own).replace('\u{a0}', " "), in_english);
            assert_eq!(bytes(&french, own).replace('\u{a0}', " "), in_french);
        }
        assert!(bytes(&english, u64::MAX).ends_with("MB"));
    }
}
