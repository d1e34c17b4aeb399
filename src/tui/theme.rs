//! Colours by role. Views name roles, never colours; what a role looks like is read from `assets/themes/*.toml`.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// How many colours the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None at all (`NO_COLOR`, or a terminal without colours): meaning is carried by words, glyphs, bold and reverse.
    Monochrome,
    /// The 256-colour palette.
    Indexed,
    /// 24-bit colours.
    True,
}

impl Depth {
    /// Reads the environment: `NO_COLOR` (any value but empty), `COLORTERM`, `TERM`.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() || set("TERM").is_some_and(|term| term == "dumb") {
            return Self::Monochrome;
        }
        match set("COLORTERM").as_deref() {
            Some("truecolor" | "24bit") => Self::True,
            _ => Self::Indexed,
        }
    }
}

macro_rules! roles {
    ($($(#[$meta:meta])* $field:ident),+ $(,)?) => {
        /// The styles of all roles.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$meta])* pub $field: Style,)+
        }

        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        struct ThemeFile {
            $($field: RoleFile,)+
        }

        impl Theme {
            fn from_file(file: &ThemeFile, depth: Depth) -> Self {
                Self { $($field: file.$field.style(depth),)+ }
            }
        }
    };
}

roles! {
    /// The ground of the whole screen, so that a theme can be read in any terminal.
    ground,
    /// Ordinary text.
    text,
    /// Text that may be overlooked.
    dim,
    /// Titles.
    title,
    /// What is special to wabadeck.
    accent,
    /// On, well, green.
    good,
    /// Waiting for somebody else.
    waiting,
    /// Something to do.
    action,
    /// Restricted, failed, red.
    bad,
    /// Cannot be upgraded for a reason that is nobody's fault.
    muted,
    /// Lines around things.
    border,
    /// The line around the focused thing.
    focus,
    /// The line at the top.
    header,
    /// The SANDBOX mark.
    badge,
    /// Keys in hints.
    key,
    /// The selected row.
    selection,
    /// A text field.
    field,
    /// A button.
    button,
    /// A banner that cannot be dismissed.
    banner_bad,
    /// A banner that can be dismissed.
    banner_warn,
    /// Behind the preview's bubble.
    wallpaper,
    /// The preview's bubble.
    bubble,
    /// Small print in the bubble.
    bubble_dim,
    /// Links and buttons in the bubble.
    bubble_link,
    /// A variable without a value.
    missing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFile {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    bold: bool,
}

impl RoleFile {
    fn style(&self, depth: Depth) -> Style {
        let mut style = Style::new();
        if let Some(color) = self.fg.as_deref().and_then(|hex| color(hex, depth)) {
            style = style.fg(color);
        }
        if let Some(color) = self.bg.as_deref().and_then(|hex| color(hex, depth)) {
            style = style.bg(color);
        }
        if self.bold {
            style = style.add_modifier(Modifier::BOLD);
        }
        // Without colours a background has to be told some other way.
        if depth == Depth::Monochrome && self.bg.is_some() && self.bold {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    }
}

fn color(hex: &str, depth: Depth) -> Option<Color> {
    let value = u32::from_str_radix(hex.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    match depth {
        Depth::Monochrome => None,
        Depth::True => Some(Color::Rgb(red, green, blue)),
        Depth::Indexed => Some(Color::Indexed(nearest_indexed(red, green, blue))),
    }
}

/// The nearest entry of the 256-colour palette's cube or grey ramp.
pub(super) fn nearest_indexed(red: u8, green: u8, blue: u8) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let nearest = |value: u8| {
        LEVELS
            .iter()
            .enumerate()
            .min_by_key(|(_, level)| level.abs_diff(value))
            .map_or((0, 0), |(index, level)| (index as u8, *level))
    };
    let distance = |other: (u8, u8, u8)| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(red, other.0) + square(green, other.1) + square(blue, other.2)
    };
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue));
    let average = ((u16::from(red) + u16::from(green) + u16::from(blue)) / 3) as u8;
    let step = (average.saturating_sub(3) / 10).min(23);
    let grey = 8 + step * 10;
    if distance((grey, grey, grey)) < distance((r.1, g.1, b.1)) { 232 + step } else { 16 + 36 * r.0 + 6 * g.0 + b.0 }
}

/// The themes that come with the program: name and source.
pub const EMBEDDED: [(&str, &str); 2] =
    [("dark", include_str!("../../assets/themes/dark.toml")), ("light", include_str!("../../assets/themes/light.toml"))];

/// A theme that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// No such name.
    #[error("there is no theme named “{0}”; choose `dark` or `light`")]
    Unknown(String),
    /// The file is not a theme.
    #[error("the theme “{name}” cannot be read: {reason}")]
    Invalid {
        /// Which theme.
        name: String,
        /// What the parser says.
        reason: String,
    },
}

impl Theme {
    /// The other embedded theme, with as many colours; `None` without colours, when both are the same.
    pub fn other(&self) -> Option<Self> {
        for depth in [Depth::True, Depth::Indexed] {
            for (name, _) in EMBEDDED {
                if Self::named(name, depth).is_ok_and(|theme| theme == *self) {
                    let (other, _) = EMBEDDED.iter().find(|(other, _)| *other != name)?;
                    return Self::named(other, depth).ok();
                }
            }
        }
        None
    }

    /// The embedded theme with this name.
    pub fn named(name: &str, depth: Depth) -> Result<Self, ThemeError> {
        let (_, source) =
            EMBEDDED.iter().find(|(known, _)| *known == name).ok_or_else(|| ThemeError::Unknown(name.to_owned()))?;
        let file: ThemeFile = toml::from_str(source)
            .map_err(|error| ThemeError::Invalid { name: name.to_owned(), reason: error.message().to_owned() })?;
        Ok(Self::from_file(&file, depth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_theme_has_every_role() {
        for (name, _) in EMBEDDED {
            assert!(Theme::named(name, Depth::True).is_ok(), "{name}");
        }
    }

    #[test]
    fn no_color_leaves_no_colour_but_keeps_bold_and_reverse() {
        let depth = Depth::from_environment(|name| (name == "NO_COLOR").then(|| "1".to_owned()));
        let theme = Theme::named("dark", depth).unwrap();
        assert_eq!((theme.selection.fg, theme.selection.bg), (None, None));
        assert!(theme.selection.add_modifier.contains(Modifier::REVERSED | Modifier::BOLD));
        assert!(theme.title.add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn an_empty_no_color_counts_as_not_set() {
        let depth = Depth::from_environment(|name| match name {
            "NO_COLOR" => Some(String::new()),
            "COLORTERM" => Some("truecolor".to_owned()),
            _ => None,
        });
        assert_eq!(depth, Depth::True);
    }

    #[test]
    fn colours_become_their_nearest_neighbour_in_the_palette() {
        assert_eq!(nearest_indexed(255, 0, 0), 196);
        assert_eq!(nearest_indexed(128, 128, 128), 244);
    }

    #[test]
    fn each_theme_has_another_unless_there_are_no_colours() {
        let named = |name, depth| Theme::named(name, depth).unwrap();
        assert_eq!(named("dark", Depth::Indexed).other(), Some(named("light", Depth::Indexed)));
        assert_eq!(named("light", Depth::True).other(), Some(named("dark", Depth::True)));
        assert_eq!(named("dark", Depth::Monochrome).other(), None);
    }

    #[test]
    fn an_unknown_theme_is_named_in_the_error() {
        let error = Theme::named("sepia", Depth::True).unwrap_err();
        assert!(error.to_string().contains("sepia"));
    }
}
