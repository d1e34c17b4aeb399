//! Formatting as WhatsApp shows it.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::placeholder::fill;

/// Spans as text: `<b:…>` for styles, plain text as it stands; the kind of a line before a `|`.
fn shown(text: &str) -> String {
    parse(text)
        .iter()
        .map(|block| {
            let kind = match &block.kind {
                BlockKind::Paragraph => String::new(),
                BlockKind::Bullet => "•|".to_owned(),
                BlockKind::Numbered(number) => format!("{number}|"),
                BlockKind::Quote => ">|".to_owned(),
            };
            let spans: String = block
                .spans
                .iter()
                .map(|span| {
                    let names = [
                        (span.style.bold, 'b'),
                        (span.style.italic, 'i'),
                        (span.style.strike, 's'),
                        (span.style.mono, 'm'),
                        (span.style.code, 'c'),
                    ];
                    let style: String = names.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
                    if style.is_empty() { span.text.clone() } else { format!("<{style}:{}>", span.text) }
                })
                .collect();
            kind + &spans
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[rstest]
#[case::bold("*sale*", "<b:sale>")]
#[case::italic("_now_", "<i:now>")]
#[case::strike("~99~", "<s:99>")]
#[case::mono("```code *x*```", "<m:code *x*>")]
#[case::code("`a_b_c`", "<c:a_b_c>")]
#[case::words("a *b c* d", "a <b:b c> d")]
#[case::two("*a* and *b*", "<b:a> and <b:b>")]
#[case::nested("*_x_*", "<bi:x>")]
#[case::nested_deep("*a _b ~c~ d_ e*", "<b:a ><bi:b ><bis:c><bi: d><b: e>")]
#[case::code_in_bold("*a `b` c*", "<b:a ><bc:b><b: c>")]
#[case::code_wins("*a `b*` c*", "<b:a ><bc:b*><b: c>")]
#[case::punctuation("(*a*), *b*!", "(<b:a>), <b:b>!")]
#[case::emoji("🎉*a*🎉", "🎉<b:a>🎉")]
#[case::accents("*é*", "<b:é>")]
#[case::other_marker_inside("*50% ~off*", "<b:50% ~off>")]
fn markers_around_text_style_it(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(shown(text), expected);
}

#[rstest]
#[case::lonely("5 * 3")]
#[case::unmatched("*bold")]
#[case::inside_word("snake_case_name")]
#[case::price("2*3*4")]
#[case::space_inside("* a*b")]
#[case::space_before_close("*a *")]
#[case::empty("**")]
#[case::run("***")]
#[case::empty_code("``")]
#[case::blank_code("` `")]
#[case::ticks("``` ```")]
#[case::one_tick("it`s")]
fn unmatched_markers_are_printed_as_they_stand(#[case] text: &str) {
    let plain: String = parse(text)
        .iter()
        .flat_map(|block| &block.spans)
        .map(|span| {
            assert_eq!(span.style, Style::default(), "{text}");
            span.text.as_str()
        })
        .collect();
    assert_eq!(plain, text.strip_prefix("* ").unwrap_or(text));
}

#[rstest]
#[case("*a\nb*", "*a\nb*")]
#[case("_a_\n\n_b_", "<i:a>\n\n<i:b>")]
#[case("- one\n* two\n1. three\n12. four\n> five", "•|one\n•|two\n1|three\n12|four\n>|five")]
#[case("- *one*", "•|<b:one>")]
#[case("> _a_ b", ">|<i:a> b")]
#[case("-one\n>two\n1.three\n1234. four", "-one\n>two\n1.three\n1234. four")]
#[case("a - b", "a - b")]
fn lines_are_read_one_by_one(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(shown(text), expected);
}

#[test]
fn r35_missing_values_stay_marked_through_the_formatting() {
    let filled = fill("*Hi {{1}}!* {{2}}", |name| match name {
        "1" => ("Ana".to_owned(), Fill::Value),
        _ => ("{{2}}".to_owned(), Fill::Missing),
    });
    let blocks = parse_filled(&filled);
    let spans: Vec<(&str, bool, Option<Fill>)> =
        blocks[0].spans.iter().map(|span| (span.text.as_str(), span.style.bold, span.fill)).collect();
    assert_eq!(
        spans,
        [
            ("Hi ", true, None),
            ("Ana", true, Some(Fill::Value)),
            ("!", true, None),
            (" ", false, None),
            ("{{2}}", false, Some(Fill::Missing)),
        ]
    );
}

#[rstest]
#[case::plain("Hi {{1}}", "Ana", false)]
#[case::in_bold("*{{1}}*", "Ana", false)]
#[case::lonely_star("Hi {{1}}", "5*", false)]
#[case::own_bold("Hi {{1}}", "*Ana*", true)]
#[case::pairs_with_literal("*Hi {{1}} and so on", "Ana*", true)]
#[case::breaks_bold_by_space("*{{1}}*", " Ana", true)]
#[case::ends_bold_early("*a {{1}} b*", "c* d", true)]
#[case::becomes_list("{{1}} item", "-", true)]
#[case::becomes_quote("{{1}}", "> quoted", true)]
#[case::code("Use {{1}}", "`rm`", true)]
#[case::empty("*{{1}}*", "", false)]
fn a_value_that_changes_the_formatting_is_found(#[case] text: &str, #[case] value: &str, #[case] changes: bool) {
    let culprits = formatting_changed_by_values(text, |_| Some(value.to_owned()));
    assert_eq!(!culprits.is_empty(), changes);
}

#[test]
fn only_the_values_to_blame_are_named() {
    let values = |name: &str| Some(if name == "b" { "*x*" } else { "x" }.to_owned());
    assert_eq!(formatting_changed_by_values("{{a}} {{b}} {{a}} {{b}}", values), ["b"]);
}

#[test]
fn a_long_row_of_markers_is_read_in_one_go() {
    let text = "*a _b ~c `d ".repeat(20_000);
    let length: usize = parse(&text).iter().flat_map(|block| &block.spans).map(|span| span.text.len()).sum();
    assert!(length > 0);
}

proptest! {
    #[test]
    fn nothing_but_markers_is_ever_lost(text in "[*_~` a1é\n>.-]{0,60}") {
        let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        let mut read = String::new();
        for block in parse(&text) {
            if let BlockKind::Numbered(number) = &block.kind {
                read.push_str(number);
            }
            for span in &block.spans {
                prop_assert_eq!(text.get(span.range.clone()), Some(span.text.as_str()));
                read.push_str(&span.text);
            }
        }
        prop_assert_eq!(letters(&read), letters(&text));
        prop_assert_eq!(parse(&text).len(), text.split('\n').count());
    }

    #[test]
    fn only_values_with_more_than_letters_change_the_formatting(text in "\\PC{0,80}", value in "\\PC{0,20}", plain in "[a-z]{1,20}") {
        let template = format!("{text}{{{{own}}}}{text}");
        let changed = |given: &str| {
            formatting_changed_by_values(&template, |name| (name == "own").then(|| given.to_owned()))
        };
        prop_assert!(changed(&plain).is_empty());
        prop_assert!(changed(&value).iter().all(|name| *name == "own"));
    }
}
