//! Opens an address in the user's browser, and says so where there is none. Waits for no page.

/// Without one of these a browser has no screen to appear on, or is one for the terminal, which would draw over ours.
/// `BROWSER` is the user's own choice and counts for itself.
const WAYS_TO_A_SCREEN: [&str; 4] = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];

/// Opens the address. Blocks while the browser is looked for.
///
/// # Errors
///
/// When there is no browser to open, with the reason.
pub fn open(address: &str) -> Result<(), String> {
    let asks_for_screen = cfg!(all(unix, not(target_os = "macos")));
    if asks_for_screen && is_headless(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err("there is no graphical screen".to_owned());
    }
    open::that_detached(address).map_err(|error| error.to_string())
}

fn is_headless(is_set: impl Fn(&str) -> bool) -> bool {
    !WAYS_TO_A_SCREEN.iter().any(|name| is_set(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_needs_a_screen_or_the_users_own_word() {
        assert!(is_headless(|_| false));
        for name in WAYS_TO_A_SCREEN {
            assert!(!is_headless(|asked| asked == name), "{name}");
        }
    }
}
