//! The grammar of the `fields` parameter: names, `.limit(50)` and other arguments, `{nested,fields}`, `.as(alias)`.
//! It must not know which fields exist: that is asked of the nodes.

use std::iter::Peekable;
use std::str::CharIndices;

use super::errors::GraphError;

/// Deepest nesting that is read.
const DEEPEST: usize = 10;
/// Most fields, at all depths together, that are read.
const MOST: usize = 2_000;

/// One requested field or edge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// Name as asked.
    pub name: String,
    /// Name in the answer, from `.as(…)`.
    pub alias: Option<String>,
    /// Arguments in order, such as `("limit", "50")`.
    pub arguments: Vec<(String, String)>,
    /// What is asked of the nested objects; `None` when nothing was written.
    pub children: Option<Vec<Field>>,
    /// The nested part as it was written, for paging addresses.
    pub children_text: String,
}

impl Field {
    /// The argument of that name, the last one when it was given twice.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Name under which the value stands in the answer.
    pub fn shown(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

/// Reads a `fields` parameter. A JSON array of strings is read like the same strings joined by commas.
///
/// # Errors
/// Code 2500 for a syntax error, code 100 for a request that is too deep or too long.
pub fn parse(text: &str) -> Result<Vec<Field>, GraphError> {
    let trimmed = text.trim();
    if trimmed.starts_with('[')
        && let Ok(names) = serde_json::from_str::<Vec<String>>(trimmed)
    {
        return parse(&names.join(","));
    }
    let mut parser = Parser { text: trimmed, chars: trimmed.char_indices().peekable(), count: 0 };
    let fields = parser.list(0)?;
    match parser.chars.next() {
        None => Ok(fields),
        Some((at, found)) => Err(parser.wrong("end of string", Some(found), at)),
    }
}

struct Parser<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
    count: usize,
}

impl Parser<'_> {
    fn wrong(&self, wanted: &str, found: Option<char>, at: usize) -> GraphError {
        let rest: String = self.text.get(at..).unwrap_or("").chars().take(60).collect();
        let found = found.map_or_else(|| "end of string".to_owned(), |c| format!("\"{c}\""));
        GraphError::new(400, 2500, format!("Syntax error \"Expected {wanted} instead of {found}.\" at character {at}: {rest}"))
    }

    fn position(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.spaces();
        self.chars.next_if(|(_, c)| *c == wanted).is_some()
    }

    fn spaces(&mut self) {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Field>, GraphError> {
        if depth > DEEPEST {
            return Err(GraphError::parameter(format!(
                "(#100) The fields parameter may be nested at most {DEEPEST} levels deep"
            )));
        }
        let mut fields = Vec::new();
        self.spaces();
        if self.chars.peek().is_none() || matches!(self.chars.peek(), Some((_, '}'))) {
            return Ok(fields);
        }
        loop {
            fields.push(self.field(depth)?);
            if !self.next_is(',') {
                return Ok(fields);
            }
            self.spaces();
            if self.chars.peek().is_none() || matches!(self.chars.peek(), Some((_, '}'))) {
                return Ok(fields);
            }
        }
    }

    fn name(&mut self) -> Result<String, GraphError> {
        self.spaces();
        let mut name = String::new();
        while let Some((_, c)) = self.chars.next_if(|(_, c)| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            name.push(c);
        }
        if name.is_empty() {
            let at = self.position();
            let found = self.chars.peek().map(|(_, c)| *c);
            return Err(self.wrong("string", found, at));
        }
        Ok(name)
    }

    fn field(&mut self, depth: usize) -> Result<Field, GraphError> {
        self.count += 1;
        if self.count > MOST {
            return Err(GraphError::parameter("(#100) Too many fields were asked for"));
        }
        let mut field = Field { name: self.name()?, ..Field::default() };
        loop {
            if self.next_is('.') {
                let key = self.name()?;
                if !self.next_is('(') {
                    let at = self.position();
                    let found = self.chars.peek().map(|(_, c)| *c);
                    return Err(self.wrong("\"(\"", found, at));
                }
                let value = self.argument()?;
                if key == "as" {
                    field.alias = Some(value);
                } else {
                    field.arguments.push((key, value));
                }
            } else if self.next_is('{') {
                let start = self.position();
                let children = self.list(depth + 1)?;
                let end = self.position();
                if !self.next_is('}') {
                    let found = self.chars.peek().map(|(_, c)| *c);
                    return Err(self.wrong("\"}\"", found, end));
                }
                field.children_text = self.text.get(start..end).unwrap_or("").trim().to_owned();
                field.children = Some(children);
            } else {
                return Ok(field);
            }
        }
    }

    /// What stands between `(` and its `)`, as written; quotes and brackets may hold further parentheses.
    fn argument(&mut self) -> Result<String, GraphError> {
        let mut open = 0_usize;
        let mut quoted = false;
        let mut value = String::new();
        while let Some((_, c)) = self.chars.next() {
            match c {
                '\\' if quoted => {
                    value.push(c);
                    if let Some((_, escaped)) = self.chars.next() {
                        value.push(escaped);
                    }
                    continue;
                }
                '"' => quoted = !quoted,
                '(' | '[' | '{' if !quoted => open += 1,
                ')' if !quoted && open == 0 => return Ok(value.trim().to_owned()),
                ')' | ']' | '}' if !quoted => open = open.saturating_sub(1),
                _ => {}
            }
            value.push(c);
        }
        Err(self.wrong("\")\"", None, self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_fields_and_arguments_are_read() {
        let fields = parse("id,phone_numbers.limit(50){id, health_status},owner_business_info").unwrap();
        assert_eq!(fields.len(), 3);
        assert_eq!(fields[1].argument("limit"), Some("50"));
        assert_eq!(fields[1].children_text, "id, health_status");
        assert_eq!(fields[1].children.as_ref().unwrap()[1].name, "health_status");
        assert_eq!((fields[2].name.as_str(), &fields[2].children), ("owner_business_info", &None));
    }

    #[test]
    fn arguments_may_hold_json_and_stand_behind_the_braces() {
        let fields =
            parse(r#"pricing_analytics.start(1).phone_numbers([]).dimensions(["A(","B"]),x{id}.limit(2).as(y)"#).unwrap();
        assert_eq!(fields[0].argument("dimensions"), Some(r#"["A(","B"]"#));
        assert_eq!(fields[0].argument("phone_numbers"), Some("[]"));
        assert_eq!(fields[1].argument("limit"), Some("2"));
        assert_eq!(fields[1].shown(), "y");
    }

    #[test]
    fn json_array_is_read_like_a_list() {
        assert_eq!(parse(r#"["id","name"]"#).unwrap(), parse("id,name").unwrap());
    }

    #[test]
    fn syntax_errors_are_code_2500_and_say_where() {
        for text in ["id,{", "id}", "a{b", "a.limit(5", "a.limit", ",a", "a..b(1)", "%"] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.code, 2500, "{text}");
            assert!(error.message.starts_with("Syntax error \"Expected"), "{text}");
        }
    }

    #[test]
    fn trailing_comma_and_nothing_at_all_are_accepted() {
        assert_eq!(parse("id,").unwrap().len(), 1);
        assert!(parse("").unwrap().is_empty());
        assert_eq!(parse("a{}").unwrap()[0].children, Some(vec![]));
    }

    #[test]
    fn endless_nesting_is_refused() {
        let deep = "a{".repeat(100_000);
        assert_eq!(parse(&deep).unwrap_err().code, 100);
        let wide = "a,".repeat(100_000);
        assert_eq!(parse(&wide).unwrap_err().code, 100);
    }

    fn all_named(fields: &[Field]) -> bool {
        fields.iter().all(|field| !field.name.is_empty() && all_named(field.children.as_deref().unwrap_or_default()))
    }

    fn read_or_refused(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        match parse(text) {
            Ok(fields) => proptest::prop_assert!(all_named(&fields), "{fields:?}"),
            Err(error) => proptest::prop_assert_eq!((error.status, error.code), (400, 2500)),
        }
        Ok(())
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_has_names_and_what_is_not_is_a_syntax_error(text in "\\PC{0,60}") {
            read_or_refused(&text)?;
        }

        #[test]
        fn so_it_is_with_any_punctuation(text in "[a-b.(){},\"\\[\\]\\\\é ]{0,40}") {
            read_or_refused(&text)?;
        }
    }
}
