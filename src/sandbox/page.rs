//! The pages of the sandbox's signup window, in English and French. Everything that is not ours is escaped.
//! It must not change the world.

use std::fmt::Write as _;

use serde_json::Value;

use super::signup::{self, Ending};
use super::state::{Node, World};

const FRAME: &str = include_str!("../../assets/sandbox/signup.html");
const TEXTS: &str = include_str!("../../assets/sandbox/signup.json");

/// The texts of a language.
pub struct Texts {
    language: &'static str,
    texts: Value,
}

impl Texts {
    /// Texts for `lang`, else for the first language of `Accept-Language` that there is, else English.
    pub fn choose(lang: Option<&str>, accepted: &str) -> Self {
        let wanted = lang.into_iter().chain(accepted.split(',')).map(|tag| tag.trim().to_ascii_lowercase());
        let language = wanted
            .filter_map(|tag| match tag.get(..2) {
                Some("fr") => Some("fr"),
                Some("en") => Some("en"),
                _ => None,
            })
            .next()
            .unwrap_or("en");
        let all: Value = serde_json::from_str(TEXTS).unwrap_or_default();
        Self { language, texts: all.get(language).cloned().unwrap_or_default() }
    }

    /// All of them by name, for a page that says them itself.
    pub fn all(&self) -> &Value {
        &self.texts
    }

    /// A page with its texts and its language in the place of their names.
    pub fn fill(&self, page: &str) -> String {
        let texts = self.texts.as_object().into_iter().flatten();
        let filled = texts.fold(page.to_owned(), |page, (name, _)| page.replace(&format!("{{{{{name}}}}}"), &self.say(name)));
        filled.replace("{{lang}}", self.language)
    }

    fn say(&self, key: &str) -> String {
        escaped(self.texts.get(key).and_then(Value::as_str).unwrap_or(key))
    }
}

/// Text made safe for HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

fn framed(texts: &Texts, body: &str) -> String {
    FRAME
        .replace("{{lang}}", texts.language)
        .replace("{{title}}", &texts.say("title"))
        .replace("{{ribbon}}", &texts.say("ribbon"))
        .replace("{{body}}", body)
}

/// The page that asks for the acceptance.
pub fn ask(world: &World, portfolio: u32, texts: &Texts, state: &str, redirect: &str) -> String {
    let node = Node::Business(portfolio);
    let name = escaped(&world.text(node, "name").unwrap_or_default());
    let id = world.id(node);
    let covered = signup::covered(world, portfolio);
    let others: Vec<u32> = world.owned_by(portfolio).filter(|account| !covered.contains(account)).collect();
    let mut body = format!("<p>{}</p>", texts.say("lead").replace("{app}", "wabadeck sandbox app"));
    let _ = write!(body, "<h2>{}</h2><ul><li><span>{name}</span><small>{id}</small></li></ul>", texts.say("portfolio"));
    let signed = world
        .fact(node, "marketing_messages_onboarding_status")
        .filter(|_| world.terms(portfolio) == "TERM_OF_SERVICE_SIGNED")
        .and_then(|state| state.get("time").and_then(Value::as_str).map(str::to_owned));
    if let Some(date) = signed {
        let _ = write!(body, "<p class=\"note\">{}</p>", texts.say("signed").replace("{date}", &escaped(&date)));
    }
    if covered.is_empty() {
        let _ = write!(body, "<p class=\"warn\">{}</p>", texts.say("none"));
    } else {
        let _ = write!(body, "<h2>{}</h2>{}", texts.say("covered"), accounts(world, texts, &covered, true));
    }
    if !others.is_empty() {
        let _ = write!(body, "<h2>{}</h2>{}", texts.say("others"), accounts(world, texts, &others, false));
    }
    let _ = write!(body, "<p class=\"note\">{}</p><p>{}</p>", texts.say("once"), texts.say("terms").replace("{name}", &name));
    let outcome = texts.say(signup::expected(world, portfolio).word());
    let _ = write!(body, "<p class=\"note\">{}</p>", texts.say("outcome").replace("{outcome}", &outcome));
    let _ = write!(
        body,
        "<form method=\"post\" action=\"/sandbox/signup\">\
         <input type=\"hidden\" name=\"business_id\" value=\"{id}\">\
         <input type=\"hidden\" name=\"state\" value=\"{}\">\
         <input type=\"hidden\" name=\"redirect_uri\" value=\"{}\">\
         <input type=\"hidden\" name=\"lang\" value=\"{}\">\
         <button class=\"primary\" id=\"accept\" name=\"action\" value=\"accept\">{}</button>\
         <button id=\"cancel\" name=\"action\" value=\"cancel\">{}</button>\
         <button class=\"plain\" id=\"report\" name=\"action\" value=\"report\">{}</button></form>",
        escaped(state),
        escaped(redirect),
        texts.language,
        texts.say("accept"),
        texts.say("cancel"),
        texts.say("report"),
    );
    framed(texts, &body)
}

/// Accounts shown one by one; a large portfolio is cut short.
const SHOWN: usize = 40;

fn accounts(world: &World, texts: &Texts, accounts: &[u32], on: bool) -> String {
    let mut list = "<ul>".to_owned();
    for account in accounts.iter().take(SHOWN) {
        let node = Node::Account(*account);
        let _ = write!(
            list,
            "<li><span{}>{} <small>{}</small></span><span class=\"state\">{}</span></li>",
            if on { " class=\"on\"" } else { "" },
            escaped(&world.text(node, "name").unwrap_or_default()),
            world.id(node),
            texts.say(&world.onboarding(*account)),
        );
    }
    let hidden = accounts.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let _ = write!(list, "<li><small>+ {hidden}</small></li>");
    }
    list.push_str("</ul>");
    list
}

/// The page shown at the end when there is nowhere to return to.
pub fn end(texts: &Texts, ending: &Ending) -> String {
    let body = match ending {
        Ending::Finish { accounts, .. } => {
            format!("<p>{}</p><p class=\"note\">{}</p>", texts.say("done_finish"), escaped(&accounts.join(", ")))
        }
        Ending::Cancel => format!("<p>{}</p>", texts.say("done_cancel")),
        Ending::Error { message, code, session } => format!(
            "<p class=\"warn\">{}</p><p>{}</p><p class=\"note\">{code} · {} {}</p>",
            texts.say("done_error"),
            escaped(message),
            texts.say("session"),
            escaped(session)
        ),
    };
    framed(texts, &format!("{body}<p>{}</p>", texts.say("close")))
}

/// A page that only says what is wrong; `key` is one of the texts.
pub fn refusal(texts: &Texts, key: &str) -> String {
    framed(texts, &format!("<p class=\"warn\">{}</p>", texts.say(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_comes_from_the_parameter_then_from_the_browser() {
        assert_eq!(Texts::choose(Some("fr"), "en-GB").language, "fr");
        assert_eq!(Texts::choose(None, "de, fr-FR;q=0.8, en").language, "fr");
        assert_eq!(Texts::choose(None, "").language, "en");
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let all: Value = serde_json::from_str(TEXTS).unwrap();
        let keys = |language: &str| all[language].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("en"), keys("fr"));
    }

    #[test]
    fn what_is_not_ours_is_escaped() {
        assert_eq!(escaped("<a href='x'>&\"\u{7}"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
