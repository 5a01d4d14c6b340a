//! A bad link in front of the control plane. It ends TLS with the server's own certificate, so that it knows one
//! request from another: "lose the answer to the next PATCH of an ImageBasedUpgrade" is one line of a test.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::{ControlPlane, users};

mod relay;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut before the server sees the request.
    Drop,
    /// The server does what was asked; the connection is cut when its answer arrives.
    LoseAnswer,
    /// The answer arrives, and the connection is cut in the middle of it, after so many bytes.
    CutAnswer(usize),
    /// The request reaches the server so much later.
    Hold(Duration),
    /// The server never sees the request; the answer is this HTTP status, such as 429, 500 or 503.
    Answer(u16),
}

/// A fault that waits for the requests it is meant for.
#[derive(Debug)]
struct Planned {
    method: String,
    path: String,
    fault: Fault,
    times: usize,
}

/// What the proxy's thread and the test both see.
#[derive(Debug, Default)]
struct Plan {
    faults: Vec<Planned>,
    requests: Vec<String>,
}

/// Whether the proxy listens, and which connections live: those of the present generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Link {
    away: bool,
    generation: u64,
    ended: bool,
}

/// A proxy that is told to fail. It ends when it is dropped.
pub struct FaultProxy<'p> {
    plane: &'p ControlPlane,
    port: u16,
    plan: Arc<Mutex<Plan>>,
    link: watch::Sender<Link>,
}

impl fmt::Debug for FaultProxy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultProxy").field("port", &self.port).finish_non_exhaustive()
    }
}

impl<'p> FaultProxy<'p> {
    pub(super) fn start(plane: &'p ControlPlane) -> Result<Self, String> {
        let plan = Arc::new(Mutex::new(Plan::default()));
        let (link, seen) = watch::channel(Link::default());
        let port = relay::start(&plane.processes, Arc::clone(&plan), seen)?;
        Ok(Self { plane, port, plan, link })
    }

    /// The administrator's kubeconfig through this proxy.
    pub fn kubeconfig(&self) -> PathBuf {
        self.kubeconfig_for("admin")
    }

    /// The kubeconfig of one of [`ControlPlane::kubeconfig_for`]'s users through this proxy.
    ///
    /// # Panics
    /// There is no such user.
    pub fn kubeconfig_for(&self, user: &str) -> PathBuf {
        let token = super::expect(users::token(user), "no such user");
        self.plane.kubeconfig_at(&format!("https://127.0.0.1:{}", self.port), user, token)
    }

    /// The next so many requests of this method (`""` for any) whose path with query contains `path` meet a fault.
    pub fn plan(&self, method: &str, path: &str, fault: Fault, times: usize) {
        let planned = Planned { method: method.to_owned(), path: path.to_owned(), fault, times };
        lock(&self.plan).faults.push(planned);
    }

    /// The requests that arrived, such as `PATCH /apis/ran.openshift.io/v1alpha1/…?dryRun=All`, in their order.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.plan).requests.clone()
    }

    /// Cuts every connection there is, watches too; new ones are welcome.
    pub fn cut(&self) {
        self.link.send_modify(|link| link.generation += 1);
    }

    /// The API goes away: connections are cut and new ones refused. Returns when that is so.
    ///
    /// # Panics
    /// When it stays reachable.
    pub fn away(&self) {
        self.set_away(true);
    }

    /// The API comes back at the same address. Returns when that is so.
    ///
    /// # Panics
    /// When it stays away, because somebody else took the port.
    pub fn back(&self) {
        self.set_away(false);
    }

    fn set_away(&self, away: bool) {
        self.link.send_modify(|link| {
            link.away = away;
            link.generation += 1;
        });
        let deadline = Instant::now() + Duration::from_secs(10);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() == away {
            assert!(Instant::now() < deadline, "the proxy did not change");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for FaultProxy<'_> {
    fn drop(&mut self) {
        self.link.send_modify(|link| {
            link.ended = true;
            link.generation += 1;
        });
    }
}

impl Plan {
    /// Takes down a request, and finds the fault that is meant for it.
    fn arrived(&mut self, method: &str, path: &str) -> Option<Fault> {
        self.requests.push(format!("{method} {path}"));
        let fits = |planned: &&mut Planned| {
            planned.times > 0 && (planned.method.is_empty() || planned.method == method) && path.contains(&planned.path)
        };
        let planned = self.faults.iter_mut().find(fits)?;
        planned.times -= 1;
        Some(planned.fault)
    }
}

fn lock(plan: &Mutex<Plan>) -> MutexGuard<'_, Plan> {
    plan.lock().unwrap_or_else(PoisonError::into_inner)
}
