//! Takes out of a text what could be a key: nothing that is written for people looks like one.

/// Shorter runs are words, codes and times.
const SHORTEST: usize = 16;

/// The text without what could be an access token or an app secret: long runs of letters and digits mixed, `[…]` in their place.
pub fn without_keys(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '_' | '-') {
            run.push(character);
        } else {
            end(&mut run, &mut kept);
            kept.push(character);
        }
    }
    end(&mut run, &mut kept);
    kept
}

fn end(run: &mut String, kept: &mut String) {
    let mixed = run.bytes().any(|byte| byte.is_ascii_digit()) && run.bytes().any(|byte| byte.is_ascii_alphabetic());
    kept.push_str(if mixed && run.len() >= SHORTEST { "[…]" } else { run });
    run.clear();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("`Bearer EAAGm0PX4ZCpsBAKZC7` at 3", "`Bearer […]` at 3")]
    #[case("7173a4ee6378a370fb66212b98d8acfd", "[…]")]
    #[case("index out of bounds: the len is 3 but the index is 5", "index out of bounds: the len is 3 but the index is 5")]
    #[case("called `Option::unwrap()` on a `None` value", "called `Option::unwrap()` on a `None` value")]
    #[case("account 102290129340398", "account 102290129340398")]
    fn keys_are_taken_out_and_words_are_left(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(without_keys(text), expected);
    }

    proptest! {
        #[test]
        fn no_key_gets_through_wherever_it_stands(before in "\\PC{0,20}", key in "EAA[a-zA-Z]{8}[0-9][a-zA-Z0-9]{20}", after in "\\PC{0,20}") {
            let text = format!("{before}{key}{after}");
            prop_assert!(!without_keys(&text).contains(&key));
        }
    }
}
