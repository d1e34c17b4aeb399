//! Tells dashboards on this machine that something new was read, without anybody asking again and again.
//!
//! Each that listens has a socket of its own in a private folder beside the store, and is rung with one empty message. A socket
//! whose owner is gone is taken away by whoever rings next. Where there are no such sockets, listening is looking now and then.

use std::path::{Path, PathBuf};

/// The folder of the bells that belong to a store; `None` for one that only this process sees.
pub(super) fn folder(store: &Path) -> Option<PathBuf> {
    super::is_shared(store).then(|| store.with_file_name("bells"))
}

#[cfg(unix)]
pub(super) use unix::{Bell, ring};

#[cfg(not(unix))]
pub(super) use elsewhere::{Bell, ring};

#[cfg(unix)]
mod unix {
    use std::{
        io::{self, ErrorKind},
        os::unix::{fs::DirBuilderExt, net::UnixDatagram as Datagram},
        path::{Path, PathBuf},
    };

    use tokio::net::UnixDatagram;

    use crate::secrets;

    /// A bell that can be rung; it is gone when this is dropped.
    #[derive(Debug)]
    pub struct Bell {
        socket: UnixDatagram,
        path: PathBuf,
    }

    impl Bell {
        /// Hangs it up.
        ///
        /// # Errors
        /// What the operating system says, for example about a path that is too long for a socket.
        pub fn hang(folder: &Path) -> io::Result<Self> {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            let name = secrets::one_time().ok_or_else(|| io::Error::other("no random bytes"))?;
            let path = folder.join(name.get(..12).unwrap_or(&name));
            Ok(Self { socket: UnixDatagram::bind(&path)?, path })
        }

        /// Waits until it is rung; several rings before that are one.
        pub async fn rung(&self) {
            let mut nothing = [0; 1];
            if self.socket.recv(&mut nothing).await.is_err() {
                // A socket that does not work any more is silent.
                std::future::pending::<()>().await;
            }
            while self.socket.try_recv(&mut nothing).is_ok() {}
        }
    }

    impl Drop for Bell {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.path);
        }
    }

    /// Rings every bell of a folder. Waits for nobody: a bell that cannot take another ring was rung already.
    pub fn ring(folder: Option<&Path>) {
        let Some(bells) = folder.and_then(|folder| std::fs::read_dir(folder).ok()) else { return };
        let Ok(socket) = Datagram::unbound() else { return };
        let _ = socket.set_nonblocking(true);
        for bell in bells.flatten() {
            if socket.send_to(&[1], bell.path()).is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused) {
                let _ = std::fs::remove_file(bell.path());
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::{io, path::Path, time::Duration};

    /// How often is looked.
    const PAUSE: Duration = Duration::from_secs(5);

    /// Stands in for a bell.
    #[derive(Debug)]
    pub struct Bell;

    impl Bell {
        /// Always works.
        ///
        /// # Errors
        /// None.
        pub fn hang(_: &Path) -> io::Result<Self> {
            Ok(Self)
        }

        /// Waits a while.
        pub async fn rung(&self) {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Nobody is to be rung.
    pub fn ring(_: Option<&Path>) {}
}
