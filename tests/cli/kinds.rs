//! Every kind of template that Meta has, in Meta's shapes: what the preview draws of it, what it asks for, and that a part which
//! cannot be sent is refused with its reason instead of leaving the message without it.

use serde_json::{Value, json};

use super::support::Place;

/// A kind of template: what it is made of, which values make it whole, what the bubble says, and what stands in its way then.
struct Kind {
    what: &'static str,
    /// More than the components, for example a category.
    facts: Value,
    components: Value,
    values: &'static [&'static str],
    shown: &'static [&'static str],
    problems: &'static [&'static str],
}

fn kind(
    what: &'static str,
    components: Value,
    values: &'static [&'static str],
    shown: &'static [&'static str],
    problems: &'static [&'static str],
) -> Kind {
    Kind { what, facts: json!({}), components, values, shown, problems }
}

fn body() -> Value {
    json!({"type": "BODY", "text": "The text"})
}

fn header(format: &str) -> Value {
    json!([{"type": "HEADER", "format": format, "example": {"header_handle": ["https://files.example/a"]}}, body()])
}

fn button(kind: &str, more: Value) -> Value {
    let mut button = json!({"type": kind, "text": "Press me"});
    button.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!([body(), {"type": "BUTTONS", "buttons": [button]}])
}

fn one_time(wire: &str) -> Kind {
    let components = json!([
        {"type": "BODY", "add_security_recommendation": true},
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": wire, "text": "Copy it", "autofill_text": "Fill it in"}]},
    ]);
    Kind { facts: json!({"category": "AUTHENTICATION"}), ..kind("", components, &["body.1=482913"], &[], &[]) }
}

const FILE: &[&str] = &["header:file=https://files.example/spring.jpg"];
const ORDER: &[&str] = &["wabadeck sends no orders"];

fn all() -> Vec<Kind> {
    let card = |header: Value, text: &str| json!({"components": [header, {"type": "BODY", "text": text}, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}]});
    let image = json!({"type": "HEADER", "format": "IMAGE"});
    let product = json!({"type": "HEADER", "format": "PRODUCT"});
    let strange_card = json!({"components": [image, {"type": "BUTTONS", "buttons": [{"type": "TELEPATHY", "text": "Think"}]}]});
    let long = "https://shop.example/".to_owned() + "{{1}}";
    vec![
        kind(
            "text",
            json!([{"type": "HEADER", "format": "TEXT", "text": "Hi {{1}}"}, {"type": "BODY", "text": "See *{{1}}* and {{2}}."}, {"type": "FOOTER", "text": "Reply STOP"}]),
            &["header.1=Ana", "body.1=hats", "body.2=shoes"],
            &["Hi Ana", "See hats and shoes.", "Reply STOP"],
            &[],
        ),
        Kind {
            facts: json!({"parameter_format": "NAMED"}),
            ..kind(
                "named variables",
                json!([{"type": "BODY", "text": "Hi {{first_name}}!"}]),
                &["first_name=Ana"],
                &["Hi Ana!"],
                &[],
            )
        },
        kind("an image", header("IMAGE"), FILE, &["Image", "spring.jpg"], &[]),
        kind("a video", header("VIDEO"), &["header:file=https://files.example/v.mp4"], &["Video", "v.mp4"], &[]),
        kind("a GIF", header("GIF"), &["header:file=https://files.example/g.mp4"], &["GIF", "g.mp4"], &[]),
        kind(
            "a document",
            header("DOCUMENT"),
            &["header:file=https://files.example/menu.pdf", "header:filename=Menu.pdf"],
            &["Document", "Menu.pdf"],
            &[],
        ),
        kind(
            "a place",
            header("LOCATION"),
            &["header:latitude=52.52", "header:longitude=13.4", "header:name=Shop", "header:address=Main street 1"],
            &["Shop", "52.52"],
            &[],
        ),
        kind("a header of tomorrow", header("HOLOGRAM"), &[], &["HOLOGRAM"], &["cannot fill (HOLOGRAM)"]),
        kind("a quick reply", button("QUICK_REPLY", json!({})), &[], &["↩ Press me"], &[]),
        kind("an address", button("URL", json!({"url": "https://shop.example"})), &[], &["↗ Press me"], &[]),
        kind(
            "an address with an ending",
            button("URL", json!({"url": long, "example": ["https://shop.example/a"]})),
            &["button1:url=a b"],
            &["shop.example/a%20b"],
            &[],
        ),
        kind("a number to call", button("PHONE_NUMBER", json!({"phone_number": "+4930901820"})), &[], &["✆ Press me"], &[]),
        kind(
            "a coupon",
            button("COPY_CODE", json!({"example": "SAVE20"})),
            &["button1:code=SPRING5"],
            &["⧉ Press me", "SPRING5"],
            &[],
        ),
        kind("a flow, whose token may be left out", button("FLOW", json!({"flow_id": "1"})), &[], &["Press me"], &[]),
        kind("the catalogue, whose picture may be left out", button("CATALOG", json!({})), &[], &["Press me"], &[]),
        kind("several products", button("MPM", json!({})), &["button1:products=sku1,sku2"], &["Press me", "sku1"], &[]),
        kind(
            "one product",
            json!([product, body(), {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]),
            &["header:catalog=1", "header:product=sku1"],
            &["sku1", "View"],
            &[],
        ),
        kind("a call over WhatsApp", button("VOICE_CALL", json!({})), &[], &["Press me"], &[]),
        kind(
            "permission to call",
            json!([body(), {"type": "CALL_PERMISSION_REQUEST"}]),
            &[],
            &["asks whether the business"],
            &[],
        ),
        kind("a button of tomorrow", button("TELEPATHY", json!({})), &[], &["Press me"], &["cannot fill (TELEPATHY)"]),
        kind("a part of tomorrow", json!([body(), {"type": "SMELL"}]), &[], &["SMELL"], &["cannot fill (SMELL)"]),
        kind(
            "a limited-time offer",
            json!([image, body(), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon", "has_expiration": true}},
                {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "SAVE20"}, {"type": "URL", "text": "Shop", "url": "https://shop.example"}]}]),
            &["header:file=https://files.example/spring.jpg", "offer:expires=2099-01-01T00:00:00Z", "button1:code=SAVE20"],
            &["Ends soon", "SAVE20", "↗ Shop"],
            &[],
        ),
        kind(
            "a carousel",
            json!([body(), {"type": "CAROUSEL", "cards": [card(image.clone(), "First"), card(image.clone(), "Second {{1}}")]}]),
            &["card1.header:file=https://f.example/1.jpg", "card2.header:file=https://f.example/2.jpg", "card2.body.1=two"],
            &["First", "Second two", "1.jpg"],
            &[],
        ),
        kind(
            "a carousel of products",
            json!([body(), {"type": "CAROUSEL", "cards": [card(product.clone(), "One"), card(product.clone(), "Two")]}]),
            &["card1.header:catalog=1", "card1.header:product=sku1", "card2.header:catalog=1", "card2.header:product=sku2"],
            &["sku1", "sku2"],
            &[],
        ),
        kind(
            "a card of tomorrow",
            json!([body(), {"type": "CAROUSEL", "cards": [strange_card]}]),
            &["card1.header:file=https://f.example/1.jpg"],
            &["Think"],
            &["cannot fill (TELEPATHY)"],
        ),
        kind(
            "cards within a card",
            json!([body(), {"type": "CAROUSEL", "cards": [{"components": [{"type": "BODY", "text": "Outer"}, {"type": "CAROUSEL", "cards": [{"components": [body()]}]}]}]}]),
            &[],
            &["Outer", "CAROUSEL (not known"],
            &["cannot fill (CAROUSEL)"],
        ),
        kind("a part without a kind", json!([body(), {"text": "Lost?"}]), &[], &["? (not known"], &["cannot fill (?)"]),
        Kind {
            what: "a code to copy",
            shown: &["482913 is your verification code", "do not share", "5 minutes", "⧉ Copy it"],
            ..one_time("COPY_CODE")
        },
        Kind { what: "a code for one tap", shown: &["⧉ Fill it in", "There it says “Copy it”."], ..one_time("ONE_TAP") },
        Kind { what: "a code without a tap", shown: &["⧉ Fill it in", "There it says “Copy it”."], ..one_time("ZERO_TAP") },
        kind("an order to pay", button("ORDER_DETAILS", json!({})), &[], &["What is ordered", "Press me"], ORDER),
        Kind {
            facts: json!({"category": "UTILITY", "sub_category": "ORDER_STATUS"}),
            ..kind("an order on its way", json!([body()]), &[], &["The text"], ORDER)
        },
        kind("an order's state", json!([body(), {"type": "ORDER_STATUS"}]), &[], &["The text"], ORDER),
    ]
}

#[test]
fn every_kind_of_template_is_drawn_and_either_whole_or_refused_with_its_reason() {
    let place = Place::new();
    let file = place.dir.path().join("template.json");
    let mut wrong = Vec::new();
    for kind in all() {
        let mut template = json!({"name": "n", "language": "en", "category": "MARKETING", "components": kind.components});
        template.as_object_mut().unwrap().extend(kind.facts.as_object().unwrap().clone());
        std::fs::write(&file, template.to_string()).unwrap();
        let run = |values: &[&str], json: bool| {
            let mut command = place.command(&["preview", "--template-file", file.to_str().unwrap()]);
            values.iter().for_each(|value| {
                command.args(["--var", value]);
            });
            command.args(json.then_some("--json"));
            let ran = super::support::ran(&mut command);
            assert_eq!(ran.code, 0, "{}: {}", kind.what, ran.err);
            ran
        };
        let problems = |values: &[&str]| {
            let found = run(values, true).json()["templates"][0]["problems"].take();
            found.as_array().unwrap().iter().map(|problem| problem.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        // Nothing is asked for that is not needed, and whatever is needed is asked for.
        let (unfilled, left) = (problems(&[]), problems(kind.values));
        let all_told =
            left.len() == kind.problems.len() && left.iter().zip(kind.problems).all(|(told, words)| told.contains(words));
        if unfilled.is_empty() != (kind.values.is_empty() && kind.problems.is_empty()) || !all_told {
            wrong.push(format!("{}: {unfilled:?} before, {left:?} after its values", kind.what));
        }
        let out = run(kind.values, false).out;
        let shown = out.split_whitespace().collect::<Vec<_>>().join(" ");
        wrong.extend(
            kind.shown.iter().filter(|words| !shown.contains(*words)).map(|words| format!("{}: {words} in\n{out}", kind.what)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_wider_than_asked_for_and_every_frame_is_closed() {
    let place = Place::new();
    let file = place.dir.path().join("template.json");
    let mut wrong = Vec::new();
    for kind in all() {
        let template = json!({"name": "n", "language": "en", "category": "MARKETING", "components": kind.components});
        std::fs::write(&file, template.to_string()).unwrap();
        for width in ["60", "80", "160"] {
            let out = place.run(&["preview", "--template-file", file.to_str().unwrap(), "--examples", "--width", width]).out;
            let wide = out.lines().find(|line| line.chars().count() > width.parse().unwrap());
            wrong.extend(wide.map(|line| format!("{} at {width}: {line}", kind.what)));
            let count = |corner: char| out.matches(corner).count();
            if count('╭') != count('╰') || count('┌') != count('└') || count('╭') == 0 {
                wrong.push(format!("{} at {width} has open frames:\n{out}", kind.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
